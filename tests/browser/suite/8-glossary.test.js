// Terms: the card at the first use on a page, by keyboard, by finger and without JavaScript, and the glossary itself; of the real site (SITE), in English and Arabic.

import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { reader } from '../lib/reading.js';
import { accessibilityProblems } from '../lib/rendered.js';

const root = process.env.SITE;

const PAGE = 'war/7-october-2023/';
const TERM = 'qassam-brigades';
const PHONE = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } };
const DESKTOP = { viewport: { width: 1440, height: 900 } };

const WORDS = {
  en: { name: 'Qassam Brigades', label: 'Term', says: 'The armed wing of Hamas', glossary: 'Glossary', hebrew: 'גדודי אל־קסאם' },
  ar: { name: 'كتائب القسام', label: 'مصطلح', says: 'الجناح المسلح لحركة حماس', glossary: 'مسرد المصطلحات', hebrew: 'גדודי אל־קסאם' },
};

describe('terms', { skip: !root && 'SITE is not set', timeout: 5 * 60_000 }, () => {
  const { reading } = reader(path.resolve(root), { reducedMotion: 'reduce' });

  for (const [lang, words] of Object.entries(WORDS)) {
    const first = (tab) => tab.locator(`main .text a.term[data-term="t-${TERM}"]`);
    const cardOf = (tab) => tab.getByRole('dialog');

    async function assertCard(tab) {
      const card = cardOf(tab);
      await card.waitFor({ state: 'visible' });
      const text = await card.innerText();
      for (const part of [words.label, words.name, words.says]) assert.ok(text.includes(part), `${part} is missing in: ${text}`);
      const onward = card.locator('.more a');
      assert.equal(await onward.innerText(), words.glossary);
      assert.ok((await onward.getAttribute('href')).endsWith(`/${lang}/glossary/#t-${TERM}`));
      return card;
    }

    test(`${lang}: the card opens by keyboard and hands the focus back`, () =>
      reading(`${lang}/${PAGE}`, DESKTOP, async (tab) => {
        const mark = first(tab);
        assert.equal(await mark.count(), 1, 'only the first use has a card');
        assert.equal(await mark.getAttribute('aria-expanded'), 'false');
        await mark.focus();
        await tab.keyboard.press('Enter');
        const card = await assertCard(tab);
        assert.equal(await mark.getAttribute('aria-expanded'), 'true');
        assert.deepEqual(await accessibilityProblems(tab), []);
        await tab.keyboard.press('Escape');
        await card.waitFor({ state: 'hidden' });
        assert.equal(await tab.evaluate(() => document.activeElement.id), `u-${TERM}`);
      }));

    test(`${lang}: the card opens and closes by finger`, () =>
      reading(`${lang}/${PAGE}`, PHONE, async (tab) => {
        await first(tab).scrollIntoViewIfNeeded();
        await first(tab).tap();
        const card = await assertCard(tab);
        await card.locator('.close').tap();
        await card.waitFor({ state: 'hidden' });
      }));

    test(`${lang}: without JavaScript the term leads to the glossary, and the page explains it too`, () =>
      reading(`${lang}/${PAGE}`, { ...DESKTOP, javaScriptEnabled: false }, async (tab) => {
        const entry = tab.locator(`.page-terms li[id="t-${TERM}"]`);
        assert.ok((await entry.textContent()).includes(words.says));
        await first(tab).click();
        await tab.waitForURL(`**/${lang}/glossary/#t-${TERM}`);
        assert.ok((await tab.locator(`[id="t-${TERM}"]`).innerText()).includes(words.says));
      }));

    test(`${lang}: the glossary stands in the order of its alphabet, names labelled with their languages`, () =>
      reading(`${lang}/glossary/`, DESKTOP, async (tab) => {
        const letters = await tab.locator('.letters a').allInnerTexts();
        const heads = await tab.locator('.terms h2').allInnerTexts();
        assert.deepEqual(heads, letters);
        assert.ok(letters.length > 5 && new Set(letters).size === letters.length, letters.join(' '));
        const named = tab.locator(`[id="t-${TERM}"] dd bdi[lang="he"][dir="rtl"]`);
        assert.equal(await named.innerText(), words.hebrew);
        assert.ok((await tab.locator('.terms .term').count()) >= 50);
        for (const width of [390, 1440]) {
          await tab.setViewportSize({ width, height: 900 });
          assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `too wide at ${width}`);
        }
        assert.deepEqual(await accessibilityProblems(tab), []);
      }));
  }
});
