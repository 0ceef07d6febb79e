// The files of the site named by SITE, before any script runs: markup, languages, links, citations.

import { after, before, describe, test } from 'node:test';
import { launch } from '../lib/browser.js';
import { documentProblems } from '../lib/document.js';
import { markupProblems } from '../lib/markup.js';
import { assertNone } from '../lib/report.js';
import { siteFromEnvironment } from '../lib/site.js';

describe('every file of the site', () => {
  let site;
  let browser;
  let problems;

  before(async () => {
    site = await siteFromEnvironment();
    browser = await launch();
    problems = await documentProblems(site, await browser.newPage());
  });
  after(() => browser?.close());

  test('is valid HTML', async () => {
    assertNone(await markupProblems(site.root, site.pages), 'markup');
  });
  test('is UTF-8 in normal form C, without embedding controls or flags', () => assertNone(problems, 'encoding'));
  test('says its language and direction, those of its folder', () => assertNone(problems, 'language'));
  test('labels text in another language', () => assertNone(problems, 'text language'));
  test('isolates signs, numbers and marks in text that runs to the left', () => assertNone(problems, 'bidi'));
  test('closes its isolates, and leaves directions to lang and dir', () => assertNone(problems, 'isolation marks'));
  test('writes letters, marks and digits as their language does', () => assertNone(problems, 'letters', 'punctuation', 'digits'));
  test('fills every place in the words of the site, and says them in the language of the page', () => assertNone(problems, 'interface words'));
  test('has the same sections, sources and figures in every language', () => assertNone(problems, 'other languages'));
  test('leads out of its language only where it says so', () => assertNone(problems, 'stays in its language'));
  test('has no id twice', () => assertNone(problems, 'id'));
  test('has links that lead somewhere', () => assertNone(problems, 'link'));
  test('leads to the same page in every language', () => assertNone(problems, 'language switch'));
  test('leads from each mark to its entry and back', () => assertNone(problems, 'citation'));
  test('loads nothing from elsewhere', () => assertNone(problems, 'third party'));
  test('holds nothing that a strict policy or a disk forbids', () => assertNone(problems, 'forbidden'));
});
