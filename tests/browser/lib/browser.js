// Starts Chromium for the tests and notes everything that a page does wrong while it loads.

import { access } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

export const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A language that no site has, so that the door of a site leads on only where a test asks for one.
  '--lang=eo',
  '--accept-lang=eo',
  // No other host can be reached, whatever a page asks for.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Starts the browser. */
export async function launch() {
  return chromium.launch({ executablePath: await executable(), headless: true, args: FLAGS, chromiumSandbox: false });
}

/** The path of the browser; the variable CHROMIUM names another than those usually installed. */
export async function executable() {
  const path = process.env.CHROMIUM ?? (await firstOf(PLACES));
  if (!path) throw new Error('No Chromium found: install one (Debian: apt-get install chromium) or set CHROMIUM to its path.');
  return path;
}

async function firstOf(places) {
  for (const place of places) {
    if (await access(place).then(() => true, () => false)) return place;
  }
  return null;
}

/**
 * Notes what goes wrong on a page. `home` is the address below which everything must lie.
 * @returns {() => {kind: string, text: string}[]} takes what was noted since the last call
 */
export function watch(page, home) {
  let noted = [];
  const note = (kind, text) => noted.push({ kind, text });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      note('console', `${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => note('script error', String(error)));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(home) && !url.startsWith('data:') && !url.startsWith('about:')) note('other host', url);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // What the browser itself gave up, because the next page was opened before this one's icon had come, is no fault of the page.
    if (reason !== 'net::ERR_ABORTED') note('failed request', `${request.url()}: ${reason}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) note('failed request', `${response.url()}: ${response.status()}`);
  });
  page.on('dialog', (dialog) => {
    note('script error', `dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on('popup', () => note('script error', 'a window was opened'));
  return () => {
    const taken = noted;
    noted = [];
    return taken;
  };
}

/** Runs `work` over `items`, `width` at a time, in order of their start. */
export async function inParallel(items, width, work) {
  const queue = [...items];
  const lane = async (index) => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item, index);
  };
  await Promise.all(Array.from({ length: width }, (_, index) => lane(index)));
}
