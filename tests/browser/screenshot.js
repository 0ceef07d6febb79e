// Takes the pictures that the README shows, of the site in SITE, into OUT. Run by scripts/screenshot.

import path from 'node:path';
import { launch } from './lib/browser.js';
import { open } from './lib/rendered.js';
import { serve } from './lib/server.js';
import { siteFromEnvironment } from './lib/site.js';

const DESKTOP = { viewport: { width: 1280, height: 860 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5, isMobile: true, hasTouch: true };

const CASUALTIES = 'numbers/casualties-gaza/';

/** A source with a quotation, on that page. */
const QUOTED = 's-idf-70000-2026-01';

/** Name of the picture, language, page, screen, and what is done before it is taken. */
const PICTURES = [
  ['desktop-en', 'en', CASUALTIES, DESKTOP, null],
  ['card-en', 'en', CASUALTIES, DESKTOP, openCard],
  ['phone-ar', 'ar', CASUALTIES, PHONE, null],
  ['phone-he', 'he', CASUALTIES, PHONE, null],
  ['card-phone-en', 'en', CASUALTIES, PHONE, openCard],
  ['card-phone-ar', 'ar', CASUALTIES, PHONE, openCard],
  ['list-phone-en', 'en', CASUALTIES, PHONE, showEntry],
  ['list-phone-ar', 'ar', CASUALTIES, PHONE, showEntry],
];

async function openCard(tab) {
  const mark = tab.locator(`main .text sup.cite a[href="#${QUOTED}"]`).first();
  // The sentence in the upper half, above a sheet.
  await mark.evaluate((node) => scrollTo(0, node.getBoundingClientRect().top + scrollY - innerHeight * 0.32));
  await mark.click();
  await tab.getByRole('dialog').waitFor({ state: 'visible' });
  await tab.mouse.move(0, 0);
}

async function showEntry(tab) {
  await tab.locator(`[id="${QUOTED}"]`).evaluate((node) => scrollTo(0, node.getBoundingClientRect().top + scrollY - 24));
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
