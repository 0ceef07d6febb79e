// What a page must be when it is shown: no error, no request elsewhere, accessible in light and dark, never wider than the screen, numbers in order.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { directionOf } from './site.js';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const AXE_OPTIONS = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
  // Otherwise axe fetches the style sheets, which the policy refuses with an error in the console.
  preload: false,
};

/** The only rules whose outcome depends on the colours; the others say the same in light and dark. */
const AXE_COLOUR_OPTIONS = { ...AXE_OPTIONS, runOnly: ['color-contrast', 'link-in-text-block'] };

/** The rules whose outcome depends on the width. */
const AXE_NARROW_OPTIONS = { ...AXE_OPTIONS, runOnly: ['target-size', 'scrollable-region-focusable', 'aria-hidden-focus'] };

/** The kinds of problems that are only seen when a page is shown. */
export const RENDERED = [
  'accessibility',
  'accessibility in the dark',
  'accessibility at 320 px',
  'console',
  'direction',
  'failed request',
  'motion',
  'other host',
  'overflow',
  'script error',
  'typography',
  'visual order',
];

const HEIGHT = 900;

/**
 * Opens a page at `url` and looks at it from every side.
 * @param take takes what `watch` noted
 * @param options.thorough also the colours of the dark theme and the sizes on a phone, which depend on the style sheet more than on the page
 * @param options.colours also whether text stands out from its ground, which costs half of the time
 * @param options.photograph called as `(width, theme)` at the sizes at which a picture may be wanted
 */
export async function renderedProblems(tab, url, take, languages, { thorough = true, colours = true, photograph = async () => {} } = {}) {
  const problems = [];
  const add = (kind, text) => problems.push({ kind, text });
  await tab.setViewportSize({ width: 1280, height: HEIGHT });
  await tab.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await open(tab, url);
  const directions = Object.fromEntries(languages.map((lang) => [lang, directionOf(lang)]));
  for (const { kind, text } of await tab.evaluate(inspectRendered, directions)) add(kind, text);
  await overflow(tab, 1280, add);
  await photograph(1280, 'light');
  await tab.evaluate(AXE);
  await accessibility(tab, colours ? AXE_OPTIONS : { ...AXE_OPTIONS, rules: { 'color-contrast': { enabled: false } } }, 'accessibility', add);
  if (thorough) {
    await tab.emulateMedia({ colorScheme: 'dark' });
    await photograph(1280, 'dark');
    await accessibility(tab, AXE_COLOUR_OPTIONS, 'accessibility in the dark', add);
    await tab.emulateMedia({ colorScheme: 'light' });
  }
  for (const width of [768, 390, 320]) {
    await tab.setViewportSize({ width, height: HEIGHT });
    await overflow(tab, width, add);
    await photograph(width, 'light');
  }
  if (thorough) await accessibility(tab, AXE_NARROW_OPTIONS, 'accessibility at 320 px', add);
  for (const { kind, text } of take()) add(kind, text);
  return problems;
}

/** Opens a page and waits until it is still; a page that leads on at once is followed. */
export async function open(tab, url) {
  await tab.goto(url, { waitUntil: 'load' });
  await tab.waitForLoadState('load');
}

async function accessibility(tab, options, kind, add) {
  for (const text of await violations(tab, null, options)) add(kind, text);
}

/** What axe finds in a part of an open page. */
export async function accessibilityProblems(tab, selector) {
  if (!(await tab.evaluate(() => Boolean(globalThis.axe)))) await tab.evaluate(AXE);
  return violations(tab, selector, AXE_OPTIONS);
}

/** Text of an open page that does not stand out from its ground, as its colours now are. */
export async function contrastProblems(tab) {
  if (!(await tab.evaluate(() => Boolean(globalThis.axe)))) await tab.evaluate(AXE);
  return violations(tab, null, AXE_COLOUR_OPTIONS);
}

async function violations(tab, selector, options) {
  await layOut(tab);
  return tab.evaluate(
    async ({ selector, options }) => {
      const { violations } = await globalThis.axe.run(selector ?? document, options);
      const why = (node) => `${node.target.join(' ')}: ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}`;
      return violations.map(({ id, help, nodes }) => `${id} (${nodes.length}×) ${help}: ${nodes.slice(0, 3).map(why).join(' | ')}`);
    },
    { selector, options },
  );
}

/**
 * Lays out what the style sheet leaves until a reader comes near. Until then it has less room than it needs: nobody sees that it would overlap what follows,
 * but axe measures it.
 */
export function layOut(tab) {
  return tab.evaluate(() => {
    if (globalThis.isLaidOut) return;
    globalThis.isLaidOut = true;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('main * { content-visibility: visible !important; }');
    document.adoptedStyleSheets.push(sheet);
  });
}

/** What makes an open page wider than its screen. */
export async function widthProblems(tab) {
  await layOut(tab);
  return tab.evaluate(inspectWidth);
}

async function overflow(tab, width, add) {
  for (const text of await widthProblems(tab)) add('overflow', `at ${width} px: ${text}`);
}

/* ---- in the browser from here: functions that are sent there ---- */

function inspectWidth() {
  const problems = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) problems.push(`the page is ${root.scrollWidth} px wide`);
  const limit = root.clientWidth;
  const clips = new Map([[document.documentElement, false], [document.body, false]]);
  const isClipped = (element) => {
    // Whatever stands in a box that scrolls or clips does not widen the page.
    if (!clips.has(element)) {
      const { overflowX, clipPath, position } = getComputedStyle(element);
      const own = overflowX !== 'visible' || (clipPath !== 'none' && position === 'absolute');
      clips.set(element, own || isClipped(element.parentElement));
    }
    return clips.get(element);
  };
  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || (box.left >= -1 && box.right <= limit + 1)) continue;
    if (isClipped(element.parentElement) || element.matches('.skip, .skip *')) continue;
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
    problems.push(`<${element.localName} class="${element.getAttribute('class') ?? ''}"> reaches from ${Math.round(box.left)} to ${Math.round(box.right)}`);
    if (problems.length > 4) break;
  }
  return problems;
}

function inspectRendered(directions) {
  const problems = [];
  const add = (kind, text) => problems.push({ kind, text });
  const short = (text) => text.trim().replace(/\s+/g, ' ').slice(0, 60);

  // A label that the style sheet overrules would be worth nothing.
  for (const element of document.querySelectorAll('[lang]')) {
    const lang = element.getAttribute('lang');
    const expected = directions[lang] ?? directions[lang.split('-')[0]];
    const isolated = element.localName === 'bdi' || element.getAttribute('dir') === 'auto';
    const { direction } = getComputedStyle(element);
    if (expected && !isolated && element.textContent.trim() && direction !== expected) {
      add('direction', `lang="${lang}" is shown ${direction}: “${short(element.textContent)}”`);
    }
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.trim() && node.parentElement.checkVisibility()) texts.push(node);
  }

  // Hebrew and Arabic know no italics, no capitals, and no spacing between joined letters.
  const judged = new Set();
  for (const node of texts) {
    const parent = node.parentElement;
    if (judged.has(parent) || !/[\p{Script=Hebrew}\p{Script=Arabic}]{2}/u.test(node.data)) continue;
    judged.add(parent);
    const style = getComputedStyle(parent);
    const wrong = [
      style.letterSpacing !== 'normal' && style.letterSpacing !== '0px' && `letter-spacing ${style.letterSpacing}`,
      style.fontStyle !== 'normal' && `font-style ${style.fontStyle}`,
      style.textTransform !== 'none' && `text-transform ${style.textTransform}`,
      // The marks above and below Arabic letters need room between the lines.
      /\p{Script=Arabic}/u.test(node.data) && style.display !== 'inline' && parent.matches('p, li, dd, td, blockquote, div') &&
        parseFloat(style.lineHeight) < 1.6 * parseFloat(style.fontSize) && parent.offsetHeight > 1.5 * parseFloat(style.lineHeight) &&
        `line-height ${style.lineHeight} at ${style.fontSize}`,
    ].filter(Boolean);
    if (wrong.length) add('typography', `${wrong.join(', ')} on “${short(node.data)}”`);
  }

  // Digits, with the sign before them, stand on the screen in the order in which they are written. In a text that runs to the left they may not.
  let measured = 0;
  for (const node of texts) {
    if (measured > 400 || getComputedStyle(node.parentElement.closest('p, li, td, th, dd, dt, h1, h2, h3, h4, div') ?? document.body).direction !== 'rtl') continue;
    for (const match of node.data.matchAll(/(?<![\p{L}\p{N}])[+\-\u2212]?\p{Nd}(?:[\p{Nd}.,:/\u00A0\u202F\u066B\u066C]*\p{Nd})?(?:[\u2013-][0-9][0-9.,]*[0-9]|[%+](?!\d))?/gu)) {
      if (match[0].length < 2) continue;
      measured += 1;
      const boxes = [...match[0]].map((_, index) => {
        const range = document.createRange();
        range.setStart(node, match.index + index);
        range.setEnd(node, match.index + index + 1);
        return range.getBoundingClientRect();
      });
      // Lines of large type overlap, so that what begins well below the letter before it is on another line.
      const inOrder = boxes.every((box, index) => index === 0 || box.top > boxes[index - 1].top + box.height / 2 || box.left >= boxes[index - 1].left - 0.5);
      if (!inOrder) add('visual order', `“${match[0]}” is shown in another order in “${short(node.data)}”`);
    }
  }

  // Whoever goes through the page by keyboard goes the way of the text: of two stops on a line, the later lies further on.
  const stops = [...document.querySelectorAll('header :is(a, button, summary), nav :is(a, button, summary)')].filter((stop) => stop.checkVisibility() && !stop.matches('.skip'));
  stops.forEach((stop, index) => {
    const before = stops[index - 1];
    if (!before || before.parentElement.closest('ul, nav, header') !== stop.parentElement.closest('ul, nav, header')) return;
    const [a, b] = [before.getBoundingClientRect(), stop.getBoundingClientRect()];
    const sameLine = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) / 2;
    const sign = getComputedStyle(stop.parentElement.closest('ul, nav, header')).direction === 'rtl' ? -1 : 1;
    if (sameLine && sign * (a.left + a.right) > sign * (b.left + b.right)) add('direction', `“${short(stop.textContent)}” comes after “${short(before.textContent)}” and stands before it`);
  });

  // Words are never cut off, above or below either.
  for (const element of document.querySelectorAll('a, button, summary, label, h1, h2, h3, h4, th, td, p, li, dt, dd')) {
    const { overflowY, position, clipPath } = getComputedStyle(element);
    if (overflowY === 'visible' || (position === 'absolute' && clipPath !== 'none') || !element.checkVisibility()) continue;
    if (element.scrollHeight > element.clientHeight + 1 && overflowY !== 'auto' && overflowY !== 'scroll') add('overflow', `“${short(element.textContent)}” is cut off: ${element.scrollHeight} px in ${element.clientHeight} px`);
  }

  // The marks of one group follow one another as the group runs: 2, 3 and not 3, 2.
  for (const group of document.querySelectorAll('sup.cite')) {
    const boxes = [...group.querySelectorAll('a')].map((mark) => mark.getBoundingClientRect());
    const sign = getComputedStyle(group).direction === 'rtl' ? -1 : 1;
    const inOrder = boxes.every((box, index) => index === 0 || box.top > boxes[index - 1].bottom - 1 || sign * (box.left - boxes[index - 1].left) > 0);
    if (!inOrder) add('visual order', `the marks ${short(group.textContent)} stand in another order`);
  }

  // A reader who asked for less motion gets none.
  for (const element of document.querySelectorAll('*')) {
    const { animationName, animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(element);
    const long = (durations) => durations.split(',').some((duration) => parseFloat(duration) * (duration.trim().endsWith('ms') ? 1 : 1000) > 10);
    if ((animationName !== 'none' && long(animationDuration)) || long(transitionDuration) || scrollBehavior === 'smooth') {
      add('motion', `<${element.localName} class="${element.getAttribute('class') ?? ''}"> moves although motion is to be reduced`);
      break;
    }
  }
  return problems;
}
