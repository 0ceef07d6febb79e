// Fact boxes, tables of leaders and of who lists whom, and the who's who of the site named by SITE: by keyboard, without JavaScript, on a phone.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reader } from '../lib/reading.js';
import { siteFromEnvironment } from '../lib/site.js';

const site = await siteFromEnvironment();
const page = 'actors/hamas/';
const there = site.languages.every((lang) => site.files.has(`${lang}/${page}index.html`) && site.files.has(`${lang}/people/index.html`));

describe('actors', { timeout: 10 * 60_000, skip: !there && 'the site has no actors' }, () => {
  const { reading, addressOf } = reader(site.root);

  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
  const TABLE = '.drawing-designations table.sortable';

  /** The numbers by which a column is sorted, in the order in which its rows stand. */
  const column = (tab, index) =>
    tab.locator(`${TABLE} tbody tr`).evaluateAll((rows, index) => rows.map((row) => Number(row.cells[index].dataset.sort)), index);

  const rising = (numbers) => numbers.every((number, index) => !index || numbers[index - 1] <= number);

  for (const lang of site.languages) {
    test(`in ${lang}`, async (t) => {
      await t.test('a table is sorted by keyboard', () =>
        reading(`${lang}/${page}`, {}, async (tab) => {
          const last = (await tab.locator(`${TABLE} th[scope="col"]`).count()) - 2;
          const heads = tab.locator(`${TABLE} th[scope="col"]`);
          assert.equal(await heads.nth(last).getAttribute('aria-sort'), 'ascending');
          assert.ok(rising(await column(tab, last)), 'the dates do not rise');
          await heads.first().locator('button').focus();
          await tab.keyboard.press('Enter');
          assert.equal(await heads.first().getAttribute('aria-sort'), 'ascending');
          assert.equal(await heads.nth(last).getAttribute('aria-sort'), null);
          const names = await column(tab, 0);
          assert.ok(names.length > 5 && rising(names), names.join());
          await tab.keyboard.press('Space');
          assert.equal(await heads.first().getAttribute('aria-sort'), 'descending');
          assert.ok(rising((await column(tab, 0)).reverse()), 'the names do not fall');
        }));

      await t.test('without JavaScript it is a table in the order that it names', () =>
        reading(`${lang}/${page}`, { javaScriptEnabled: false }, async (tab) => {
          assert.equal(await tab.locator(`${TABLE} button`).count(), 0);
          const last = (await tab.locator(`${TABLE} th[scope="col"]`).count()) - 2;
          assert.ok(rising(await column(tab, last)), 'the dates do not rise');
          assert.ok(await tab.locator('.drawing-designations .drawing-subtitle').isVisible());
          const details = tab.locator('.drawing-facts details').first();
          await details.locator('summary').click();
          assert.ok(await details.locator('li').first().isVisible());
        }));

      await t.test('a fact has the card of its source', () =>
        reading(`${lang}/${page}`, {}, async (tab) => {
          const mark = tab.locator('.drawing-facts dd sup.cite a').first();
          await mark.click();
          await tab.getByRole('dialog').waitFor({ state: 'visible' });
        }));

      await t.test('a phone is not wider than its screen', () =>
        reading(`${lang}/people/`, phone, async (tab) => {
          // A phone makes its window as wide as what would stand out of it.
          assert.equal(await tab.evaluate(() => Math.max(document.documentElement.scrollWidth, innerWidth)), phone.viewport.width);
          assert.ok((await tab.locator('.drawing-facts').count()) > 20);
        }));

      await t.test('the who’s who is reached from the menu and leads to the page of an actor', () =>
        reading(`${lang}/`, { javaScriptEnabled: false }, async (tab) => {
          await tab.locator('.menu > summary').click();
          await tab.locator('.menu a[href$="people/"]').click();
          await tab.locator('#a-hamas ~ .more a').first().click();
          assert.equal(new URL(tab.url()).pathname, new URL(addressOf(`${lang}/${page}`)).pathname);
        }));
    });
  }
});
