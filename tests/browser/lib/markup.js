// Markup of every file: html-validate with the presets `recommended` and `a11y`, and the few rules that do not fit, each with its reason.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { HtmlValidate } from 'html-validate';

export const CONFIG = {
  root: true,
  extends: ['html-validate:recommended', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    // Titles are the editors' words: a length limit belongs to the content, not to the markup.
    'long-title': 'off',
    // White space at a line's end is what templates leave; no reader meets it.
    'no-trailing-whitespace': 'off',
    // `integrity` blocks style sheets and scripts of pages that are opened from a disk, in every browser. It must be absent, which `lib/document.js` checks.
    'require-sri': 'off',
    // Ids come from headings and source keys in any script; HTML allows every id without white space.
    'valid-id': ['error', { relaxed: true }],
    // A scrollable table is a `div` with role region, because it is reached by keyboard but is no section of the text.
    'prefer-native-element': ['error', { exclude: ['region'] }],
    // The page left at an old address leads on at once (0 seconds), which WCAG allows; the rule still refuses delays.
    'meta-refresh': 'error',
    // axe judges the same on the page as it is shown, and knows that what is hidden from listeners is no landmark to them.
    'unique-landmark': 'off',
    // An `aria-label` on any element that may be named is allowed by ARIA; axe checks the rest.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
  },
};

/** Problems in the markup of the given pages. */
export async function markupProblems(root, pages) {
  const validator = new HtmlValidate(CONFIG);
  const problems = [];
  for (const page of pages) {
    const text = await readFile(path.join(root, page.path), 'utf8');
    const report = await validator.validateString(text, page.path);
    for (const { messages } of report.results) {
      for (const { ruleId, message, line, column } of messages) {
        problems.push({ page: page.path, kind: 'markup', text: `${line}:${column} ${message} [${ruleId}]` });
      }
    }
  }
  return problems;
}
