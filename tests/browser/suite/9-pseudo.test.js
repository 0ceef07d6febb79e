// The content of this repository in the pseudo-languages, built by SOURCEBOOK: every word of the site is changed, and none makes a page wider than a
// phone. What is found here could not be translated, or would not fit where words are longer.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { inParallel, launch } from '../lib/browser.js';
import { plainTexts } from '../lib/pseudo.js';
import { open, widthProblems } from '../lib/rendered.js';
import { assertNone } from '../lib/report.js';
import { serve } from '../lib/server.js';
import { readSite } from '../lib/site.js';

const program = process.env.SOURCEBOOK;
const repository = path.resolve(import.meta.dirname, '../../..');
const LANGUAGES = ['ar-XB', 'en-XA'];

describe('a site in languages that nobody speaks', { skip: !program && 'SOURCEBOOK is not set', timeout: 10 * 60_000 }, () => {
  let folder;
  let site;
  let browser;
  let server;
  const problems = [];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sourcebook-pseudo-'));
    await promisify(execFile)(program, ['build', '--pseudo', '--quiet', '--root', repository, '--out', path.join(folder, 'site')]);
    site = await readSite(path.join(folder, 'site'));
    browser = await launch();
    server = await serve(site.root);
    const lanes = await Promise.all([0, 1].map(() => browser.newPage({ viewport: { width: 320, height: 900 } })));
    // The pages of the library are many and alike: a few of each kind show their words.
    const seen = new Map();
    const wanted = site.pages.filter(({ lang, kind }) => {
      if (!LANGUAGES.includes(lang) || kind === 'redirect') return false;
      const name = `${lang} ${kind}`;
      seen.set(name, (seen.get(name) ?? 0) + 1);
      return !kind.startsWith('source') || seen.get(name) % 40 === 1;
    });
    await inParallel(wanted, 2, async (page, lane) => {
      const tab = lanes[lane];
      await open(tab, server.base + page.path.replace(/index\.html$/, ''));
      for (const text of await plainTexts(tab)) problems.push({ page: page.path, kind: 'plain letters', text });
      for (const text of await widthProblems(tab)) problems.push({ page: page.path, kind: 'overflow', text });
    });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  test('has both of them, and every other language', () => {
    for (const lang of [...LANGUAGES, 'en', 'he']) assert.ok(site.languages.includes(lang), lang);
  });
  test('shows no word of its own in plain letters', () => assertNone(problems, 'plain letters'));
  test('is never wider than a phone', () => assertNone(problems, 'overflow'));

  test('says on a page what that language is, and changes nothing but words', async () => {
    const [own, pseudo] = await Promise.all(['en', 'en-XA'].map((lang) => readFile(path.join(site.root, lang, 'numbers/casualties-gaza/index.html'), 'utf8')));
    assert.match(pseudo, /⟦Ţĥííš ííš ñóó ļááñğúúááğéé/u);
    const ids = (html) => [...html.matchAll(/ id="([scnf]-[^"]+)"/g)].map(([, id]) => id);
    assert.ok(ids(own).length > 50);
    assert.deepEqual(ids(pseudo), ids(own));
    const figures = (html) => [...html.matchAll(/<a class="figure"[^>]*href="([^"]*)"/g)].map(([, href]) => href);
    assert.deepEqual(figures(pseudo), figures(own));
  });

  test('has no address, and is in no list of pages', () => {
    const lists = [...site.files].filter((file) => file.endsWith('.xml'));
    assert.deepEqual(lists, []);
  });

  test('is seen to have a word in plain letters, wherever it stands', async () => {
    const tab = await browser.newPage();
    const page = (body) => tab.setContent(`<html lang="en-XA"><main>${body}</main></html>`);
    for (const planted of ['<p>Menu</p>', '<p>⟦Ḿééñúú⟧ of 12</p><p>the</p>', '<nav aria-label="Menu"></nav>', '<p lang="he">כך</p><p>Menu</p>']) {
      await page(planted);
      assert.equal((await plainTexts(tab)).length, 1, planted);
    }
    for (const sound of ['<p>⟦Ḿééñúú⟧ 12 August</p>', '<p lang="en">Menu</p>', '<p>⟦óóƒ⟧ <bdi>Hamas</bdi></p>', '<nav aria-label="⟦Ḿééñúú⟧"></nav>']) {
      await page(sound);
      assert.deepEqual(await plainTexts(tab), [], sound);
    }
  });
});
