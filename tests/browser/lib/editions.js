// What the languages of a site owe one another: the same places, sources and figures on the same page, and links that stay in the reader's language.

import { directionOf, resolveLink } from './site.js';

/** The kinds of problems that are found here. */
export const EDITIONS = ['other languages', 'stays in its language'];

/** Compares a page with the same page in the first language that has it, and looks where its links lead. `found` is what `document.js` read of each file. */
export function editionProblems(site, page, found, add) {
  if (!page.lang || page.kind === 'redirect') return;
  const own = found.get(page.path);
  const kinds = new Map(site.pages.map(({ path, kind }) => [path, kind]));
  sameProblems(site, page, own, found, kinds, add);
  for (const link of own.local.filter(({ tag }) => tag === 'a')) {
    const { file } = resolveLink(page.path, link.href);
    const lang = site.languages.find((lang) => file.startsWith(`${lang}/`));
    if (!lang) continue;
    if (lang !== page.lang) leavesProblems(link, lang, add);
    else if (kinds.get(file)?.startsWith('fallback') && !page.kind.startsWith('fallback') && file !== page.path && !link.hreflang && !link.lang && !link.labelled) {
      add('stays in its language', `${link.href} leads to a page that is not translated, and does not say so`);
    }
  }
}

/** A link to another language says which, in that language's own name for itself. */
function leavesProblems(link, lang, add) {
  if (link.hreflang !== lang) {
    add('stays in its language', `${link.href} leads to ${lang} and does not say so`);
    return;
  }
  const autonym = new Intl.DisplayNames([lang], { type: 'language' }).of(lang).toLowerCase();
  if (link.words && link.lang === lang && !link.words.toLowerCase().includes(autonym)) add('other languages', `the link to ${lang} says “${link.words}” and not “${autonym}”`);
  if (link.lang && link.dir && link.dir !== directionOf(link.lang)) add('other languages', `the link to ${lang} has dir="${link.dir}"`);
}

/** The same page says the same with the same evidence. Lists of the library are in the order of each language. */
function sameProblems(site, page, own, found, kinds, add) {
  const first = site.languages.find((lang) => found.has(page.path.replace(/^[^/]+/, lang)));
  // A page that lies in no language's folder stands alone.
  if (!first || first === page.lang || page.kind.startsWith('source')) return;
  const other = found.get(page.path.replace(/^[^/]+/, first));
  // A language that is translated in part lacks passages, too: `check` and the page itself say which.
  if (site.pages.some(({ lang, kind }) => lang === page.lang && kind.startsWith('fallback'))) return;
  const missing = (name, mine, theirs) => {
    const lost = theirs.filter((id) => !mine.includes(id));
    const added = mine.filter((id) => !theirs.includes(id));
    for (const id of lost.slice(0, 3)) add('other languages', `${name} ${id} of ${first} is missing`);
    for (const id of added.slice(0, 3)) add('other languages', `${name} ${id} is not in ${first}`);
  };
  missing('the source', own.sources, other.sources);
  // The letters of the glossary are those of its alphabet.
  const told = (sections) => sections.filter((id) => !id.startsWith('page-letter'));
  missing('the section', told(own.sections), told(other.sections));
  if (own.figures !== other.figures) add('other languages', `${own.figures} figures, ${other.figures} in ${first}`);
}
