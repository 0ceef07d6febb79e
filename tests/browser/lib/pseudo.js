// What a page in a pseudo-language shows in plain letters: words that nobody can translate, because they are not among the words of the site.

/** Names and values of records, which `<bdi>` holds wherever they stand; names of formats and files are the same in every language. */
const NAMES = 'bdi, .entry, .what, .drawing-subtitle, cite, blockquote, code, a.external, [translate="no"], .generator, a[download], a[href$=".json"], a[href$=".csv"], a[hreflang], svg, .Z3988';

/** The texts in plain letters on an open page. */
export function plainTexts(tab) {
  return tab.evaluate(findPlain, NAMES);
}

/* ---- in the browser from here: a function that is sent there ---- */

function findPlain(names) {
  const own = document.documentElement.lang;
  // The months are ICU's; two abbreviations are the same in every language.
  const known = /\b(?:ISBN|DOI|January|February|March|April|May|June|July|August|September|October|November|December)\b/g;
  const plain = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    // Where scripts run, what is said to those without is markup in a text.
    if (parent.closest('script, style, noscript') || parent.closest('[lang]').lang !== own || parent.closest(names)) continue;
    if (/[A-Za-z]{3}/.test(node.data.replace(known, ''))) plain.push(`${parent.localName}.${parent.className}: ${node.data.trim().replace(/\s+/g, ' ').slice(0, 80)}`);
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], script[data-close]')) {
    if (element.closest('[lang]').lang !== own || element.closest(names)) continue;
    for (const { name, value } of element.attributes) {
      // A name may quote what it leads to; it is the words of the site around it that must be translated.
      if (/^(aria-label|title|placeholder|data-(close|source|figure|term))$/.test(name) && /[A-Za-z]{3}/.test(value) && !value.includes('⟦')) plain.push(`${name}="${value.slice(0, 80)}"`);
    }
  }
  return plain;
}
