// What strangers wrote where words were expected (SITES_HOSTILE: folders of pairs, `poisoned` and `clean`, which the test `hostile` of the Rust suite writes):
// opened under the site's own policy, with cards, search and menus, nothing of it comes to life.

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { inParallel, launch, watch } from '../lib/browser.js';
import { serve } from '../lib/server.js';
import { readSite } from '../lib/site.js';

const root = process.env.SITES_HOSTILE;

/** Pages of so many payloads are opened; all of their files are read by the Rust suite. */
const STEP = 2;

/** Pages that are one of a kind, or gather what all records say. */
const GATHERED = ['', 'pages/', 'glossary/', 'people/', 'timeline/', 'search/', 'sources/', 'figures/', 'sourcing/', 'changes/'];

describe('what strangers write', { skip: !root && 'SITES_HOSTILE is not set', timeout: 10 * 60_000 }, async () => {
  const pairs = root ? (await readdir(path.resolve(root))).sort() : [];
  for (const pair of pairs) {
    test(`${pair}: comes to life nowhere`, async (t) => {
      const folder = path.join(path.resolve(root), pair);
      const poisoned = await serve(path.join(folder, 'poisoned'));
      const clean = await serve(path.join(folder, 'clean'));
      const browser = await launch();
      t.after(async () => {
        await browser.close();
        await poisoned.close();
        await clean.close();
      });
      const site = await readSite(path.join(folder, 'poisoned'));
      const addresses = site.pages.map((page) => page.path.replace(/index\.html$/, '')).filter(isOpened);
      assert.ok(addresses.length > 20, `${addresses.length} pages`);

      const known = new Set();
      const look = async (server, word, keep) => {
        const tabs = await Promise.all([0, 1].map(() => browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })));
        const takes = tabs.map((tab) => watch(tab, server.base));
        await inParallel(addresses, tabs.length, async (address, lane) => {
          const tab = tabs[lane];
          await tab.goto(server.base + address, { waitUntil: 'load' });
          await handle(tab, word);
          keep(address, await tab.evaluate(inspect), takes[lane]());
        });
        await Promise.all(tabs.map((tab) => tab.close()));
      };
      await look(clean, 'plain', (address, { found }, noted) => {
        found.forEach((name) => known.add(name));
        assert.deepEqual(noted, [], `${address}, clean`);
      });
      const problems = [];
      await look(poisoned, 'hostile', (address, { found, alive }, noted) => {
        problems.push(...noted.map(({ kind, text }) => `${address}: ${kind}: ${text}`));
        problems.push(...found.filter((name) => !known.has(name)).map((name) => `${address}: new: ${name}`));
        if (alive) problems.push(`${address}: a script of a stranger ran`);
      });
      assert.deepEqual(problems, []);
    });
  }
});

/** Pages of the library and of payloads are many alike. */
function isOpened(address) {
  const below = address.replace(/^[^/]+\//, '');
  const number = /-(\d+)\/$/.exec(below)?.[1];
  return number ? Number(number) % STEP === 0 && /^(pages|sources|timeline)\//.test(below) : GATHERED.includes(below);
}

/** Opens what a reader may open: cards, what is folded, the menu, the search, which finds a word that is on every page. */
async function handle(tab, word) {
  for (const selector of ['sup.cite a', 'a.figure', 'a.term']) {
    const mark = tab.locator(selector).first();
    if (await mark.count()) {
      await mark.evaluate((node) => node.click());
      await tab.keyboard.press('Escape');
    }
  }
  await tab.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  const search = tab.locator('.search-link').first();
  if (await search.count()) {
    await search.evaluate((node) => node.click());
    const field = tab.locator('dialog input, .search input').first();
    if (await field.waitFor({ state: 'visible', timeout: 5000 }).then(() => true, () => false)) {
      await field.fill(word);
      await tab.locator('.hits mark').first().waitFor({ timeout: 2000 }).catch(() => {});
    }
  }
}

/* ---- in the browser from here: a function that is sent there ---- */

/** What the open page is made of, and whether anybody's script ran. */
function inspect() {
  const found = new Set();
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName;
    found.add(`<${name}>`);
    for (const attribute of element.attributes) {
      found.add(`<${name} ${attribute.name}>`);
      if (['href', 'src', 'action', 'formaction', 'srcset', 'poster', 'data'].includes(attribute.name)) {
        const url = new URL(attribute.value, document.baseURI);
        found.add(`leads to ${url.protocol}//${url.host === location.host ? '' : url.host}`);
      }
    }
  }
  return { found: [...found], alive: 'hostile' in globalThis && typeof globalThis.hostile !== 'object' && !(globalThis.hostile instanceof Element) };
}
