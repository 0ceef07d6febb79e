// Where the parts of an open page stand, so that a page that runs to the left can be held against the same page that runs to the right.

/** The parts of a page that have a side. */
const PARTS = {
  'the name of the site': '.site-name',
  'the languages': '.languages ul',
  'the way to the search': '.search-link',
  'the button of the menu': '.menu > summary',
  'the title': 'main h1',
  'the contents': 'nav.contents',
  'the first crumb': '.crumbs a:first-child',
  'the way back': '.turn .previous a',
  'the way on': '.turn .next a',
  'the first column of a table': 'main table tr :is(th, td):first-child',
  'the last column of a table': 'main table tr :is(th, td):last-child',
};

/**
 * The side on which the words of each part stand, `left` or `right`; parts in the middle have none. Also the size of the text.
 * @returns {Promise<{sides: Record<string, string>, size: number, indents: string[]}>}
 */
export function layoutOf(tab) {
  return tab.evaluate(readLayout, PARTS);
}

/** What does not stand on the other side. */
export function unmirrored(one, other) {
  return Object.keys(one.sides).filter((part) => other.sides[part] && one.sides[part] === other.sides[part]);
}

/**
 * The fonts with which the letters of a script are drawn, by selector, as `{selector, drawn, named}`.
 * @param session of the browser's protocol, because a page cannot know
 */
export async function fontsOf(tab, selectors) {
  const session = await tab.context().newCDPSession(tab);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const found = [];
  for (const selector of selectors) {
    const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    if (!nodeId) continue;
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    const named = await tab.evaluate((selector) => getComputedStyle(document.querySelector(selector)).fontFamily, selector);
    found.push({ selector, drawn: fonts.map(({ familyName }) => familyName), named });
  }
  await session.detach();
  return found;
}

/* ---- in the browser from here: a function that is sent there ---- */

function readLayout(parts) {
  const wide = document.documentElement.clientWidth;
  const sides = {};
  for (const [name, selector] of Object.entries(parts)) {
    const element = [...document.querySelectorAll(selector)].find((element) => element.checkVisibility() && element.getBoundingClientRect().width > 0);
    if (!element) continue;
    const range = document.createRange();
    range.selectNodeContents(element);
    const { left, right } = range.getBoundingClientRect();
    const frame = element.closest('table')?.getBoundingClientRect() ?? { left: 0, right: wide };
    const [before, after] = [left - frame.left, frame.right - right];
    if (Math.abs(before - after) > 0.05 * (frame.right - frame.left)) sides[name] = before < after ? 'left' : 'right';
  }
  const list = document.querySelector('main .text :is(ul, ol):not([class])');
  const indents = list ? ['left', 'right'].filter((side) => parseFloat(getComputedStyle(list)[`padding-${side}`]) > 0) : [];
  return { sides, size: parseFloat(getComputedStyle(document.querySelector('main')).fontSize), indents };
}
