// What no rule of axe sees: where the focus goes and whether it is seen, whether text may be spaced, whether colour alone says something.

/** The names of landmarks, tables and drawings of an open page that are missing or say the same twice. */
export function nameProblems(tab) {
  return tab.evaluate(inspectNames);
}

/** Links in running text that only their colour tells apart. */
export function colourProblems(tab) {
  return tab.evaluate(inspectColour);
}

/** Words that are cut off or overlap when a reader spaces lines, words and letters as WCAG 1.4.12 lets them. */
export function spacingProblems(tab) {
  return tab.evaluate(inspectSpacing);
}

/**
 * Goes through the open page by the key Tab, at most so many stops, and once backwards.
 * @returns {Promise<{stops: number, problems: string[]}>}
 */
export async function focusProblems(tab, most) {
  const problems = [];
  await tab.evaluate(() => {
    globalThis.stopsBefore = [];
    document.activeElement?.blur?.();
    scrollTo(0, 0);
  });
  let stops = 0;
  while (stops < most) {
    await tab.keyboard.press('Tab');
    const stop = await tab.evaluate(inspectStop);
    if (!stop) break;
    stops += 1;
    problems.push(...stop.problems);
  }
  // What one can enter one can leave. Whoever has left the page comes back to its last stop.
  const last = () => tab.evaluate(() => document.activeElement === globalThis.stopsBefore.at(-1));
  if (stops > 1 && (await last())) {
    await tab.keyboard.press('Shift+Tab');
    if (await last()) problems.push('the key Shift+Tab does not leave the last stop');
  }
  return { stops, problems };
}

/* ---- in the browser from here: functions that are sent there ---- */

function inspectStop() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const problems = [];
  const before = globalThis.stopsBefore;
  const show = `<${element.localName}> “${(element.textContent.trim() || element.getAttribute('aria-label') || '').replace(/\s+/g, ' ').slice(0, 50)}”`;
  if (before.includes(element)) return null;
  if (before.length && !(before.at(-1).compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) problems.push(`${show} has the focus before what stands before it`);
  if (element.tabIndex > 0) problems.push(`${show} has a tabindex above 0`);
  before.push(element);
  const boxes = [...element.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
  const inView = boxes.find(({ left, right, top, bottom }) => right > 0 && left < innerWidth && bottom > 0 && top < innerHeight);
  if (!inView) {
    problems.push(`${show} has the focus and is out of view`);
    return { problems };
  }
  // The ring: an outline of its own, at least 2 px, that stands out from what is around it.
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) problems.push(`${show} has the focus and no ring: ${outlineStyle} ${outlineWidth} ${outlineColor}`);
  // Nothing stands over it (2.4.11): what is met at the middle of its words is it, or belongs to it. Around a small mark is room for fingers,
  // and there a neighbour may be met.
  const range = document.createRange();
  range.selectNodeContents(element);
  const { left, right, top, bottom } = [...range.getClientRects()].find(({ width, bottom, top }) => width > 0 && bottom > 0 && top < innerHeight) ?? inView;
  const x = Math.min(Math.max((left + right) / 2, 1), innerWidth - 2);
  const y = Math.min(Math.max((top + bottom) / 2, 1), innerHeight - 2);
  const met = document.elementFromPoint(x, y);
  if (met && met !== element && !element.contains(met) && !met.contains(element)) problems.push(`${show} has the focus under <${met.localName} class="${met.getAttribute('class') ?? ''}">`);
  return { problems };
}

function inspectNames() {
  const problems = [];
  const words = (text) => (text ?? '').trim().replace(/\s+/g, ' ');
  const nameOf = (element) =>
    words(element.getAttribute('aria-label')) ||
    words((element.getAttribute('aria-labelledby') ?? '').split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' '));
  const only = { main: 'main', header: 'body > header', footer: 'body > footer', h1: 'h1' };
  for (const [what, selector] of Object.entries(only)) {
    const count = document.querySelectorAll(selector).length;
    if (count !== 1 && !(what === 'header' && count === 0 && document.querySelector('.choices'))) problems.push(`${count} × <${what}>`);
  }
  const navs = [...document.querySelectorAll('nav')].map(nameOf);
  for (const name of navs) {
    if (!name) problems.push('a <nav> without a name');
    else if (navs.filter((other) => other === name).length > 1) problems.push(`two <nav> of the name “${name}”`);
  }
  for (const section of document.querySelectorAll('[role="region"]')) if (!nameOf(section)) problems.push('a region without a name');
  for (const table of document.querySelectorAll('main table')) {
    const name = words(table.caption?.textContent) || nameOf(table) || nameOf(table.closest('[role="region"], figure') ?? table) || words(table.closest('figure, details')?.querySelector('figcaption, summary, .drawing-title')?.textContent);
    if (!name) problems.push(`a table without a name: “${words(table.textContent).slice(0, 50)}”`);
    const heads = table.querySelectorAll('th');
    if (!heads.length) problems.push(`a table without headings: “${words(table.textContent).slice(0, 50)}”`);
    for (const head of heads) if (table.querySelector('thead th') && table.querySelector('tbody th') && !head.scope) problems.push(`a heading without scope: “${words(head.textContent)}”`);
  }
  for (const drawing of document.querySelectorAll('svg')) {
    if (drawing.getAttribute('aria-hidden') === 'true' || drawing.closest('[aria-hidden="true"]')) continue;
    if (drawing.getAttribute('role') !== 'img') problems.push('a drawing that is neither an image nor hidden');
    else if (!nameOf(drawing)) problems.push('a drawing without a name');
    else if (!words(drawing.querySelector('desc')?.textContent)) problems.push(`the drawing “${nameOf(drawing)}” is not described`);
    // What a drawing shows can be read as words, too.
    if (drawing.matches('.chart') && !drawing.closest('figure')?.querySelector('table')) problems.push(`the chart “${nameOf(drawing)}” has no table`);
  }
  // Names that are only heard speak the page's language: on a page in Hebrew or Arabic letters they have some of them.
  const letters = { he: /\p{Script=Hebrew}/u, ar: /\p{Script=Arabic}/u }[document.documentElement.lang];
  for (const element of letters ? document.querySelectorAll('[aria-label]') : []) {
    const name = element.getAttribute('aria-label');
    if (/\p{L}/u.test(name) && !letters.test(name) && !element.closest(`[lang]:not([lang="${document.documentElement.lang}"])`)) problems.push(`“${name}” is heard on a page in ${document.documentElement.lang}`);
  }
  return [...new Set(problems)];
}

function inspectColour() {
  const problems = [];
  for (const link of document.querySelectorAll('main :is(p, li, dd, blockquote, figcaption) a[href]')) {
    if (!link.checkVisibility() || link.closest('sup, nav, .kicker, .crumbs, .anchor')) continue;
    const holder = link.closest('p, li, dd, blockquote, figcaption');
    const isRunning = [...holder.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && /\p{L}{2}/u.test(node.data));
    const { textDecorationLine, borderBlockEndStyle } = getComputedStyle(link);
    if (isRunning && textDecorationLine === 'none' && borderBlockEndStyle === 'none') problems.push(`only its colour tells the link “${link.textContent.trim().slice(0, 50)}”`);
  }
  return [...new Set(problems)];
}

function inspectSpacing() {
  const sheet = new CSSStyleSheet();
  // The values of WCAG 1.4.12. Letters of Arabic are joined and are not spaced.
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; } :lang(ar), :lang(fa), :lang(ur) { letter-spacing: normal !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const problems = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) problems.push(`the page is ${root.scrollWidth} px wide`);
  for (const element of document.querySelectorAll('a, button, summary, label, h1, h2, h3, h4, th, td, p, li, dt, dd')) {
    const { overflowX, overflowY, position, clipPath } = getComputedStyle(element);
    if ((position === 'absolute' && clipPath !== 'none') || !element.checkVisibility()) continue;
    const isCut = (overflowY === 'hidden' || overflowY === 'clip') && element.scrollHeight > element.clientHeight + 1;
    const isCutSideways = (overflowX === 'hidden' || overflowX === 'clip') && element.scrollWidth > element.clientWidth + 1;
    if (isCut || isCutSideways) problems.push(`“${element.textContent.trim().slice(0, 50)}” is cut off`);
  }
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  return problems;
}
