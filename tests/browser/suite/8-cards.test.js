// The cards of the fixture `cards` (SITE_CARDS): by keyboard, by finger, without JavaScript; what they say, where they stand, and that nothing moves.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { assertInView, reader } from '../lib/reading.js';
import { accessibilityProblems, open } from '../lib/rendered.js';
import { serve } from '../lib/server.js';
import { directionOf } from '../lib/site.js';

const root = process.env.SITE_CARDS;

const PHONE = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } };
const TABLET = { viewport: { width: 900, height: 900 } };
const DESKTOP = { viewport: { width: 1440, height: 900 } };
/** A screen of 1280 by 1024 at four times its size. */
const ENLARGED = { viewport: { width: 320, height: 256 } };

/** Marks of the page by what they show. Their numbers are the same in every language. */
const QUOTED = '#c-2';
const IN_HEBREW = '#c-3';
const GONE = '#c-4';
const PLACE_ONLY = '#c-5';
const DISPUTES = '#c-6';
const SEVERAL = '#c-7';
const PLAYED = '#c-12';
const RETRACTED = '#c-13';
const FIGURE = '#n-2';

const WORDS = {
  en: { single: 'Source 3', several: '4 sources: 7–10', disputes: 'Source 6, disputes this, para. 3', gone: 'no longer online', whose: null },
  he: { single: 'מקור 3', several: '4 מקורות: 7–10', disputes: 'מקור 6, חולק על האמור, פסקה 3', gone: 'אינו מקוון עוד', whose: 'תרגום מכונה' },
  ar: { single: 'المصدر 3', several: '4 مصادر: 7–10', disputes: 'المصدر 6، يعترض على ذلك، الفقرة 3', gone: 'لم يعد متاحاً على الإنترنت', whose: 'ترجمة آلية' },
};

describe('a card', { skip: !root && 'SITE_CARDS is not set', timeout: 10 * 60_000 }, () => {
  const tower = reader(root && path.resolve(root), { reducedMotion: 'reduce' });
  const reading = (lang, options, work) => tower.reading(`${lang}/tower/`, options, work);

  const cardOf = (tab) => tab.getByRole('dialog');
  const focused = (tab) => tab.evaluate(() => document.activeElement.id);

  async function show(tab, selector, how = 'click') {
    const mark = tab.locator(selector);
    await mark.scrollIntoViewIfNeeded();
    if (how === 'Enter') {
      await mark.focus();
      await tab.keyboard.press('Enter');
    } else {
      await mark[how]();
    }
    const card = cardOf(tab);
    await card.waitFor({ state: 'visible' });
    return card;
  }

  for (const lang of ['en', 'he', 'ar']) {
    const rtl = directionOf(lang) === 'rtl';
    const words = WORDS[lang];

    test(`in ${lang} opens by keyboard, is gone through, and gives the focus back`, () =>
      reading(lang, DESKTOP, async (tab) => {
        const card = await show(tab, QUOTED, 'Enter');
        assert.equal(await card.getAttribute('aria-label'), words.single);
        assert.equal(await tab.locator(QUOTED).getAttribute('aria-expanded'), 'true');
        // The way through it: the button, what it leads to, and out behind the mark.
        const stops = await card.locator('button, a[href]').count();
        for (let stop = 0; stop < stops; stop++) {
          await tab.keyboard.press('Tab');
          assert.ok(await card.evaluate((node) => node.contains(document.activeElement)), `stop ${stop + 1} of ${stops} is outside`);
        }
        await tab.keyboard.press('Tab');
        await card.waitFor({ state: 'hidden' });
        assert.equal(`#${await focused(tab)}`, IN_HEBREW, 'the focus does not go on behind the mark');
        // Back out of it.
        await show(tab, QUOTED, 'Enter');
        await tab.keyboard.press('Tab');
        await tab.keyboard.press('Shift+Tab');
        await card.waitFor({ state: 'hidden' });
        assert.equal(`#${await focused(tab)}`, QUOTED);
        // Escape, the button, the mark itself.
        await show(tab, QUOTED, 'Enter');
        await tab.keyboard.press('Escape');
        await card.waitFor({ state: 'hidden' });
        assert.equal(`#${await focused(tab)}`, QUOTED);
        await show(tab, QUOTED, 'Enter');
        await card.getByRole('button').press('Enter');
        await card.waitFor({ state: 'hidden' });
        assert.equal(`#${await focused(tab)}`, QUOTED);
        assert.equal(await tab.locator(QUOTED).getAttribute('aria-expanded'), 'false');
        await show(tab, QUOTED);
        await tab.locator(QUOTED).click();
        await card.waitFor({ state: 'hidden' });
        // Another mark's card takes its place.
        await show(tab, QUOTED);
        await show(tab, IN_HEBREW);
        assert.equal(await cardOf(tab).count(), 1);
      }));

    test(`in ${lang} says who, what, when, where, in which words, and how that was checked, in this order`, () =>
      reading(lang, DESKTOP, async (tab) => {
        const card = await show(tab, QUOTED);
        const order = ['.author', '.title', '.date', '.detail', '.standing', 'blockquote', '.where a', '.checked', '.more'];
        assert.deepEqual(await card.evaluate(inOrder, order), order);
        const [original, translation] = [card.locator('blockquote > p').nth(0), card.locator('.translation')];
        assert.match(await original.innerText(), /The lamp was lit every night of the year, save two\./);
        if (words.whose) {
          assert.equal(await original.getAttribute('lang'), 'en');
          assert.match(await translation.innerText(), new RegExp(words.whose));
        } else {
          assert.equal(await translation.count(), 0);
        }
        // More from the source, and the list.
        const onward = await card.locator('.more a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
        assert.deepEqual(onward, ['../sources/inspector-1911/', '#s-inspector-1911']);
        // The original of a Hebrew book is Hebrew for everybody.
        const other = await show(tab, IN_HEBREW);
        const quoted = other.locator('blockquote > p').first();
        assert.match(await quoted.innerText(), /מעולם לא ראיתי ים שקט/);
        assert.equal(await quoted.evaluate((node) => getComputedStyle(node).direction), 'rtl');
        assert.equal(await other.locator('.translation').count(), lang === 'he' ? 0 : 1);
      }));

    test(`in ${lang} shows what belongs to its mark`, () =>
      reading(lang, DESKTOP, async (tab) => {
        const place = await show(tab, PLACE_ONLY);
        assert.equal(await place.locator('blockquote').count(), 0, 'another mark’s quotation is shown');
        assert.match(await place.locator('.detail').innerText(), /44/);
        const disputes = await show(tab, DISPUTES);
        assert.equal(await disputes.getAttribute('aria-label'), words.disputes);
        assert.match(await disputes.innerText(), new RegExp(words.disputes.split(/[,،] /)[1]));
        const several = await show(tab, SEVERAL);
        assert.equal(await several.getAttribute('aria-label'), words.several);
        assert.deepEqual(await several.locator('.card-number').allInnerTexts(), ['7', '8', '9', '10']);
        assert.equal(await several.locator('.entry').count(), 4);
        assert.equal(await several.locator('.passage').count(), 0);
        const retracted = await show(tab, RETRACTED);
        assert.match(await retracted.locator('.notice a').getAttribute('href'), /retraction$/);
      }));

    test(`in ${lang} opens the source at the passage`, () =>
      reading(lang, DESKTOP, async (tab) => {
        const ways = async (selector) => {
          const card = await show(tab, selector);
          return card.locator('a.external').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
        };
        const at = '#:~:text=the%20keeper%27s%20log%20shows%3A-,The%20lamp%20was%20lit%20every,of%20the%20year%2C%20save%20two.';
        assert.deepEqual(await ways(QUOTED), [
          `https://example.org/reports/1911/light${at}`,
          `https://web.archive.org/web/20260301000000/https://example.org/reports/1911/light${at}`,
        ]);
        assert.deepEqual(await ways(IN_HEBREW), ['https://example.org/books/thirty-years.pdf#page=41', 'https://perma.cc/EXAM-PLE1']);
        assert.deepEqual(await ways(PLAYED), ['https://example.org/audio/keeper.mp3#t=750']);
        assert.deepEqual(await ways(FIGURE), ['https://example.org/data/lights.csv']);
        // The address is dead: the copy is the main link, the address itself is only told.
        const gone = await ways(GONE);
        assert.equal(gone.length, 1);
        assert.match(gone[0], /^https:\/\/web\.archive\.org\/.*#:~:text=No%20ship/);
        const told = cardOf(tab).locator('.gone');
        assert.match(await told.innerText(), /gazette\.example\.com\/1934\/storm/);
        assert.match(await told.innerText(), new RegExp(words.gone));
        assert.equal(await told.locator('a').count(), 0);
      }));

    test(`in ${lang} stands beside the text where there is room, and under the mark where there is none`, () =>
      reading(lang, DESKTOP, async (tab) => {
        for (const mark of [QUOTED, FIGURE, '#c-1']) {
          const card = await (await show(tab, mark)).boundingBox();
          const text = await tab.locator('.text').boundingBox();
          assert.ok(rtl ? card.x + card.width <= text.x : card.x >= text.x + text.width, `${mark}: the card covers the text`);
          assert.ok(card.x >= 0 && card.x + card.width <= 1440 && card.y >= 0 && card.y + card.height <= 900, `${mark}: ${JSON.stringify(card)}`);
        }
        await tab.setViewportSize(TABLET.viewport);
        const card = await (await show(tab, QUOTED)).boundingBox();
        const mark = await tab.locator(QUOTED).boundingBox();
        assert.ok(card.y >= mark.y + mark.height / 2 || card.y + card.height <= mark.y + mark.height / 2, 'the card covers its mark');
        assert.ok(card.x >= 0 && card.x + card.width <= 900);
      }));

    for (const [name, screen] of Object.entries({ PHONE, TABLET, DESKTOP })) {
      test(`in ${lang} moves nothing when it opens and closes (${name.toLowerCase()})`, () =>
        reading(lang, screen, async (tab) => {
          await tab.locator(QUOTED).scrollIntoViewIfNeeded();
          await tab.evaluate(noteShifts);
          const before = await tab.evaluate(positions);
          const card = await show(tab, QUOTED, screen.hasTouch ? 'tap' : 'click');
          assert.deepEqual(await tab.evaluate(positions), before);
          await tab.keyboard.press('Escape');
          await card.waitFor({ state: 'hidden' });
          assert.deepEqual(await tab.evaluate(positions), before);
          assert.deepEqual(await tab.evaluate(() => window.shifts), []);
        }));
    }

    test(`in ${lang} opens under a finger, as a sheet within the screen`, () =>
      reading(lang, PHONE, async (tab) => {
        for (const mark of [QUOTED, SEVERAL, FIGURE]) {
          const target = await tab.locator(mark).boundingBox();
          assert.ok(mark === FIGURE || (target.width >= 24 && target.height >= 24), `${mark} is ${target.width} by ${target.height}`);
          const card = await show(tab, mark, 'tap');
          const box = await card.boundingBox();
          assert.ok(box.x >= 0 && box.x + box.width <= 390, `${mark}: from ${box.x} to ${box.x + box.width}`);
          assert.ok(Math.abs(box.y + box.height - 844) <= 1 && box.y > 844 / 5, `${mark}: from ${box.y} to ${box.y + box.height}`);
          for (const control of await card.locator('button, .way a').all()) {
            const { height } = await control.boundingBox();
            assert.ok(height >= 24, `a link of ${height} px`);
          }
          await card.getByRole('button').tap();
          await card.waitFor({ state: 'hidden' });
        }
        // Beside it, a tap closes it.
        const card = await show(tab, QUOTED, 'tap');
        await tab.touchscreen.tap(195, 20);
        await card.waitFor({ state: 'hidden' });
      }));

    test(`in ${lang} is whole on the smallest screen and at four times the size`, () =>
      reading(lang, ENLARGED, async (tab) => {
        for (const mark of [QUOTED, SEVERAL]) {
          const card = await show(tab, mark);
          const box = await card.boundingBox();
          assert.ok(box.x >= 0 && box.x + box.width <= 320 && box.y >= 0 && box.y + box.height <= 257, JSON.stringify(box));
          const [wide, inside] = await card.evaluate((node) => [node.scrollWidth, node.clientWidth]);
          assert.ok(wide <= inside, `${wide} px of words in a card of ${inside} px`);
          // What does not fit is scrolled to; the button stays in reach.
          const end = card.locator('.more a').last();
          await end.scrollIntoViewIfNeeded();
          const last = await end.boundingBox();
          assert.ok(last.y + last.height <= 257);
          await card.getByRole('button').click();
          await card.waitFor({ state: 'hidden' });
        }
        assert.ok(await tab.evaluate(() => document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth));
      }));

    test(`in ${lang} is a jump to the list where there is no JavaScript`, () =>
      reading(lang, { ...DESKTOP, javaScriptEnabled: false }, async (tab) => {
        await tab.locator(QUOTED).click();
        assert.equal(new URL(tab.url()).hash, '#s-inspector-1911');
        const entry = tab.locator('#s-inspector-1911');
        await assertInView(tab, entry);
        // The list says the same as the card, and leads back by the words of the sentence.
        assert.match(await entry.locator('blockquote').innerText(), /The lamp was lit/);
        assert.match(await entry.locator('.passage a.external').first().getAttribute('href'), /#:~:text=/);
        const back = entry.locator(`a[href="${QUOTED}"]`);
        const sentence = (await tab.locator(`p:has(${QUOTED})`).innerText()).split(/[\d.]/)[0].trim();
        assert.ok((await back.getAttribute('aria-label')).includes(sentence), await back.getAttribute('aria-label'));
        await back.click();
        await assertInView(tab, tab.locator(QUOTED));
        // A mark of several leads to the first of them, and the list marks them all.
        await tab.locator(SEVERAL).click();
        await assertInView(tab, tab.locator('#s-assembly-1947'));
        const marked = await tab.locator('.sources li').evaluateAll((entries) => entries.filter((entry) => getComputedStyle(entry).backgroundColor !== 'rgba(0, 0, 0, 0)').map((entry) => entry.value));
        assert.deepEqual(marked, [7, 8, 9, 10]);
        // Each of them leads back to that mark.
        for (const anchor of ['#c-7', '#c-9', '#c-10', '#c-11']) {
          await tab.locator(`.sources a[href="${anchor}"]`).click();
          await assertInView(tab, tab.locator(SEVERAL));
        }
      }));

    test(`in ${lang} is accessible, in light and dark`, () =>
      reading(lang, DESKTOP, async (tab) => {
        const problems = [];
        for (const colorScheme of ['light', 'dark']) {
          await tab.emulateMedia({ colorScheme });
          for (const mark of [QUOTED, GONE, SEVERAL, RETRACTED, FIGURE]) {
            await show(tab, mark);
            for (const text of await accessibilityProblems(tab, '.card')) problems.push(`${colorScheme} ${mark}: ${text}`);
          }
        }
        assert.deepEqual(problems, []);
      }));
  }

  test('of a passage leads to the words: a browser finds them', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'sourcebook-passage-'));
    const filler = Array.from({ length: 200 }, (_, line) => `<p>Line ${line}: the lamp was trimmed, the year went by.</p>`).join('\n');
    const passage = '<p>It was so, as the keeper’s log shows: <b>The lamp was lit</b> every night of the year, save two. Then came the fog.</p>';
    await writeFile(path.join(folder, 'light.html'), `<!doctype html><html lang="en"><title>Light</title><link rel="icon" href="data:,">${filler}${passage.replace('’', "'")}${filler}`);
    await writeFile(path.join(folder, 'other.html'), `<!doctype html><html lang="en"><title>Light</title><link rel="icon" href="data:,">${filler}${filler}`);
    const library = await serve(folder);
    const context = await tower.browser.newContext(DESKTOP);
    try {
      const tab = await context.newPage();
      await open(tab, tower.addressOf('en/tower/'));
      const href = await tab.locator('#s-inspector-1911 .passage a.external').first().getAttribute('href');
      const top = async (page) => {
        await tab.goto(`${library.base}${page}${href.slice(href.indexOf('#'))}`);
        return tab.evaluate(() => new Promise((resolve) => setTimeout(() => resolve(scrollY), 500)));
      };
      assert.ok((await top('light.html')) > 2000, 'the words were not found');
      assert.equal(await top('other.html'), 0, 'something else was found');
    } finally {
      await context.close();
      await library.close();
      await rm(folder, { recursive: true });
    }
  });
});

/* ---- in the browser from here: functions that are sent there ---- */

/** The selectors in the order in which their first elements stand. */
function inOrder(card, selectors) {
  const found = selectors.map((selector) => [selector, card.querySelector(selector)]).filter(([, element]) => element);
  const before = (a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
  return found.sort(([, a], [, b]) => before(a, b)).map(([selector]) => selector);
}

/** Where everything on the page stands. */
function positions() {
  const boxes = [...document.querySelectorAll('header *, main *, footer *')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [element.localName, x, y, width, height].join(' ');
  });
  return [`${scrollX} ${scrollY} ${document.documentElement.scrollHeight}`, ...boxes];
}

function noteShifts() {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts.push(entry.value);
  }).observe({ type: 'layout-shift', buffered: false });
}
