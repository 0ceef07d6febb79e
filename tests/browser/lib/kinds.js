// One page of every kind that a site has, so that a suite can look at each without walking thousands.

import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The pages that the program makes itself, by their folder in each language; those that a site lacks are left out. */
const MADE = ['people', 'timeline', 'figures', 'glossary', 'sources', 'changes', 'sourcing', 'translation-status', 'search', 'offline', 'accessibility', 'about'];

/**
 * One page of each kind in a language, as addresses below the root of the site by the name of the kind: the home page, a section, the page with
 * most marks, the page with most charts, a source with quotations, and each page that the program makes itself.
 */
export async function kindsOf(site, lang) {
  const kinds = new Map([['home', `${lang}/`]]);
  const own = site.pages.filter((page) => page.lang === lang && page.kind !== 'redirect');
  const most = { text: 0, charts: 0, source: 0 };
  for (const page of own) {
    const address = page.path.replace(/index\.html$/, '');
    if (page.kind.endsWith('section')) kinds.set('section', address);
    if (!page.kind.endsWith('page') && page.kind !== 'source') continue;
    const html = await readFile(path.join(site.root, page.path), 'utf8');
    const count = (text) => html.split(text).length - 1;
    const counts = page.kind === 'source' ? { source: count('<blockquote') } : { text: count('class="cite"'), charts: count('class="drawing drawing-chart"') };
    for (const [kind, number] of Object.entries(counts)) {
      if (number <= most[kind]) continue;
      most[kind] = number;
      kinds.set(kind, address);
    }
  }
  for (const name of MADE) if (site.files.has(`${lang}/${name}/index.html`)) kinds.set(name, `${lang}/${name}/`);
  return kinds;
}
