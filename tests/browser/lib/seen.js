// In which order characters are seen, wherever a text stands on an open page: what a reader's eye meets, not what the file says.

import { layOut } from './rendered.js';

/**
 * Every place of an open page at which a text stands, as it is seen there: its characters by their place on the line, from left to right.
 * Brackets are those that are drawn. `follows` says whether all of it lies where a sentence in the direction of its block goes on.
 * @returns {Promise<Record<string, {seen: string, apart: boolean, follows: boolean, around: string}[]>>} by text
 */
export async function seen(tab, texts) {
  await layOut(tab);
  return tab.evaluate(lookFor, texts);
}

/* ---- in the browser from here: one function, so that it can be sent there ---- */

function lookFor(texts) {
  const BLOCKS = 'p, li, td, th, dd, dt, h1, h2, h3, h4, figcaption, caption, summary, blockquote, footer, div';
  const MIRRORED = { '(': ')', ')': '(', '[': ']', ']': '[' };
  const found = Object.fromEntries(texts.map((text) => [text, []]));

  /** The characters of a block, each with its node; what another block within it holds is that block's. */
  const charactersOf = (block) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const characters = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(BLOCKS) !== block || !node.parentElement.checkVisibility()) continue;
      for (let index = 0; index < node.data.length; index++) characters.push({ node, index, character: node.data[index] });
    }
    return characters;
  };
  const boxOf = ({ node, index }) => {
    const range = document.createRange();
    range.setStart(node, index);
    range.setEnd(node, index + 1);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return { left, right, middle: (left + right) / 2, top, bottom };
  };
  const draw = (characters) => {
    // A bracket is turned where its pair opens on the right.
    const open = [];
    for (const one of characters) {
      if ('(['.includes(one.character)) open.push(one);
      else if (')]'.includes(one.character)) {
        const other = open.pop();
        const turned = other && other.box.top === one.box.top && other.box.left > one.box.left;
        for (const bracket of turned ? [one, other] : []) bracket.drawn = MIRRORED[bracket.character];
      }
    }
    const lines = [];
    for (const one of characters) {
      const line = lines.find((line) => one.box.top < line[0].box.bottom && one.box.bottom > line[0].box.top);
      if (line) line.push(one);
      else lines.push([one]);
    }
    return lines.map((line) => line.sort((a, b) => a.box.left - b.box.left).map((one) => one.drawn ?? one.character).join('')).join('⏎');
  };

  for (const block of document.querySelectorAll(BLOCKS)) {
    const characters = charactersOf(block);
    const whole = characters.map(({ character }) => character).join('');
    // The longer first: `OCHA (2024)` within `OCHA (2024) (41,234)` is no sentence's word of its own.
    const taken = [];
    for (const text of [...texts].sort((a, b) => b.length - a.length)) {
      for (let from = whole.indexOf(text); from >= 0; from = whole.indexOf(text, from + 1)) {
        // Longer than what was asked for: `5–10` in `55–100`.
        const [before, after] = [whole[from - 1] ?? ' ', whole[from + text.length] ?? ' '];
        if (/[\p{L}\p{N}+%\-–]/u.test(before) && /[\p{L}\p{N}+\-]/u.test(text[0])) continue;
        if (/[\p{L}\p{N}+%]/u.test(after) || taken.some(([start, end]) => from < end && start < from + text.length)) continue;
        taken.push([from, from + text.length]);
        const own = characters.slice(from, from + text.length).map((one) => ({ ...one, box: boxOf(one) }));
        const edges = [Math.min(...own.map(({ box }) => box.left)), Math.max(...own.map(({ box }) => box.right))];
        const onLine = (one) => one.box.right > one.box.left && one.box.top < own[0].box.bottom && one.box.bottom > own[0].box.top;
        const measured = (part) => part.map((one) => ({ ...one, box: boxOf(one) })).filter(onLine);
        const [earlier, later] = [measured(characters.slice(0, from)), measured(characters.slice(from + text.length))];
        const rtl = getComputedStyle(block).direction === 'rtl';
        const isRight = ({ box }) => box.middle > edges[1];
        const isLeft = ({ box }) => box.middle < edges[0];
        found[text].push({
          seen: draw(own),
          apart: [...earlier, ...later].every((one) => isLeft(one) || isRight(one)),
          follows: earlier.every(rtl ? isRight : isLeft) && later.every(rtl ? isLeft : isRight),
          around: whole.slice(Math.max(0, from - 20), from + text.length + 20).trim(),
        });
      }
    }
  }
  return found;
}
