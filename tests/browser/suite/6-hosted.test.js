// The site built for an address (SITE_HOSTED, BASE_URL): each page names its own address, and its translations name one another.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch } from '../lib/browser.js';
import { assertNone } from '../lib/report.js';
import { serve } from '../lib/server.js';
import { readSite } from '../lib/site.js';

const root = process.env.SITE_HOSTED;
const base = process.env.BASE_URL;

describe('every page of a site with an address', { skip: !(root && base) && 'SITE_HOSTED and BASE_URL are not set' }, () => {
  let browser;
  let site;
  const pages = new Map();

  before(async () => {
    browser = await launch();
    const parser = await browser.newPage();
    site = await readSite(path.resolve(root));
    for (const { path: file, lang, kind } of site.pages) {
      if ((!lang && kind !== 'chooser') || kind === 'redirect' || kind === 'not-found') continue;
      const html = await readFile(path.join(site.root, file), 'utf8');
      pages.set(file, { lang, kind, ...(await parser.evaluate(readHead, html)) });
    }
  });
  after(() => browser?.close());

  const addressOf = (file) => base + file.replace(/index\.html$/, '');

  test('names its own address, or the source page’s where it is not translated', () => {
    const problems = [];
    for (const [file, { kind, canonical }] of pages) {
      const own = addressOf(file);
      const fits = kind.startsWith('fallback') ? canonical !== own && [...pages.keys()].some((other) => addressOf(other) === canonical) : canonical === own;
      if (!fits) problems.push({ page: file, kind: 'canonical', text: `${canonical}` });
    }
    assertNone(problems, 'canonical');
  });

  test('names all its translations and itself, and they name it', () => {
    const problems = [];
    for (const [file, { lang, kind, alternates }] of pages) {
      const add = (text) => problems.push({ page: file, kind: 'hreflang', text });
      if (kind.startsWith('fallback')) continue;
      const own = alternates.find((alternate) => alternate.hreflang === (lang ?? 'x-default'));
      if (own?.href !== addressOf(file)) add(`does not name itself: ${own?.href}`);
      if (!alternates.some((alternate) => alternate.hreflang === 'x-default')) add('no x-default');
      for (const { hreflang, href } of alternates) {
        const other = [...pages].find(([candidate]) => addressOf(candidate) === href);
        if (!other) add(`${hreflang} leads to ${href}, which is no page`);
        else if (hreflang !== 'x-default' && other[1].kind.startsWith('fallback')) add(`${hreflang} leads to an untranslated page`);
        else if (!other[1].alternates.some((back) => back.href === addressOf(file))) add(`${href} does not name it back`);
      }
    }
    assertNone(problems, 'hreflang');
  });

  test('is told of in its language where nothing is, however deep', async () => {
    const server = await serve(site.root);
    const tab = await browser.newPage();
    const wrong = [];
    try {
      for (const lang of site.languages) {
        const answer = await tab.goto(`${server.base}${lang}/no/such/page/`);
        const shown = await tab.evaluate(() => ({
          lang: document.documentElement.lang,
          styled: [...document.querySelectorAll('link[rel~="stylesheet"]')].every((link) => link.sheet),
          home: document.querySelector('a.site-name').href,
        }));
        if (answer.status() !== 404) wrong.push(`${lang}: ${answer.status()}`);
        if (shown.lang !== lang || !shown.styled || shown.home !== `${server.base}${lang}/`) wrong.push(`${lang}: ${JSON.stringify(shown)}`);
      }
    } finally {
      await tab.close();
      await server.close();
    }
    assert.deepEqual(wrong, []);
  });

  test('names a picture of the size that it says, where the site has pictures', async () => {
    const problems = [];
    const sizes = new Map();
    for (const [file, { picture }] of pages) {
      if (!picture.url) continue;
      const add = (text) => problems.push({ page: file, kind: 'picture', text });
      const name = picture.url.startsWith(base) ? picture.url.slice(base.length) : null;
      if (!name) add(`${picture.url} is not the site’s`);
      else if (!sizes.has(name)) sizes.set(name, await readFile(path.join(site.root, name)).then(pngSize, () => null));
      const size = sizes.get(name);
      if (!size) add(`${picture.url} is no picture`);
      else if (`${size}` !== `${[picture.width, picture.height]}`) add(`${picture.url} is ${size}, not ${[picture.width, picture.height]}`);
      if (!picture.alt) add('the picture is not described');
    }
    assertNone(problems, 'pictures');
  });

  test('is one of several', () => assert.ok(pages.size > 1));
});

/** Width and height of a PNG file. */
function pngSize(bytes) {
  return bytes.subarray(1, 4).toString() === 'PNG' ? [bytes.readUInt32BE(16), bytes.readUInt32BE(20)] : null;
}

/* ---- in the browser from here ---- */

function readHead(html) {
  const doc = new DOMParser().parseFromString(html, 'text/html');
  const property = (name) => doc.querySelector(`meta[property="${name}"]`)?.getAttribute('content') ?? null;
  return {
    picture: { url: property('og:image'), width: property('og:image:width'), height: property('og:image:height'), alt: property('og:image:alt') },
    canonical: doc.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? null,
    alternates: [...doc.querySelectorAll('link[rel="alternate"][hreflang]')].map((link) => ({
      hreflang: link.getAttribute('hreflang'),
      href: link.getAttribute('href'),
    })),
  };
}
