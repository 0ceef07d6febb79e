// The page on which readers take copies of the site named by SITE: what is saved through it is the file that it describes, and nothing runs over on a small screen.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { launch } from '../lib/browser.js';
import { open } from '../lib/rendered.js';
import { serve } from '../lib/server.js';
import { siteFromEnvironment } from '../lib/site.js';

const site = await siteFromEnvironment();
const offers = site.files.has('downloads/SHA256SUMS');

describe('the page on copies', { skip: offers ? false : 'the site offers none' }, () => {
  test('in every language', async (t) => {
    const server = await serve(site.root);
    const browser = await launch();
    t.after(async () => {
      await browser.close();
      await server.close();
    });
    for (const lang of site.languages) {
      const context = await browser.newContext({ viewport: { width: 320, height: 800 }, javaScriptEnabled: false, acceptDownloads: true });
      const tab = await context.newPage();

      await t.test(`${lang}: one comes to it from the home page, and nothing runs over on 320 px`, async () => {
        await open(tab, `${server.base}${lang}/`);
        await tab.locator('main a[href$="offline/"]').first().click();
        await tab.waitForURL(`**/${lang}/offline/`);
        const [wide, screen] = await tab.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
        assert.ok(wide <= screen, `${wide} px on a screen of ${screen} px`);
      });

      await t.test(`${lang}: the first file is that of the language, and has the fingerprint that the page gives`, async () => {
        const link = tab.locator('#page-files ~ ul a[download]').first();
        if (site.languages.length > 1) assert.equal(await link.getAttribute('hreflang'), lang);
        const [download] = await Promise.all([tab.waitForEvent('download'), link.click()]);
        const sum = createHash('sha256').update(await readFile(await download.path())).digest('hex');
        const entry = tab.locator('.fingerprints li', { hasText: sum });
        assert.equal(await entry.locator('bdi').first().textContent(), download.suggestedFilename());
      });

      await context.close();
    }
  });
});
