// A bundle as a reader gets it: packed, unpacked into a folder whose name holds a space, Hebrew and Arabic letters, opened from there with the network refused.
// BUNDLE names the zip; without it, SOURCEBOOK packs the fixture. `scripts/test` does the first.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch, watch } from '../lib/browser.js';
import { assertNone } from '../lib/report.js';
import { open } from '../lib/rendered.js';
import { readSite } from '../lib/site.js';

describe('a bundle from a disk', { timeout: 10 * 60_000 }, () => {
  let folder;
  let root;
  let browser;
  let tab;
  let take;
  const problems = [];
  const address = (name) => pathToFileURL(path.join(root, name)).href;
  const visit = async (name) => {
    await open(tab, address(name));
    for (const problem of take()) problems.push({ page: name, ...problem });
  };

  const withText = async (site, lang, wanted) => {
    for (const page of site.pages.filter((page) => page.lang === lang && page.kind !== 'redirect')) {
      if ((await readFile(path.join(root, page.path), 'utf8')).includes(wanted)) return page;
    }
    return null;
  };

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sourcebook-bundle-'));
    const zip = process.env.BUNDLE ?? path.join(folder, 'bundle.zip');
    if (!process.env.BUNDLE) {
      const fixture = fileURLToPath(new URL('../../fixtures/base', import.meta.url));
      await cp(fixture, path.join(folder, 'site'), { recursive: true });
      execFileSync(process.env.SOURCEBOOK ?? 'sourcebook', ['bundle', '--quiet', '--root', path.join(folder, 'site'), '--out', zip]);
    }
    const to = path.join(folder, 'רקע الخلفية 2023');
    execFileSync('unzip', ['-q', zip, '-d', to]);
    const [top] = await readdir(to);
    root = path.join(to, top);
    browser = await launch();
    tab = await browser.newPage();
    await tab.route(/^(?!file:)/, (route) => route.abort());
    take = watch(tab, pathToFileURL(root).href);
  });
  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  test('opens every page, each with its style and the line that says which copy it is', async () => {
    const site = await readSite(root);
    for (const page of site.pages) {
      if (page.kind === 'redirect') continue;
      await visit(page.path);
      const said = await tab.evaluate(() => ({
        styled: [...document.styleSheets].length > 0,
        copy: document.querySelector('.site-footer .copy')?.textContent ?? '',
        folders: [...document.querySelectorAll('a[href]')].filter((link) => link.protocol === 'file:' && link.pathname.endsWith('/')).length,
      }));
      assert.ok(said.styled, `${page.path} has no style sheet`);
      assert.match(said.copy, /[0-9a-f]{8}/, `${page.path} does not say which copy it is`);
      assert.equal(said.folders, 0, `${page.path} leads to a folder`);
    }
  });

  test('shows the card of a mark, in every language', async () => {
    const site = await readSite(root);
    for (const lang of site.languages) {
      const page = await withText(site, lang, '<sup class="cite"');
      assert.ok(page, `no page of ${lang} has a mark`);
      await visit(page.path);
      await tab.locator('sup.cite a').first().click();
      await tab.getByRole('dialog').waitFor({ state: 'visible' });
    }
  });

  test('reads its charts out by keyboard, in every language', async () => {
    const site = await readSite(root);
    for (const lang of site.languages) {
      const page = await withText(site, lang, 'class="drawing drawing-chart"');
      // The fixture has no charts.
      if (!page) continue;
      await visit(page.path);
      const plot = tab.locator('.plot[tabindex]').first();
      await plot.focus();
      await tab.keyboard.press('Home');
      const first = await plot.getByRole('status').textContent();
      await tab.keyboard.press('End');
      assert.notEqual(await plot.getByRole('status').textContent(), first, `${page.path}: nothing is read out`);
    }
  });

  test('finds a page by its title, in every language', async () => {
    const site = await readSite(root);
    for (const lang of site.languages) {
      const page = site.pages.filter((page) => page.lang === lang && page.kind === 'page').at(-1);
      await visit(page.path);
      const title = (await tab.locator('h1').first().textContent()).trim();
      await visit(`${lang}/search/index.html`);
      await tab.getByRole('searchbox').first().fill(title);
      const hit = tab.locator(`.hits a[href*="${page.path.slice(lang.length + 1)}"]`).first();
      await hit.waitFor();
      await hit.click();
      await tab.waitForURL((url) => decodeURIComponent(url.pathname).endsWith(`/${page.path}`));
    }
  });

  test('leads from a card to all that is told of its source, and on to other languages', async () => {
    const site = await readSite(root);
    await visit((await withText(site, site.languages[0], '<sup class="cite"')).path);
    await tab.locator('sup.cite a').first().click();
    await tab.getByRole('dialog').locator('.more a').first().click();
    const told = tab.locator('article.whole:target');
    await told.waitFor({ state: 'visible' });
    const id = await told.getAttribute('id');
    await told.locator('.other-languages a').first().click();
    await tab.locator(`article.whole[id="${id}"]:target`).waitFor({ state: 'visible' });
    for (const problem of take()) problems.push({ page: 'a source', ...problem });
  });

  test('leads from one language to another and stays on the page', async () => {
    await visit('index.html');
    const langs = await tab.locator('.choices a').evaluateAll((links) => links.map((link) => link.hreflang));
    assert.ok(langs.length > 0);
    await tab.locator('.choices a').first().click();
    for (const lang of langs.slice(1)) {
      await tab.locator(`.languages a[hreflang="${lang}"]`).first().click();
      await tab.waitForFunction((lang) => document.documentElement.lang === lang, lang);
    }
  });

  test('asks for nothing outside its folder and writes nothing to the console', () => {
    for (const kind of ['console', 'script error', 'failed request', 'other host']) assertNone(problems, kind);
  });
});
