// The timeline of the site named by SITE, once in each language and without JavaScript: from the menu to its page, by a theme to fewer events,
// to an event by its address, under a year that stays in view, and from a mark to the entry of its source.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reader } from '../lib/reading.js';
import { open } from '../lib/rendered.js';
import { siteFromEnvironment } from '../lib/site.js';

const site = await siteFromEnvironment();
const there = site.languages.every((lang) => site.files.has(`${lang}/timeline/index.html`));

describe('the timeline, without JavaScript', { timeout: 10 * 60_000, skip: !there && 'the site has no events' }, () => {
  const { reading, addressOf } = reader(site.root, { javaScriptEnabled: false });

  const phone = { viewport: { width: 390, height: 844 } };
  const desk = { viewport: { width: 1280, height: 900 } };

  for (const lang of site.languages) {
    test(`in ${lang}`, async (t) => {
      await t.test('is reached from the menu', () =>
        reading(`${lang}/`, desk, async (tab) => {
          await tab.locator('.menu > summary').click();
          await tab.locator('.menu a[href$="timeline/"]').click();
          assert.equal(new URL(tab.url()).pathname, new URL(addressOf(`${lang}/timeline/`)).pathname);
          assert.ok((await tab.locator('.timeline > li').count()) > 0, 'there is no event');
        }));

      await t.test('every theme has as many events as it says', () =>
        reading(`${lang}/timeline/`, desk, async (tab) => {
          const themes = await tab.locator('.filter').first().locator('a').evaluateAll((links) =>
            links.map((link) => [link.getAttribute('href'), Number(link.querySelector('.count').textContent)]));
          assert.ok(themes.length > 1, 'there is no theme');
          for (const [href, promised] of themes) {
            await open(tab, new URL(href, addressOf(`${lang}/timeline/`)).href);
            assert.equal(await tab.locator('.filter a[aria-current="page"]').count(), 1, href);
            let events = await tab.locator('.timeline > li').count();
            // Where they are many, the next page has more.
            for (let onward = tab.locator('.parts a[rel="next"]'); await onward.count(); ) {
              await onward.click();
              events += await tab.locator('.timeline > li').count();
            }
            assert.equal(events, promised, href);
          }
        }));

      await t.test('a year is reached on whichever page it stands', () =>
        reading(`${lang}/timeline/`, desk, async (tab) => {
          await tab.locator('.filter').last().locator('a').last().click();
          const id = decodeURIComponent(new URL(tab.url()).hash.slice(1));
          assert.ok(await tab.locator(`[id="${id}"]`).isVisible(), tab.url());
        }));

      await t.test('an event is reached by its address, below its year, which stays in view', async () => {
        let id;
        await reading(`${lang}/timeline/`, desk, async (tab) => {
          // The longest year, so that its head has to stay.
          id = await tab.locator('.year').evaluateAll((years) => {
            const longest = years.reduce((a, b) => (b.offsetHeight > a.offsetHeight ? b : a));
            return longest.querySelector('li:nth-last-child(3), li:last-child').id;
          });
        });
        for (const screen of [desk, phone]) {
          await reading(`${lang}/timeline/#${id}`, screen, async (tab) => {
            const [head, event] = await tab.evaluate((id) => {
              const event = document.getElementById(id);
              return [event.closest('.year').querySelector('h2'), event].map((node) => node.getBoundingClientRect().toJSON());
            }, id);
            assert.ok(head.top >= -1 && head.bottom <= screen.viewport.height, `the year of ${id} is out of view: ${head.top}`);
            assert.ok(event.top >= head.bottom - 8, `${id} lies under its year`);
          });
        }
      });

      await t.test('a mark leads to the entry of its source, and that leads back', () =>
        reading(`${lang}/timeline/`, desk, async (tab) => {
          const mark = tab.locator('.timeline sup.cite a').first();
          const [from, to] = [await mark.getAttribute('id'), await mark.getAttribute('href')];
          await mark.click();
          assert.ok(tab.url().endsWith(to), tab.url());
          assert.ok((await tab.locator(`.sources a[href="#${from}"]`).count()) > 0, `no way back to ${from}`);
        }));
    });
  }
});
