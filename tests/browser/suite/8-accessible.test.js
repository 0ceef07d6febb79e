// What WCAG 2.2 AA asks for and axe cannot see, on one page of every kind of the site named by SITE: focus, names, zoom, spacing, forced colours,
// colour alone. `docs/accessibility.md` says which criterion is tested where.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { colourProblems, focusProblems, nameProblems, spacingProblems } from '../lib/accessible.js';
import { kindsOf } from '../lib/kinds.js';
import { reader } from '../lib/reading.js';
import { contrastProblems, widthProblems } from '../lib/rendered.js';
import { assertNone } from '../lib/report.js';
import { directionOf, siteFromEnvironment } from '../lib/site.js';

const site = await siteFromEnvironment();

/** Stops on a page that are tried one by one: its head, its contents, the first marks and links. */
const STOPS = 40;

/** A page that cannot be entered at all would pass. */
const FEWEST_STOPS = 3;

const PHONE = { width: 390, height: 844 };

/** A window of 1280 × 1024 px at 400 %. */
const ZOOMED = { width: 320, height: 256 };

/** Kinds that differ from each other and not from one language to the next: the others are looked at in one language of each direction. */
const IN_EVERY_LANGUAGE = ['home', 'text', 'search', 'people'];

const thorough = new Set(['ltr', 'rtl'].map((dir) => site.languages.find((lang) => directionOf(lang) === dir)));

describe('accessible beyond axe', { timeout: 20 * 60_000 }, () => {
  const { reading } = reader(site.root, { reducedMotion: 'reduce' });
  const problems = [];
  const add = (page, kind, texts) => problems.push(...texts.map((text) => ({ page, kind, text })));

  before(async () => {
    for (const lang of site.languages) {
      const kinds = [...(await kindsOf(site, lang))].filter(([kind]) => thorough.has(lang) || IN_EVERY_LANGUAGE.includes(kind));
      const pages = kinds.map(([, page]) => page);
      await reading(['', ...pages], {}, async (tab, page) => {
        add(page, 'name', await nameProblems(tab));
        add(page, 'colour', await colourProblems(tab));
        await focus(tab, page);
        await tab.setViewportSize(PHONE);
        add(page, 'spacing', await spacingProblems(tab));
        await tab.setViewportSize(ZOOMED);
        add(page, 'zoom', [...(await widthProblems(tab)), ...(await tab.evaluate(inspectStaying))]);
        await tab.setViewportSize({ width: 1280, height: 900 });
      });
      const some = kinds.filter(([kind]) => IN_EVERY_LANGUAGE.includes(kind)).map(([, page]) => page);
      await reading(some, { viewport: PHONE, isMobile: true, hasTouch: true }, focus);
      if (!thorough.has(lang)) continue;
      await reading(some, { forcedColors: 'active' }, async (tab, page) => {
        add(page, 'forced colours', await contrastProblems(tab));
        await focus(tab, page);
      });
    }
  });

  async function focus(tab, page) {
    const { stops, problems } = await focusProblems(tab, STOPS);
    add(page, 'focus', problems);
    if (stops < FEWEST_STOPS) add(page, 'focus', [`only ${stops} stops`]);
  }

  test('the focus goes the way of the page, is seen, and stands under nothing', () => assertNone(problems, 'focus'));
  test('landmarks, tables, drawings and controls have names of their own in the page’s language', () => assertNone(problems, 'name'));
  test('links in running text are told by more than their colour', () => assertNone(problems, 'colour'));
  test('lines, words and letters may be spaced', () => assertNone(problems, 'spacing'));
  test('at 400 % everything is reached by scrolling down alone', () => assertNone(problems, 'zoom'));
  test('in forced colours text stands out', () => assertNone(problems, 'forced colours'));
});

describe('the checks of accessibility', () => {
  const { reading } = reader(site.root);

  const planted = (tab, html) => tab.evaluate((html) => {
    document.body.innerHTML = html;
  }, html);

  const FOUND = [
    ['two navigations of one name', nameProblems, '<nav aria-label="A"></nav><nav aria-label="A"></nav><main><h1>x</h1></main><footer></footer>', /two <nav>/],
    ['a table without headings', nameProblems, '<main><h1>x</h1><table><caption>T</caption><tr><td>1</td></tr></table></main>', /without headings/],
    ['a drawing without words', nameProblems, '<main><h1>x</h1><svg></svg></main>', /neither an image nor hidden/],
    ['a link told by its colour', colourProblems, '<main><p>Some words and <a href="#" class="bare">a link</a> and more.</p></main>', /only its colour/, '.bare { text-decoration: none }'],
    ['words that are cut off', spacingProblems, '<main><p class="cut">Words that just fit their box</p></main>', /cut off/, '.cut { overflow: hidden; block-size: 1.2em; inline-size: 12em; line-height: 1.2 }'],
    ['a focus without a ring', async (tab) => (await focusProblems(tab, 5)).problems, '<main><a class="bare" href="#">one</a> <a href="#">two</a></main>', /no ring/, '.bare:focus { outline: none }'],
    ['a focus under something', async (tab) => (await focusProblems(tab, 5)).problems, '<div class="over">over</div><main><a href="#">one</a></main>', /under <div/, '.over { position: fixed; inset: 0; background: white }'],
    ['a focus that jumps', async (tab) => (await focusProblems(tab, 5)).problems, '<main><a href="#">one</a> <a href="#" tabindex="1">two</a></main>', /tabindex above 0/],
  ];

  for (const [what, check, html, says, style = ''] of FOUND) {
    test(`find ${what}`, () =>
      reading(`${site.languages[0]}/`, {}, async (tab) => {
        await planted(tab, html);
        await tab.evaluate((style) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(style);
          document.adoptedStyleSheets = [sheet];
        }, style);
        assert.match((await check(tab)).join('\n'), says);
      }));
  }
});

/* ---- in the browser from here: a function that is sent there ---- */

/** What stays in view while a reader scrolls may not take the screen away from the text. */
function inspectStaying() {
  scrollTo(0, document.documentElement.scrollHeight / 2);
  const staying = [...document.querySelectorAll('body *')].filter((element) => ['fixed', 'sticky'].includes(getComputedStyle(element).position) && element.checkVisibility());
  const large = staying.filter((element) => {
    const { top, bottom, height } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight && height > 0.4 * innerHeight;
  });
  scrollTo(0, 0);
  return large.map((element) => `<${element.localName} class="${element.getAttribute('class') ?? ''}"> stays over the text`);
}
