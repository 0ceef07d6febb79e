// The search of the site named by SITE: that it finds what readers ask for (tests/search), in a browser under the strict policy and from a disk
// (SITE_DISK), by keyboard alone, without JavaScript as an index; that nothing of a query or an index is taken for markup.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch, watch } from '../lib/browser.js';
import { reader } from '../lib/reading.js';
import { accessibilityProblems, open } from '../lib/rendered.js';
import { core, recall, searcher } from '../lib/search.js';
import { siteFromEnvironment } from '../lib/site.js';

const site = await siteFromEnvironment();
const folder = fileURLToPath(new URL('../../search', import.meta.url));

/** So many of a hundred queries find what they are for among the first five hits. */
const FLOOR = 95;

/** A word of the site with what is written together with it or other marks, and the place to which it leads. */
const WORDS = {
  en: ['proportional', 'proportionality'],
  he: ['והמידתיות', 'proportionality'],
  ar: ['وللتّناسب', 'proportionality'],
  fr: ['proportionnalite', 'proportionality'],
};

/** Words with ten hits and more, of many kinds. */
const STILL = { en: 'hostages in 2023', he: 'חטופים', ar: 'غزة' };

describe('the script that searches', () => {
  test('cuts and folds words as the index was made', async () => {
    const { tokens } = await core(site.root);
    const vectors = await readFile(path.join(folder, 'words.tsv'), 'utf8');
    for (const line of vectors.split('\n').filter((line) => line && !line.startsWith('#'))) {
      const [text, words] = line.split('\t');
      assert.equal(tokens(text).map(({ word }) => word).join(' '), words, text);
    }
  });

  for (const lang of site.languages) {
    test(`in ${lang} finds what readers ask for`, async (t) => {
      const { queries, shown, misses } = await recall(site.root, folder, lang);
      if (!queries) return t.skip('no queries in this language');
      const told = misses.map(({ query, found }) => `${query}: ${found.join(' ')}`).join('\n');
      assert.ok(queries >= 40, `only ${queries} queries`);
      assert.ok(shown * 100 >= FLOOR * queries, `${shown} of ${queries}\n${told}`);
    });

    test(`in ${lang} every word of the index leads to a record`, async () => {
      const { finder } = await searcher(site.root, lang);
      const { words } = finder.index;
      for (let at = 0; at < words.length; at += 97) {
        const { ranked } = await finder.rank(words[at], false);
        assert.ok(ranked.length > 0, words[at]);
      }
    });
  }
});

describe('searching', { timeout: 5 * 60_000 }, () => {
  const { reading } = reader(site.root);
  const phone = { viewport: { width: 390, height: 844 } };
  const input = (tab) => tab.locator('input[type="search"]');
  const titles = (tab) => tab.locator('.hits .hit-title');
  const hasHits = (tab) => titles(tab).first().waitFor();

  for (const lang of site.languages) {
    test(`in ${lang}, in a dialog by keyboard, and back`, () =>
      reading(`${lang}/`, lang === 'ar' ? phone : {}, async (tab) => {
        const link = tab.locator('.search-link');
        await link.focus();
        await tab.keyboard.press('Control+k');
        await input(tab).waitFor();
        assert.equal(await tab.evaluate(() => document.activeElement.type), 'search');
        const [word, id] = WORDS[lang] ?? WORDS.en;
        await tab.keyboard.type(word);
        await tab.locator(`.hits a[href*="${id}"]`).first().waitFor();
        assert.notEqual(await tab.locator('.search-status').textContent(), '');
        assert.deepEqual(await accessibilityProblems(tab, '.search-dialog'), []);
        await tab.keyboard.press('ArrowDown');
        const first = await tab.evaluate(() => document.activeElement.href);
        assert.ok(first?.includes(`/${lang}/`), 'the first hit has not the focus');
        await tab.keyboard.press('ArrowUp');
        assert.equal(await tab.evaluate(() => document.activeElement.type), 'search');
        await tab.keyboard.press('Escape');
        // A field of this kind is emptied first.
        if (await tab.locator('dialog[open]').count()) await tab.keyboard.press('Escape');
        assert.equal(await tab.locator('dialog[open]').count(), 0);
        assert.ok(await link.evaluate((node) => node === document.activeElement), 'the focus was not given back');
      }));
  }

  test('from the dialog to a hit, and to the page with all hits', () =>
    reading('en/', {}, async (tab) => {
      await tab.locator('.search-link').click();
      await input(tab).fill('tunnels');
      await hasHits(tab);
      const href = await tab.locator('.hits a').first().getAttribute('href');
      await tab.keyboard.press('ArrowDown');
      await tab.keyboard.press('Enter');
      await tab.waitForURL(href);
      await tab.locator('.search-link').click();
      await input(tab).fill('famine');
      await tab.keyboard.press('Enter');
      await tab.waitForURL(/\/en\/search\/\?q=famine$/);
      await hasHits(tab);
    }));

  test('the address has the query: reloaded, left and come back to', () =>
    reading('en/search/?q=oslo', {}, async (tab) => {
      await hasHits(tab);
      assert.equal(await input(tab).inputValue(), 'oslo');
      await input(tab).fill('hostages in 2023');
      await tab.waitForURL(/q=hostages/);
      await hasHits(tab);
      await tab.reload();
      await hasHits(tab);
      assert.equal(await input(tab).inputValue(), 'hostages in 2023');
      await tab.locator('.hits a').first().click();
      await tab.waitForURL((url) => !url.pathname.endsWith('/search/'));
      await tab.goBack();
      await hasHits(tab);
      assert.equal(await input(tab).inputValue(), 'hostages in 2023');
      assert.deepEqual(await accessibilityProblems(tab, 'main'), []);
    }));

  for (const [lang, options] of [['en', {}], ['en', phone], ['he', {}], ['ar', phone]].filter(([lang]) => site.languages.includes(lang))) {
    test(`in ${lang} hits stand before any text comes${options === phone ? ' on a phone' : ''}, and nothing moves when it does`, () =>
      reading(`${lang}/search/`, options, async (tab) => {
        let release;
        const held = new Promise((resolve) => (release = resolve));
        await tab.route(/\/texts-\d+\.js/, async (route) => {
          await held;
          await route.continue();
        });
        await input(tab).focus();
        await tab.locator('.search-status').waitFor({ state: 'attached' });
        await tab.evaluate(() => {
          globalThis.said = [];
          const status = document.querySelector('.search-status');
          new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
        });
        await input(tab).fill(STILL[lang]);
        await titles(tab).nth(9).waitFor();
        const places = () => tab.locator('.hits :is(li, .hit-title, .snippet)').evaluateAll((nodes) => nodes.map((node) => [node.offsetTop, node.offsetHeight].join()));
        const cuts = tab.locator('.hits .snippet bdi');
        const before = await places();
        const shown = await titles(tab).allTextContents();
        assert.equal((await cuts.allTextContents()).join(''), '');
        await tab.keyboard.press('ArrowDown');
        await tab.keyboard.press('ArrowDown');
        // Texts are asked for after a pause.
        await tab.waitForTimeout(300);
        release();
        await tab.waitForFunction(() => [...document.querySelectorAll('.hits .snippet bdi')].every((cut) => cut.textContent));
        assert.ok((await tab.locator('.hits .snippet mark').count()) > 0);
        assert.deepEqual(await places(), before);
        assert.deepEqual(await titles(tab).allTextContents(), shown);
        assert.ok(await titles(tab).nth(1).locator('a').evaluate((link) => link === document.activeElement), 'the focus was lost');
        assert.equal((await tab.evaluate(() => said)).length, 1, 'the number of results was said more than once');
      }));
  }

  test('an index and titles of two editions, one of them from a cache, are asked for again', () =>
    reading('en/search/', {}, async (tab) => {
      const asked = [];
      tab.on('request', (request) => asked.push(new URL(request.url())));
      await tab.route(/\/titles\.js$/, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: (await answer.text()).replace(/"edition":"\w+"/, '"edition":"0"') });
      });
      await input(tab).fill('tunnels');
      await hasHits(tab);
      const again = asked.filter(({ pathname, search }) => /(index|titles)\.js$/.test(pathname) && search);
      assert.equal(again.length, 2);
    }));

  test('a phrase stands in every hit word by word', () =>
    reading('en/search/?q=%22human+shields%22', {}, async (tab) => {
      await hasHits(tab);
      const texts = await tab.locator('.hits li').allTextContents();
      for (const text of texts) assert.match(text.toLowerCase(), /human shields/);
    }));

  test('kinds are chosen, and more hits asked for', () =>
    reading('en/search/?q=gaza', {}, async (tab) => {
      await hasHits(tab);
      const sources = tab.locator('.search-kinds button').nth(-2);
      const name = (await sources.textContent()).replace(/\s*\d+$/, '');
      await sources.click();
      await tab.locator('.search-kinds [aria-pressed="true"]', { hasText: name }).waitFor();
      const kinds = await tab.locator('.hits .kind').allTextContents();
      assert.deepEqual([...new Set(kinds)], [name]);
      const before = await titles(tab).count();
      await tab.locator('.search-more').click();
      await titles(tab).nth(before).waitFor();
    }));

  test('no hit has a sentence and a way on; a query is never markup', () =>
    reading('en/search/', {}, async (tab) => {
      await input(tab).fill('qzxqzx');
      await tab.locator('.search-status', { hasText: 'Nothing was found' }).waitFor();
      assert.ok((await tab.locator('.site-index a').count()) > 40);
      await input(tab).fill('<img src=x onerror=alert(1)> gaza "<b>"');
      await tab.locator('.search-status', { hasText: /./ }).waitFor();
      await input(tab).fill('<b>gaza</b> <script>alert(1)</script>');
      await hasHits(tab);
      assert.equal(await tab.locator('.search-results :is(img, b, script)').count(), 0);
    }));

  test('without JavaScript the link leads to the index of everything', () =>
    reading('en/', { javaScriptEnabled: false }, async (tab) => {
      await tab.locator('.search-link').click();
      await tab.waitForURL(/\/en\/search\/$/);
      assert.equal(await input(tab).isVisible(), false);
      assert.ok((await tab.locator('.site-index a').count()) > 40);
    }));
});

describe('searching from a disk', { skip: !process.env.SITE_DISK && 'SITE_DISK is not set' }, () => {
  test('finds, and leads to files', async () => {
    const disk = await siteFromEnvironment('SITE_DISK');
    const browser = await launch();
    try {
      const tab = await browser.newPage();
      const home = pathToFileURL(disk.root).href;
      const take = watch(tab, home);
      await open(tab, `${home}/he/index.html`);
      await tab.locator('.search-link').click();
      await tab.locator('input[type="search"]').fill('החטופים');
      await tab.locator('.hits a').first().waitFor();
      await open(tab, `${home}/he/search/index.html?q=${encodeURIComponent('חטופים')}`);
      await tab.locator('.hits a').first().click();
      await tab.waitForURL((url) => url.pathname.endsWith('.html') && !url.pathname.endsWith('/search/index.html'));
      assert.deepEqual(take(), []);
    } finally {
      await browser.close();
    }
  });
});
