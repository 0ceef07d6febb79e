// Takes the pictures that the README shows, of the site in SITE, into OUT. Run by scripts/screenshot.

import path from 'node:path';
import { launch } from './lib/browser.js';
import { open } from './lib/rendered.js';
import { serve } from './lib/server.js';
import { siteFromEnvironment } from './lib/site.js';

const DESKTOP = { viewport: { width: 1280, height: 860 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5, isMobile: true, hasTouch: true };

/** Name of the picture, language, page, screen, and what is done before it is taken. */
const PICTURES = [
  ['desktop-en', 'en', 'numbers/casualties-gaza/', DESKTOP, null],
  ['card-en', 'en', 'numbers/casualties-gaza/', DESKTOP, openCard],
  ['phone-ar', 'ar', 'numbers/casualties-gaza/', PHONE, null],
  ['phone-he', 'he', 'numbers/casualties-gaza/', PHONE, null],
];

async function openCard(tab) {
  const mark = tab.locator('main .text sup.cite a').nth(1);
  await mark.scrollIntoViewIfNeeded();
  await mark.click();
  await tab.getByRole('dialog').waitFor({ state: 'visible' });
}

const site = await siteFromEnvironment();
const server = await serve(site.root);
const browser = await launch();
for (const [name, lang, page, screen, prepare] of PICTURES) {
  const context = await browser.newContext({ ...screen, reducedMotion: 'reduce', colorScheme: 'light' });
  const tab = await context.newPage();
  const exists = site.files.has(`${lang}/${page}index.html`);
  await open(tab, `${server.base}${lang}/${exists ? page : ''}`);
  if (prepare) await prepare(tab);
  const file = path.join(process.env.OUT ?? '.', `${name}.png`);
  await tab.screenshot({ path: file });
  console.log(file);
  await context.close();
}
await browser.close();
await server.close();
