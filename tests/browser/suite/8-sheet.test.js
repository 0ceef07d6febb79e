// The sheet of a fact-checker, `sourcebook ledger --format html`, as it lies on a disk: in every language of the content, and of the small
// site with its two languages in one file. SOURCEBOOK names the program.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { launch, watch } from '../lib/browser.js';
import { documentProblems } from '../lib/document.js';
import { markupProblems } from '../lib/markup.js';
import { renderedProblems } from '../lib/rendered.js';
import { assertNone } from '../lib/report.js';

const program = process.env.SOURCEBOOK;
const repository = path.resolve(import.meta.dirname, '../../..');
const LANGUAGES = ['ar', 'en', 'fr', 'he'];
/** One page with tables, positions and many figures; the small site's file has several pages. */
const PAGE = ['--page', 'numbers/casualties-gaza'];

describe('the sheet', { skip: !program && 'SOURCEBOOK is not set', timeout: 5 * 60_000 }, () => {
  let folder;
  let browser;
  let tab;
  let take;
  let sheets;
  const problems = [];
  const url = (sheet) => pathToFileURL(path.join(folder, sheet.path)).href;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sourcebook-sheet-'));
    const write = async (name, lang, ...options) => {
      await promisify(execFile)(program, ['ledger', '--format', 'html', '--out', path.join(folder, name), ...options]);
      return { path: name, lang, kind: 'sheet' };
    };
    const own = LANGUAGES.map((lang) => write(`${lang}.html`, lang, '--root', repository, '--lang', lang, ...PAGE));
    sheets = await Promise.all([...own, write('fixture.html', 'en', '--root', path.join(repository, 'tests/fixtures/base'))]);
    browser = await launch();
    tab = await browser.newPage();
    const site = { root: folder, files: new Set(sheets.map((sheet) => sheet.path)), languages: LANGUAGES, pages: sheets };
    problems.push(...(await documentProblems(site, tab)), ...(await markupProblems(folder, sheets)));
    take = watch(tab, pathToFileURL(folder).href);
    for (const sheet of sheets) {
      // The colours are the style sheet's, and the same for all; directions are not.
      const thorough = ['ar', 'en'].includes(path.parse(sheet.path).name);
      for (const problem of await renderedProblems(tab, url(sheet), take, LANGUAGES, { thorough, colours: thorough })) problems.push({ page: sheet.path, ...problem });
    }
  });
  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  test('is valid HTML, and text in the right form', () => assertNone(problems, 'markup', 'encoding', 'id', 'link'));
  test('says its languages and directions', () => assertNone(problems, 'language', 'text language', 'direction', 'bidi', 'visual order', 'typography'));
  test('needs nothing else, and its own policy lets it be', () => assertNone(problems, 'third party', 'console', 'script error', 'failed request', 'other host'));
  test('is accessible', () => assertNone(problems, 'accessibility', 'accessibility in the dark', 'accessibility at 320 px'));
  test('is never wider than the screen', () => assertNone(problems, 'overflow'));

  test('has its style, and boxes that can be ticked', async () => {
    for (const sheet of sheets) {
      await tab.goto(url(sheet));
      const { statements, boxes, display } = await tab.evaluate(() => ({
        statements: document.querySelectorAll('.statement').length,
        boxes: document.querySelectorAll('fieldset input[type="checkbox"]').length,
        display: getComputedStyle(document.querySelector('fieldset')).display,
      }));
      assert.ok(statements > 5, `${sheet.path}: ${statements} statements`);
      assert.equal(boxes, statements * 3, sheet.path);
      assert.equal(display, 'flex', `${sheet.path}: the style sheet was refused`);
    }
  });

  test('prints on white paper, every statement whole', async () => {
    await tab.goto(url(sheets[0]));
    await tab.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const { ground, ink, inside } = await tab.evaluate(() => ({
      ground: getComputedStyle(document.documentElement).backgroundColor,
      ink: getComputedStyle(document.documentElement).color,
      inside: getComputedStyle(document.querySelector('.statement')).breakInside,
    }));
    await tab.emulateMedia({ media: null, colorScheme: null });
    assert.deepEqual([ground, ink, inside], ['rgb(255, 255, 255)', 'rgb(0, 0, 0)', 'avoid']);
  });
});
