// What a style sheet says of left and right: nothing, because a page may run either way.

const SIDES = 'left|right';
const PHYSICAL = new RegExp(
  `(?<![\\w-])(?:(?:${SIDES})|(?:margin|padding|border|scroll-margin|scroll-padding)-(?:${SIDES})(?:-\\w+)?|border-(?:top|bottom)-(?:${SIDES})-radius)\\s*:|` +
    `(?<![\\w-])(?:text-align|float|clear)\\s*:\\s*(?:${SIDES})|(?<![\\w-])direction\\s*:`,
  'g',
);

const BOXES = /(?<![\w-])(?:margin|padding|inset|border-width|border-style|border-color)\s*:\s*([^;}]+)/g;

/** The declarations of a style sheet that name a side. Page boxes of print have sides of their own. */
export function physicalDeclarations(css) {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@page[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '');
  // Four values, of which those at the sides differ: `0 1em 0 2em`. A place that the script has measured is counted from the left on every page.
  const lopsided = [...plain.matchAll(BOXES)].filter(([, values]) => {
    const [, right, , left] = words(values.replace('!important', ''));
    return left !== undefined && left !== right && !/^var\(--[xy]\b/.test(left);
  });
  return [...plain.matchAll(PHYSICAL), ...lopsided].map(([found]) => found.replace(/\s+/g, ' ').trim());
}

/** The values of a declaration; what stands in brackets is one. */
function words(values) {
  return values.match(/(?:[^\s()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+/g) ?? [];
}
