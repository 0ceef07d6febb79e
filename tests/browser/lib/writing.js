// How each script is written in a parsed page: letters, marks, digits, and the words of the site itself. Sent to the browser after `document.js`
// has parsed the file there.

/** The kinds of problems that are found here. */
export const WRITING = ['letters', 'punctuation', 'digits', 'interface words', 'isolation marks'];

/* ---- in the browser from here: one function, so that it can be sent there ---- */

/* global NodeFilter */
export function inspectWriting() {
  const doc = globalThis.parsed;
  const problems = [];
  const add = (kind, text) => problems.push({ kind, text });
  const around = (text, index) => `“${text.slice(Math.max(0, index - 20), index + 25).trim()}”`;
  const langAt = (element) => (element.closest('[lang]')?.getAttribute('lang') ?? '').split('-')[0];

  const find = (kind, text, rules) => {
    for (const [rule, what] of rules) {
      const match = rule.exec(text);
      if (match) add(kind, `${what}: ${around(text, match.index)}`);
    }
  };
  // Directions come from `lang` and `dir`; what HTML once had for them moves nothing but confuses.
  for (const element of doc.querySelectorAll('[align], bdo:not([dir])')) add('isolation marks', `<${element.localName}> with align, or <bdo> without dir`);

  /** Filled places and names of keys that were left as they are. */
  const unfilled = [
    [/\{[a-z][a-z_]*\}/u, 'a place that was not filled'],
    [/^\s*[a-z]+(?:_[a-z]+)+\s*$/u, 'the name of a key'],
  ];
  const isolates = (text) => {
    let open = 0;
    for (const character of text) {
      if (/[\u2066-\u2068]/u.test(character)) open += 1;
      if (character === '\u2069' && --open < 0) break;
    }
    if (open !== 0) add('isolation marks', `isolates that do not end: ${around(text, 0)}`);
  };
  const ofArabic = [
    [/[\uFB50-\uFD3D\uFD50-\uFDFB\uFE70-\uFEFC]/u, 'a form of a letter instead of the letter'],
    [/\u0640{2}/u, 'a word drawn out with strokes'],
  ];
  const marksOfArabic = [
    [/\p{Script=Arabic}[\u064B-\u0652]*[,;?](?!\d)/u, 'a Latin comma, semicolon or question mark after Arabic'],
    [/\p{Script=Arabic}["”“]|["“”]\p{Script=Arabic}/u, 'quotation marks that are not «»'],
  ];
  const marksOfHebrew = [
    [/\p{Script=Hebrew}[«»„“]|[«»„]\p{Script=Hebrew}/u, 'quotation marks of another language'],
    [/\p{Script=Hebrew}[،؛؟]/u, 'an Arabic mark after Hebrew'],
  ];
  const systems = new Map();
  const walker = doc.createTreeWalker(doc.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const [text, parent] = [node.data, node.parentElement];
    if (!text.trim() || parent.closest('script, style')) continue;
    isolates(text);
    if (parent.closest('code, pre')) continue;
    find('interface words', text, unfilled);
    find('letters', text, ofArabic);
    const lang = langAt(parent);
    // Other people's words keep their own marks.
    if (!parent.closest('blockquote, cite')) {
      if (lang === 'ar') find('punctuation', text, marksOfArabic);
      if (lang === 'he') find('punctuation', text, marksOfHebrew);
      for (const [system, digits] of [['0–9', /[0-9]/u], ['٠–٩', /[٠-٩]/u], ['۰–۹', /[۰-۹]/u]]) {
        if (lang === langAt(doc.body) && digits.test(text)) systems.set(system, text);
      }
    }
  }
  if (systems.size > 1) add('digits', `several kinds of digits: ${[...systems.values()].map((text) => around(text, 0)).join(', ')}`);

  // Names for those who listen are in the language in which they are read out.
  const scripts = { he: /\p{Script=Hebrew}/u, ar: /\p{Script=Arabic}/u, fa: /\p{Script=Arabic}/u, ur: /\p{Script=Arabic}/u };
  for (const element of doc.querySelectorAll('[aria-label], [title], [alt], [data-close], [data-source]')) {
    for (const { name, value } of element.attributes) {
      if (!/^(aria-label|title|alt|data-(close|source|figure|term))$/.test(name)) continue;
      isolates(value);
      find('interface words', value, unfilled);
      const script = scripts[langAt(element)];
      const isNamed = element.matches('nav, section, [role="region"], [role="group"], script, button');
      if (script && isNamed && /\p{L}{2}/u.test(value) && !script.test(value)) add('interface words', `${name}="${value}" in lang="${langAt(element)}"`);
    }
  }
  return problems;
}
