// One file a language, as a reader gets it: opened from a disk with the network refused. SOURCEBOOK makes it of the fixture.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch, watch } from '../lib/browser.js';
import { accessibilityProblems } from '../lib/rendered.js';
import { assertNone } from '../lib/report.js';

const SCREENS = [{ width: 360, height: 740 }, { width: 1280, height: 860 }];

/** What is looked for, what a text says that is found by it, and how its hits are called. */
const QUERIES = { en: ['charter', /charter/i, 'Results'], he: ['מגיל', /מגיל/, 'תוצאות'] };

describe('one file a language', { timeout: 5 * 60_000 }, () => {
  let folder;
  let browser;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sourcebook-formats-'));
    await cp(fileURLToPath(new URL('../../fixtures/base', import.meta.url)), path.join(folder, 'site'), { recursive: true });
    const sourcebook = process.env.SOURCEBOOK ?? 'sourcebook';
    execFileSync(sourcebook, ['bundle', '--quiet', '--format', 'html', '--root', path.join(folder, 'site'), '--out', `${folder}/`]);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  for (const [lang, [query, said, found]] of Object.entries(QUERIES)) {
    for (const viewport of SCREENS) {
      test(`${lang} at ${viewport.width} pixels`, async () => {
        const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
        const tab = await context.newPage();
        await tab.route(/^(?!file:)/, (route) => route.abort());
        const address = pathToFileURL(path.join(folder, `documents-${lang}.html`)).href;
        const take = watch(tab, address);
        await tab.goto(address);
        const widest = () => tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok((await widest()) <= 0, 'the file is wider than the screen');

        // The contents lead to a page, and the page back.
        await tab.locator('#contents li a').nth(1).click();
        const article = tab.locator('article.leaf:target');
        await article.waitFor();
        assert.ok((await widest()) <= 0, 'a page is wider than the screen');
        await article.locator('.way-back a').click();
        assert.equal(await tab.evaluate(() => location.hash), '#contents');

        // A mark shows its card, and the card leads to the source among all.
        const mark = tab.locator('article.leaf .text sup.cite a').first();
        await mark.click();
        const card = tab.locator('.card');
        await card.waitFor({ state: 'visible' });
        const source = card.locator('a[href^="#"]').first();
        const id = decodeURIComponent((await source.getAttribute('href')).slice(1));
        await source.click();
        await tab.locator(`[id="${id}"]`).waitFor({ state: 'visible' });
        await tab.waitForFunction((id) => {
          const { top, bottom } = document.getElementById(id).getBoundingClientRect();
          return top < innerHeight && bottom > 0;
        }, id);

        // The search is opened and used by keys alone.
        await tab.keyboard.press('Control+k');
        await tab.keyboard.type(query);
        await tab.locator('.hits li').first().waitFor();
        assert.match(await tab.locator('.hits mark').first().textContent(), said);
        assert.equal(await tab.locator('.finder-status').textContent(), `${found}: ${await tab.locator('.hits > li').count()}`);
        assert.deepEqual(await accessibilityProblems(tab, '.finder'), []);
        await tab.keyboard.press('ArrowDown');
        await tab.keyboard.press('ArrowDown');
        await tab.keyboard.press('Enter');
        await tab.waitForFunction(() => !document.querySelector('.finder').open);
        assert.match(await tab.evaluate(() => document.activeElement.textContent), said);

        assert.deepEqual(await accessibilityProblems(tab, null), []);
        for (const kind of ['console', 'script error', 'failed request', 'other host']) assertNone(take(), kind);
        await context.close();
      });
    }
  }

  test('without scripts everything can be read', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const tab = await context.newPage();
    await tab.goto(pathToFileURL(path.join(folder, 'documents-en.html')).href);
    assert.ok(await tab.locator('#find').isHidden());
    await tab.locator('article.leaf .text sup.cite a').first().click();
    await tab.locator('.sources li:target').waitFor();
    await context.close();
  });
});
