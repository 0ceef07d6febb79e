// What the pages of the site named by SITE ask of a poor connection: how many requests, how many bytes, and that nothing is kept before a reader acts.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch } from '../lib/browser.js';
import { open } from '../lib/rendered.js';
import { serve } from '../lib/server.js';
import { directionOf, siteFromEnvironment } from '../lib/site.js';
import { BUDGET, extent, weigh } from '../lib/weight.js';

const site = await siteFromEnvironment();
const THEME = path.resolve(import.meta.dirname, '../../../static/sourcebook.css');

/** The first page of each kind, in a language of each direction, and those that stand for themselves. */
function samples() {
  const languages = ['ltr', 'rtl'].map((dir) => site.languages.find((lang) => directionOf(lang) === dir)).filter(Boolean);
  const kinds = new Map();
  for (const page of site.pages.filter(({ kind }) => kind !== 'redirect')) {
    if (page.lang && !languages.includes(page.lang)) continue;
    const [, folder] = page.path.split('/');
    const own = ['changes', 'figures', 'glossary', 'people', 'search', 'sourcing', 'timeline'].includes(folder) ? folder : '';
    const name = [page.kind, page.lang, own].filter(Boolean).join(' ');
    if (!kinds.has(name)) kinds.set(name, page.path);
  }
  return [...kinds];
}

describe('the weight of the site', { timeout: 10 * 60_000 }, () => {
  let browser;
  let server;

  before(async () => {
    browser = await launch();
    server = await serve(site.root);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  test('a page of every kind asks for itself, a style sheet and a script, and keeps nothing', async () => {
    for (const [kind, page] of samples()) {
      // No language of the site, so that the choice of language is not left at once.
      const context = await browser.newContext({ locale: 'eo' });
      const tab = await context.newPage();
      const asked = [];
      tab.on('request', (request) => asked.push({ type: request.resourceType(), url: request.url() }));
      await open(tab, server.base + page.replace(/index\.html$/, ''));
      // The end of a page may hold what is only asked for when it is seen.
      await tab.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await tab.waitForLoadState('networkidle');
      // Icon and manifest are asked for once on a site, and nothing waits for them.
      const counted = asked.filter(({ type, url }) => !url.startsWith('data:') && type !== 'manifest' && !/icon/.test(path.basename(url)));
      const where = `${kind}: ${page}: ${counted.map(({ url }) => url.replace(server.base, '')).join(', ')}`;
      const pictures = await tab.locator('img').count();
      // The choice of language has a script of its own, which goes on to the reader's.
      const own = kind === 'chooser' ? 1 : 0;
      assert.ok(counted.length <= BUDGET.requests + pictures + own, where);
      assert.ok(counted.every(({ url }) => url.startsWith(server.origin)), where);
      assert.ok(counted.every(({ type }) => ['document', 'stylesheet', 'script', 'image'].includes(type)), where);
      const kept = await tab.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length, document.fonts.size]);
      assert.deepEqual(kept, ['', 0, 0, 0], `${kind}: ${page}: a cookie, storage or a web font`);
      assert.deepEqual(await context.cookies(), [], `${kind}: ${page}: a cookie`);
      await context.close();
    }
  });

  test('style sheet and script of every page stay within their budgets', async () => {
    const weighed = new Set();
    for (const { path: page } of site.pages) {
      const html = await readFile(path.join(site.root, page), 'utf8');
      // Pages with the same head have the same files.
      const head = [...html.matchAll(/<(?:link|script)\b[^>]*(?:stylesheet|src=)[^>]*>/g)].join().replaceAll('../', '');
      if (weighed.has(head)) continue;
      weighed.add(head);
      const { css, js } = await weigh(site.root, page);
      assert.ok(css <= BUDGET.css, `${page}: ${css} bytes of CSS, ${BUDGET.css} are allowed`);
      assert.ok(js <= BUDGET.js, `${page}: ${js} bytes of JavaScript, ${BUDGET.js} are allowed`);
    }
  });

  test('a page of 1,500 words with 30 sources is light in every language', async (t) => {
    const tab = await browser.newPage();
    const [lang] = site.languages.includes('en') ? ['en'] : site.languages;
    let nearest = null;
    for (const { path: page, kind } of site.pages.filter((page) => page.lang === lang && /page|section/.test(page.kind))) {
      const { words, sources } = await extent(tab, await readFile(path.join(site.root, page), 'utf8'));
      const away = Math.abs(words / 1500 - 1) + Math.abs(sources / 30 - 1);
      if (!nearest || away < nearest.away) nearest = { page, kind, words, sources, away };
    }
    t.diagnostic(`${nearest.page}: ${nearest.words} words, ${nearest.sources} sources`);
    for (const other of site.languages) {
      const page = nearest.page.replace(/^[^/]+/, other);
      const { html, css, js } = await weigh(site.root, page);
      t.diagnostic(`${page}: ${html} + ${css} + ${js} bytes`);
      assert.ok(html + css + js <= BUDGET.text, `${page}: ${html + css + js} bytes, ${BUDGET.text} are allowed`);
    }
    await tab.close();
  });

  test('the lists stay below 250 KB before they are packed', async () => {
    for (const { path: page } of site.pages.filter(({ path }) => /^[^/]+\/(?:figures|timeline|sources|changes)\//.test(path))) {
      const { raw } = await weigh(site.root, page);
      assert.ok(raw <= 250 * 1024, `${page}: ${raw} bytes`);
    }
  });

  test('to a browser, the style sheet is the one that the theme has', async () => {
    const tab = await browser.newPage();
    const texts = await Promise.all([THEME, path.join(site.root, 'static/sourcebook.css')].map((file) => readFile(file, 'utf8')));
    const [theme, published] = await tab.evaluate((texts) => texts.map((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      // The browser keeps the blanks within values that it only reads where they are used.
      const plain = (rule) => rule.cssText.replace(/\s*,\s*/g, ',').replace(/(--[\w-]+:)([^;}]*)/g, (_, name, value) => name + value.replace(/\s+/g, ''));
      return [...sheet.cssRules].map(plain);
    }), texts);
    assert.ok(theme.length > 100);
    // A site may add its own colours behind it.
    assert.deepEqual(published.slice(0, theme.length), theme);
    assert.ok(texts[1].length < texts[0].length, 'nothing was left out');
    await tab.close();
  });
});
