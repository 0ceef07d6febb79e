// The library of sources of the site named by SITE, once in each language and without JavaScript: from the footer to the list, by its filters to a
// source, from a sentence to its mark on the page, and from an entry of a page back to its source.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertInView, reader } from '../lib/reading.js';
import { siteFromEnvironment } from '../lib/site.js';

const site = await siteFromEnvironment();

describe('the library of sources, without JavaScript', { timeout: 10 * 60_000 }, () => {
  const { reading, addressOf } = reader(site.root, { javaScriptEnabled: false });

  const phone = { viewport: { width: 390, height: 844 } };
  const desk = { viewport: { width: 1280, height: 900 } };

  for (const lang of site.languages) {
    test(`in ${lang}`, async (t) => {
      await t.test('is reached from the foot of the home page', () =>
        reading(`${lang}/`, desk, async (tab) => {
          await tab.locator('footer a[href$="sources/"]').click();
          assert.equal(new URL(tab.url()).pathname, new URL(addressOf(`${lang}/sources/`)).pathname);
          assert.ok((await tab.locator('.listed').count()) > 0, 'the list is empty');
        }));

      for (const [screen, viewport] of [['a desk', desk], ['a phone', phone]]) {
        await t.test(`on ${screen}: every filter leads to as many sources as it says`, () =>
          reading(`${lang}/sources/`, viewport, async (tab) => {
            const filters = tab.locator('.filters .filter');
            for (let index = 0; index < (await filters.count()); index++) {
              const fold = tab.locator('.filters summary');
              if (await fold.isVisible() && !(await filters.nth(index).isVisible())) await fold.click();
              const value = filters.nth(index).locator('a').first();
              const promised = Number(await value.locator('.count').textContent());
              const name = await value.locator('bdi').textContent();
              await value.click();
              assert.ok((await tab.locator('h1').textContent()).includes(name), `the list is not called ${name}`);
              assert.equal(await tab.locator('.listed').count(), Math.min(promised, 200), `sources of ${name}`);
              assert.equal(await tab.locator('.filters a[aria-current="page"] bdi').textContent(), name, 'the filter does not say which it is');
              await tab.goBack();
            }
          }));
      }

      await t.test('leads from a letter to its sources', () =>
        reading(`${lang}/sources/`, phone, async (tab) => {
          const letters = tab.locator('.letters a');
          if ((await letters.count()) === 0) return;
          const last = letters.last();
          const letter = await last.textContent();
          await last.click();
          const heading = tab.locator('.shelf h2', { hasText: letter }).last();
          await assertInView(tab, heading);
        }));

      await t.test('leads from a source to each kind of place that rests on it', () =>
        reading(mostCited(lang), desk, async (tab) => {
          const address = tab.url();
          const hrefs = await tab.locator('.citing li a').evaluateAll((links) => links.map((link) => link.href));
          assert.ok(hrefs.length > 0, 'no sentence');
          const kinds = new Map(hrefs.map((href) => [/#([a-z]+)-/.exec(href)?.[1], href]));
          for (const href of kinds.values()) {
            await tab.goto(address);
            await tab.locator(`.citing li a >> nth=${hrefs.indexOf(href)}`).click();
            const id = decodeURIComponent(new URL(tab.url()).hash.slice(1));
            await assertInView(tab, tab.locator(`[id="${id}"]`));
          }
        }));

      await t.test('leads to the same source in another language', () =>
        reading(mostCited(lang), desk, async (tab) => {
          const other = site.languages.find((candidate) => candidate !== lang);
          if (!other) return;
          await tab.locator(`header a[hreflang="${other}"]`).first().click();
          assert.equal(new URL(tab.url()).pathname, new URL(addressOf(mostCited(lang).replace(/^[^/]+/, other))).pathname);
          assert.equal(await tab.evaluate(() => document.documentElement.lang).catch(() => other), other);
        }));

      await t.test('is reached from the entry of a source on a page, which it leads back to', () =>
        reading(mostCited(lang), desk, async (tab) => {
          const source = tab.url();
          await tab.locator('.citing h3 a').first().click();
          await tab.locator(`.sources a[href$="${new URL(source).pathname.split('/').slice(-3).join('/')}"]`).first().click();
          assert.equal(tab.url(), source);
        }));
    });
  }

  /** The page about the source of which there is most to say. */
  function mostCited(lang) {
    const pages = site.pages.filter((page) => page.lang === lang && page.kind === 'source');
    return pages.reduce((most, page) => (page.size > most.size ? page : most)).path.replace(/index\.html$/, '');
  }
});
