// Reading a page of the site named by SITE, once in each language: with and without JavaScript, by keyboard, by finger, from one language to another.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { assertInView, reader } from '../lib/reading.js';
import { siteFromEnvironment } from '../lib/site.js';

const site = await siteFromEnvironment();
const MARK = 'main sup.cite a[role="doc-noteref"]';

describe('a reader', { timeout: 10 * 60_000 }, () => {
  const { reading: readingAt, addressOf } = reader(site.root);
  const folder = (page) => page.path.replace(/index\.html$/, '');
  const reading = (page, options, work) => readingAt(folder(page), options, work);

  for (const lang of site.languages) {
    test(`of ${lang}`, async (t) => {
      const page = await mostCited(lang);
      assert.ok(page, `no page in ${lang} cites anything`);
      const html = await readFile(path.join(site.root, page.path), 'utf8');
      const hasScript = /<script[^>]+src=/.test(html);

      await t.test('without JavaScript: a mark leads to its entry, and the entry back', () =>
        reading(page, { javaScriptEnabled: false }, async (tab) => {
          const mark = tab.locator(MARK).first();
          const id = await mark.getAttribute('id');
          const href = await mark.getAttribute('href');
          await mark.click();
          assert.equal(decodeURIComponent(new URL(tab.url()).hash), decodeURIComponent(href));
          await assertInView(tab, tab.locator(`[id="${decodeURIComponent(href.slice(1))}"]`));
          await tab.locator(`a[href="#${id}"]`).first().click();
          await assertInView(tab, mark);
        }));

      await t.test('without JavaScript: what is folded opens', () =>
        reading(page, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } }, async (tab) => {
          for (const fold of await tab.locator('details').all()) {
            const summary = fold.locator('> summary');
            if ((await fold.getAttribute('open')) !== null || !(await summary.isVisible())) continue;
            await summary.click();
            assert.notEqual(await fold.getAttribute('open'), null, 'a fold did not open');
          }
        }));

      await t.test('with a keyboard: the first stop leads past the head', () =>
        reading(page, {}, async (tab) => {
          await tab.keyboard.press('Tab');
          const first = tab.locator(':focus');
          const href = await first.getAttribute('href');
          assert.match(href ?? '', /^#/, 'the first stop is no link into the page');
          const box = await first.boundingBox();
          assert.ok(box && box.width > 10 && box.height > 10 && box.y >= 0 && box.x >= 0, 'the first stop is not to be seen');
          await tab.keyboard.press('Enter');
          assert.equal(await tab.evaluate(() => document.activeElement.localName), 'main', 'focus does not move to the text');
        }));

      await t.test('with a keyboard: a card opens, says its source, and closes with Escape', { skip: !hasScript && 'the theme has no script' }, () =>
        reading(page, {}, async (tab) => {
          const mark = tab.locator(MARK).first();
          await mark.focus();
          await tab.keyboard.press('Enter');
          const card = tab.getByRole('dialog');
          await card.waitFor({ state: 'visible' });
          await assertCard(tab, card, mark);
          await tab.keyboard.press('Escape');
          await card.waitFor({ state: 'hidden' });
          assert.equal(await tab.evaluate(() => document.activeElement.id), await mark.getAttribute('id'), 'focus does not return to the mark');
        }));

      await t.test('with a finger: a card opens on a phone, inside the screen, and closes', { skip: !hasScript && 'the theme has no script' }, () =>
        reading(page, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } }, async (tab) => {
          for (const mark of [tab.locator(MARK).first(), tab.locator('main a.figure').first()]) {
            if ((await mark.count()) === 0) continue;
            await mark.tap();
            const card = tab.getByRole('dialog');
            await card.waitFor({ state: 'visible' });
            await assertCard(tab, card, mark);
            const box = await card.boundingBox();
            assert.ok(box.x >= -1 && box.x + box.width <= 391, `the card reaches from ${box.x} to ${box.x + box.width}`);
            assert.ok(box.y + box.height <= 845, `the card ends at ${box.y + box.height}`);
            await card.getByRole('button').first().tap();
            await card.waitFor({ state: 'hidden' });
          }
        }));

      await t.test('goes to the same page, and the same section, in another language', () =>
        reading(page, {}, async (tab) => {
          const other = site.languages.find((candidate) => candidate !== lang);
          if (!other) return;
          const section = await tab.locator('main .text h2[id]').last().getAttribute('id');
          await tab.evaluate((id) => {
            location.hash = id;
          }, section);
          await tab.locator(`header a[hreflang="${other}"]`).first().click();
          await tab.waitForURL((url) => url.pathname.includes(`/${other}/`));
          const same = addressOf(folder(page).replace(/^[^/]+/, other));
          assert.equal(decodeURIComponent(tab.url()).replace('index.html', ''), hasScript ? `${same}#${section}` : same);
          assert.equal(await tab.evaluate(() => document.documentElement.lang), other);
        }));

      await t.test('enlarges the text to twice its size without scrolling sideways', () =>
        reading(page, { viewport: { width: 640, height: 900 } }, async (tab) => {
          await tab.evaluate(() => {
            document.documentElement.style.fontSize = '200%';
          });
          const [wide, screen] = await tab.evaluate(() => [document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]);
          assert.ok(wide <= screen, `${wide} px on a screen of ${screen} px`);
        }));

      await t.test('prints the page without menus', () =>
        reading(page, {}, async (tab) => {
          await tab.emulateMedia({ media: 'print' });
          assert.equal(await tab.locator('header nav:visible').count(), 0, 'a menu is printed');
          assert.ok(await tab.locator('main h1').isVisible());
        }));
    });
  }

  /** The page of a language with most marks: it shows most of what a reader meets. */
  async function mostCited(lang) {
    let best = null;
    let most = 0;
    for (const page of site.pages.filter((page) => page.lang === lang)) {
      const html = await readFile(path.join(site.root, page.path), 'utf8');
      const marks = html.split('class="cite"').length - 1;
      if (marks > most) [best, most] = [page, marks];
    }
    return best;
  }
});

/** A card names itself, holds the entry's words, repeats no id, and speaks the entry's language where that is not the page's. */
async function assertCard(tab, card, mark) {
  const name = await card.getAttribute('aria-label');
  const labelled = await card.getAttribute('aria-labelledby');
  assert.ok(name || labelled, 'the card has no name');
  assert.ok((await card.innerText()).trim().length > 20, 'the card is empty');
  const doubles = await tab.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    return ids.filter((id, index) => ids.indexOf(id) !== index);
  });
  assert.deepEqual(doubles, [], 'the card repeats ids');
  const entry = await mark.evaluate((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))).lang);
  if (entry) {
    assert.ok(await card.evaluate((node, lang) => Boolean(node.lang === lang || node.querySelector(`[lang="${lang}"]`)), entry), `nothing in the card has lang="${entry}"`);
  }
}
