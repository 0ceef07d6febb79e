// What stands around the pages of the site named by SITE: the row at the head in every language and at every width, the menu by keyboard and without
// JavaScript, what one does with a page, the choice of language at the root, and what of it is printed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { launch } from '../lib/browser.js';
import { open } from '../lib/rendered.js';
import { serve } from '../lib/server.js';
import { siteFromEnvironment } from '../lib/site.js';

const site = await siteFromEnvironment();
const PAGE = 'humanitarian/food/';

describe('what stands around the pages', () => {
  test('in every language', async (t) => {
    const server = await serve(site.root);
    const browser = await launch();
    t.after(async () => {
      await browser.close();
      await server.close();
    });
    const reading = async (address, options, work) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
      const tab = await context.newPage();
      await open(tab, server.base + address);
      await work(tab);
      await context.close();
    };

    for (const lang of site.languages) {
      for (const width of [320, 390, 834, 1440]) {
        await t.test(`${lang}: the head is one row on ${width} px, and no wider than the screen with its menu open`, () =>
          reading(`${lang}/${PAGE}`, { viewport: { width, height: 900 }, javaScriptEnabled: false }, async (tab) => {
            const middles = await tab.locator('.site-header .frame > :is(a, details) , .site-header summary, .languages').evaluateAll((parts) =>
              parts.filter((part) => part.checkVisibility() && !part.matches('details')).map((part) => {
                const { top, bottom } = part.getBoundingClientRect();
                return (top + bottom) / 2;
              }));
            assert.ok(Math.max(...middles) - Math.min(...middles) < 12, `the parts stand at ${middles}`);
            await tab.locator('.menu > summary').click();
            assert.ok(await tab.locator('.menu a[href$="timeline/"]').isVisible());
            assert.ok(await tab.locator('.languages a').first().isVisible());
            assert.ok(await tab.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth));
          }));
      }

      await t.test(`${lang}: the menu opens by keyboard and leads on`, () =>
        reading(`${lang}/`, {}, async (tab) => {
          await tab.locator('.menu > summary').focus();
          await tab.keyboard.press('Enter');
          await tab.keyboard.press('Tab');
          assert.ok(await tab.evaluate(() => document.activeElement.matches('.menu a')), 'the next stop is not in the menu');
          await tab.keyboard.press('Enter');
          await tab.waitForURL((url) => url.pathname.includes(`/${lang}/`) && !url.pathname.endsWith(`/${lang}/`));
        }));

      await t.test(`${lang}: a page can be cited, copied and handed on`, () =>
        reading(`${lang}/${PAGE}`, { permissions: ['clipboard-read', 'clipboard-write'] }, async (tab) => {
          await tab.locator('.cite summary').click();
          const entry = tab.locator('.cite .entry');
          const words = (await entry.evaluate((node) => node.firstChild.textContent + '')).trim();
          await entry.locator('button').click();
          const copied = await tab.evaluate(() => navigator.clipboard.readText());
          assert.ok(copied.length > 20 && copied.includes(words), copied);
          await tab.locator('.share button').first().click();
          assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), tab.url());
        }));

      await t.test(`${lang}: without JavaScript there are no buttons, and nothing is missing`, () =>
        reading(`${lang}/${PAGE}`, { javaScriptEnabled: false }, async (tab) => {
          assert.equal(await tab.locator('.tools button').count(), 0);
          await tab.locator('.cite summary').click();
          assert.equal(await tab.locator('.cite pre:visible').count(), 2);
        }));

      await t.test(`${lang}: what is folded is printed, and menus are not`, () =>
        reading(`${lang}/${PAGE}`, {}, async (tab) => {
          await tab.emulateMedia({ media: 'print' });
          assert.ok(await tab.locator('.cite .entry').evaluate((node) => node.checkVisibility({ contentVisibilityAuto: true }) && node.getBoundingClientRect().height > 0));
          assert.equal(await tab.locator('header nav:visible, .places:visible, .search-link:visible, .tools button:visible').count(), 0);
        }));
    }
  });

  test('at the root', async (t) => {
    const server = await serve(site.root);
    const browser = await launch();
    t.after(async () => {
      await browser.close();
      await server.close();
    });
    const [first, other] = [site.languages[0], site.languages.at(-1)];
    const arriving = async (options, address, work) => {
      const context = await browser.newContext(options);
      const tab = await context.newPage();
      await tab.goto(server.base + address);
      await work(tab);
      await context.close();
    };
    const isIn = (tab, lang) => tab.waitForURL(`${server.base}${lang}/`);

    await t.test('a reader goes on in the first language of their browser that the site has', () =>
      arriving({ locale: `${other}-XX` }, '', (tab) => isIn(tab, other)));
    await t.test('a reader without JavaScript chooses from a list', () =>
      arriving({ locale: other, javaScriptEnabled: false }, '', async (tab) =>
        assert.equal(await tab.locator('.choices a').count(), site.languages.length)));
    await t.test('who comes to choose stays, and goes on in what was chosen the next time', () =>
      arriving({ locale: first }, '?choose', async (tab) => {
        assert.equal(tab.url(), `${server.base}?choose`);
        await tab.locator(`.choices a[hreflang="${other}"]`).click();
        await isIn(tab, other);
        await tab.goto(server.base);
        await isIn(tab, other);
        await tab.locator('.site-footer a[href$="?choose"]').click();
        await tab.waitForURL(`${server.base}?choose`);
      }));
    await t.test('who comes back to the list stays there', () =>
      arriving({ locale: 'eo' }, '', async (tab) => {
        await tab.locator(`.choices a[hreflang="${other}"]`).click();
        await isIn(tab, other);
        await tab.goBack();
        await tab.waitForTimeout(200);
        assert.equal(tab.url(), server.base);
      }));
    await t.test('a reader of another language stays at the list', () =>
      arriving({ locale: 'eo' }, '', async (tab) => {
        await tab.waitForTimeout(200);
        assert.equal(tab.url(), server.base);
      }));
  });
});
