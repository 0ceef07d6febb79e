// Text that runs to the left. The small site `order`, built by SOURCEBOOK: every string that browsers are known to turn round, in Hebrew and Arabic
// sentences, as it is seen. The site named by SITE: one page of each kind, held against the same page that runs to the right. What can be seen in the
// files, and on every page by itself, is seen by the suites 2 and 3.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { inParallel, launch } from '../lib/browser.js';
import { documentProblems } from '../lib/document.js';
import { fontsOf, layoutOf, unmirrored } from '../lib/layout.js';
import { open } from '../lib/rendered.js';
import { assertNone } from '../lib/report.js';
import { seen } from '../lib/seen.js';
import { serve } from '../lib/server.js';
import { directionOf, readSite, siteFromEnvironment } from '../lib/site.js';
import { physicalDeclarations } from '../lib/stylesheet.js';

const program = process.env.SOURCEBOOK;
const fixture = path.resolve(import.meta.dirname, '../../fixtures/order');

/** Seen as they are written, whatever stands around them. */
const WHOLE = [
  '1,200+',
  '-12.5%',
  '12.5%',
  '5–10',
  '2008 – 2009',
  '+972 2 589 0400',
  '02-589-0400',
  'OCHA (2024)',
  'OCHA (2024) (41,234)',
  '[12]',
  '(2024)',
  '41,234',
  'US$71.4',
  '20°C',
  'A/RES/181(II)',
  "B'Tselem",
  'Ḥamās',
  'https://example.org/a?b=1&c=2#d',
];

/** Two things of the sentence each, which therefore follow one another from right to left. */
const APART = {
  '2024, 1,200': '1,200 ,2024',
  '2024: 46': '46 :2024',
  'OCHA, 1,200': '1,200 ,OCHA',
  'OCHA: 1,054': '1,054 :OCHA',
  '1,200 (OCHA)': '(OCHA) 1,200',
  '75,200 (63,600–86,800)': '(63,600–86,800) 75,200',
};

/** The sentences of the site in which each stands. */
const CARRIERS = { he: /כאן כתוב/, ar: /كُتب هنا/ };

describe('in a sentence that runs to the left', { skip: !program && 'SOURCEBOOK is not set', timeout: 5 * 60_000 }, () => {
  let folder;
  let site;
  let browser;
  let server;
  let tab;
  const found = {};

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sourcebook-order-'));
    // In a copy: a build keeps a lock file of figures beside book.toml.
    await cp(fixture, path.join(folder, 'order'), { recursive: true });
    await promisify(execFile)(program, ['build', '--quiet', '--root', path.join(folder, 'order'), '--out', path.join(folder, 'site')]);
    site = await readSite(path.join(folder, 'site'));
    browser = await launch();
    server = await serve(site.root);
    tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    for (const lang of ['en', 'he', 'ar']) {
      await open(tab, `${server.base}${lang}/order/`);
      found[lang] = await seen(tab, [...WHOLE, ...Object.keys(APART)]);
    }
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  for (const lang of ['he', 'ar']) {
    const expected = [...WHOLE.map((text) => [text, text]), ...Object.entries(APART)];
    for (const [text, order] of expected) {
      test(`${lang}: ${text} is seen in its order`, () => {
        const places = found[lang][text];
        assert.ok(places.length > 0, 'it stands nowhere');
        for (const { seen, follows, around } of places) {
          assert.equal(seen, order, around);
          // In a title of another direction it follows what stands there.
          if (CARRIERS[lang].test(around)) assert.ok(follows, `what stands before it is not seen on its right, or what stands after it not on its left: ${around}`);
        }
      });
    }
  }

  test('en: all of it is seen as it is written', () => {
    for (const text of [...WHOLE, ...Object.keys(APART)]) {
      for (const { seen, around } of found.en[text]) assert.equal(seen, text, around);
    }
  });

  test('every file of that site isolates them', async () => {
    assertNone(await documentProblems(site, await browser.newPage()), 'bidi', 'text language', 'language', 'encoding');
  });
});

describe('a page that runs to the left', { skip: !process.env.SITE && 'SITE is not set', timeout: 10 * 60_000 }, () => {
  let site;
  let browser;
  let server;
  /** By path: `{lang, like, layout, fonts}`; `like` is the same page in a language that runs to the right. */
  const pages = new Map();

  before(async () => {
    site = await siteFromEnvironment();
    browser = await launch();
    server = await serve(site.root);
    const like = site.languages.find((lang) => directionOf(lang) === 'ltr');
    const others = site.languages.filter((lang) => directionOf(lang) === 'rtl');
    const kinds = new Map();
    for (const page of site.pages.filter(({ lang, kind }) => lang === like && kind !== 'redirect')) {
      if (!kinds.has(page.kind) || page.size > kinds.get(page.kind).size) kinds.set(page.kind, page);
    }
    const paths = [...kinds.values()].flatMap(({ path }) => [like, ...others].map((lang) => ({ lang, path: path.replace(/^[^/]+/, lang), like: path })));
    const lanes = await Promise.all([0, 1].map(() => browser.newPage({ viewport: { width: 1280, height: 900 } })));
    await inParallel(paths.filter(({ path }) => site.files.has(path)), 2, async (page, lane) => {
      await open(lanes[lane], server.base + page.path.replace(/index\.html$/, ''));
      const fonts = page.lang === like ? [] : await fontsOf(lanes[lane], ['main h1', 'main p', 'main li', 'header nav a', 'th']);
      pages.set(page.path, { ...page, layout: await layoutOf(lanes[lane]), fonts });
    });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const turned = () => [...pages.values()].filter(({ lang }) => directionOf(lang) === 'rtl');
  const problems = (kind, find) => assertNone(turned().flatMap((page) => find(page).map((text) => ({ page: page.path, kind, text }))), kind);

  test('is the mirror image of the same page that runs to the right', () => {
    const compared = new Set(turned().flatMap(({ layout }) => Object.keys(layout.sides)));
    assert.ok(turned().length === 0 || compared.size >= 6, `only ${[...compared].join(', ')} have a side`);
    problems('layout', ({ layout, like }) => unmirrored(layout, pages.get(like).layout).map((part) => `${part} stands on the ${layout.sides[part]} in both`));
  });

  test('has the marks of its lists on the right', () => problems('layout', ({ layout }) => (layout.indents.includes('left') ? ['a list is indented on the left'] : [])));

  test('sets Arabic larger than Latin', () =>
    problems('typography', ({ lang, layout, like }) => {
      const size = pages.get(like).layout.size;
      return lang.startsWith('ar') && layout.size < 1.05 * size ? [`${layout.size} px beside ${size} px`] : [];
    }));

  test('is drawn in fonts that its style sheet names', () =>
    problems('typography', ({ fonts }) =>
      fonts.flatMap(({ selector, drawn, named }) =>
        // Latin letters and digits may come from the family's own Latin part.
        drawn.filter((font) => !named.includes(font) && !/^Noto (Sans|Serif)$/.test(font)).map((font) => `${selector} is drawn in ${font}, not in ${named}`),
      ),
    ));

  test('has style sheets that know no left and right', async () => {
    for (const file of [...site.files].filter((file) => file.endsWith('.css'))) {
      assert.deepEqual(physicalDeclarations(await readFile(path.join(site.root, file), 'utf8')), [], file);
    }
  });

  test('is chosen from a list that readers get who ask for it, whose browser asks for no language of the site, or who have no JavaScript', async () => {
    for (const [query, options] of [['?choose', { locale: 'ar-PS' }], ['', { locale: 'zh-TW' }], ['', { locale: 'he-IL', javaScriptEnabled: false }]]) {
      const context = await browser.newContext(options);
      const tab = await context.newPage();
      await open(tab, server.base + query);
      assert.equal(tab.url(), server.base + query, JSON.stringify(options));
      const choices = await tab.locator('main a[hreflang]').evaluateAll((links) => links.map((link) => [link.hreflang, link.closest('[lang]').lang, getComputedStyle(link).direction]));
      assert.deepEqual(choices.toSorted(), site.languages.map((lang) => [lang, lang, directionOf(lang)]), JSON.stringify(options));
      await context.close();
    }
  });
});

describe('the checks of layout', () => {
  let browser;
  let tab;
  before(async () => {
    browser = await launch();
    tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  });
  after(() => browser?.close());

  /** A page in a direction, its title and its list where `style` puts them. */
  const layout = async (dir, style) => {
    await tab.setContent(`<html dir="${dir}"><style>h1 { font-size: 20px; ${style} } ul { ${style} }</style><main><h1>x</h1><div class="text"><ul><li>x</li></ul></div></main></html>`);
    return layoutOf(tab);
  };

  test('find what stands on the same side in both directions', async () => {
    assert.deepEqual(unmirrored(await layout('rtl', 'text-align: left'), await layout('ltr', 'text-align: left')), ['the title']);
    assert.deepEqual(unmirrored(await layout('rtl', 'text-align: start'), await layout('ltr', 'text-align: start')), []);
  });

  test('find a list that is indented on the wrong side', async () => {
    assert.deepEqual((await layout('rtl', 'padding: 0 0 0 40px')).indents, ['left']);
    assert.deepEqual((await layout('rtl', '')).indents, ['right']);
  });

  test('find left and right in a style sheet', () => {
    const sound = ['margin-inline-start: 1em', 'text-align: start', 'float: inline-end', 'inset-inline-start: 0', 'margin: 0 1em 0 1em', 'margin: 0 1em', 'flex-direction: row'];
    for (const declaration of sound) assert.deepEqual(physicalDeclarations(`a { ${declaration}; }`), [], declaration);
    const wrong = ['margin-left: 1em', 'right: 0', 'border-right-color: red', 'border-top-left-radius: 1px', 'text-align: left', 'float: right', 'direction: rtl', 'margin: 0 1em 0 2em', 'inset: 0 0 0 1px'];
    for (const declaration of wrong) assert.equal(physicalDeclarations(`a { ${declaration}; }`).length, 1, declaration);
    assert.deepEqual(physicalDeclarations('/* left: 0; */ @page :left { @bottom-left { content: "x"; } }'), []);
  });
});
