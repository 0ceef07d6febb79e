// The charts of the site named by SITE, each once in every language: valid drawings of real text, within their frame, no words over others; the
// table says the same; they read themselves out by pointer and keyboard; and they are seen in the dark, in print, in forced colours, on a phone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { reader } from '../lib/reading.js';
import { accessibilityProblems } from '../lib/rendered.js';
import { siteFromEnvironment } from '../lib/site.js';

const site = await siteFromEnvironment();

/** What an SVG of ours is made of: nothing that could run, load or look different under a strict policy. */
const ELEMENTS = ['svg', 'title', 'desc', 'text', 'line', 'path', 'rect'];

/** The pages that show charts, by language. */
const pages = new Map(site.languages.map((lang) => [lang, []]));
for (const { path, lang } of site.pages) {
  if (!lang || !path.endsWith('/index.html')) continue;
  const text = await readFile(join(site.root, path), 'utf8');
  if (text.includes('class="drawing drawing-chart"')) pages.get(lang).push(path.slice(0, -'index.html'.length));
}
const some = [...pages.values()].some((list) => list.length);

describe('charts', { skip: !some && 'the site has none', timeout: 15 * 60_000 }, () => {
  const { reading } = reader(site.root, { reducedMotion: 'reduce' });

  for (const lang of site.languages) {
    const all = pages.get(lang);
    test(`in ${lang}`, async (t) => {
      await t.test('are valid SVG with real text', () =>
        reading(all, { javaScriptEnabled: false }, async (tab, path) => {
          const sources = await tab.locator('svg.chart').evaluateAll((drawings) => drawings.map((drawing) => new XMLSerializer().serializeToString(drawing)));
          assert.ok(sources.length > 0, path);
          const wrong = await tab.evaluate(([texts, elements]) => texts.flatMap((text) => {
            const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
            if (parsed.querySelector('parsererror')) return ['cannot be parsed'];
            const nodes = [...parsed.querySelectorAll('*')];
            const odd = nodes.filter((node) => !elements.includes(node.localName) || node.hasAttribute('style')).map((node) => node.outerHTML);
            const words = nodes.filter((node) => node.localName === 'text' && node.textContent.trim());
            const named = ['title', 'desc'].every((name) => parsed.querySelector(`svg > ${name}`)?.textContent.trim());
            return [...odd, ...(words.length ? [] : ['no text']), ...(named ? [] : ['no name'])];
          }), [sources, ELEMENTS]);
          assert.deepEqual(wrong, [], path);
        }));

      for (const [screen, options] of [
        ['a desk', {}],
        ['a phone', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
        ['a desk in the dark', { colorScheme: 'dark' }],
      ]) {
        await t.test(`on ${screen}: words stay within the frame and apart, and stand out`, () =>
          reading(all, options, async (tab, path) => {
            const found = await tab.locator('svg.chart').evaluateAll((drawings) => drawings.flatMap((drawing) => {
              const frame = drawing.getBoundingClientRect();
              const words = [...drawing.querySelectorAll('text')].map((node) => ({ text: node.textContent, box: node.getBoundingClientRect(), size: parseFloat(getComputedStyle(node).fontSize) }));
              const outside = words.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 0.4 * box.height || box.bottom > frame.bottom + 0.4 * box.height);
              // Boxes hold room above and below the letters.
              const touch = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.4 * Math.min(a.height, b.height);
              const over = words.flatMap((a, index) => words.slice(index + 1).filter((b) => touch(a.box, b.box)).map((b) => `${a.text} × ${b.text}`));
              const bars = [...drawing.querySelectorAll('rect.bar')].flatMap((bar) => {
                const box = bar.getBoundingClientRect();
                return words.filter((word) => touch(word.box, box)).map((word) => `${word.text} × bar`);
              });
              return [...outside.map(({ text }) => `outside: ${text}`), ...over, ...bars];
            }));
            assert.deepEqual(found, [], path);
            // Every chart is written by the same hand.
            if (all.indexOf(path) < 3) assert.deepEqual(await accessibilityProblems(tab, 'figure.drawing-chart'), [], path);
          }));
      }

      await t.test('say in their table what they say in the drawing', () =>
        reading(all, { javaScriptEnabled: false }, async (tab, path) => {
          const wrong = await tab.locator('figure.drawing-chart').evaluateAll((figures) => figures.flatMap((figure) => {
            const numbers = figure.querySelector('table').textContent.replace(/[\u200e\u200f\u2066-\u2069]/g, '');
            const shown = [...figure.querySelectorAll('svg text.value, svg .mark > title')].map((node) => node.textContent.replace(/[\u200e\u200f\u2066-\u2069]/g, ''));
            const last = (text) => text.split(/[:：]\s*/).at(-1);
            const missing = shown.filter((text) => !numbers.includes(last(text))).map((text) => `not in the table: ${text}`);
            const marks = [...figure.querySelectorAll('td[data-y]')].length;
            const drawn = figure.querySelectorAll('svg .mark, svg .bar').length;
            const points = figure.querySelector('tr[data-x]') && drawn && drawn !== marks && drawn > marks ? [`${drawn} drawn, ${marks} in the table`] : [];
            const files = [...figure.querySelectorAll('.downloads a')].length === 2 ? [] : ['no files'];
            return [...missing, ...points, ...files];
          }));
          assert.deepEqual(wrong, [], path);
        }));

      await t.test('read themselves out by keyboard and by pointer', () =>
        reading(all.slice(0, 4), {}, async (tab, path) => {
          const plots = tab.locator('.plot[tabindex]');
          for (let index = 0; index < (await plots.count()); index++) {
            const plot = plots.nth(index);
            const note = plot.getByRole('status');
            const rows = await tab.locator('figure.drawing-chart:has(.plot[tabindex])').nth(index).locator('tr[data-x]').evaluateAll((list) =>
              list.sort((a, b) => a.dataset.x - b.dataset.x).map((row) => row.cells[0].textContent));
            await plot.focus();
            await tab.keyboard.press('Home');
            assert.match(await note.textContent(), new RegExp(`^${escaped(rows[0])}`), path);
            await tab.keyboard.press('ArrowRight');
            assert.match(await note.textContent(), new RegExp(`^${escaped(rows[Math.min(1, rows.length - 1)])}`), path);
            await tab.keyboard.press('End');
            assert.match(await note.textContent(), new RegExp(`^${escaped(rows.at(-1))}`), path);
            const [box, frame] = [await note.boundingBox(), await plot.boundingBox()];
            assert.ok(box.x >= frame.x - 1 && box.x + box.width <= frame.x + frame.width + 1, `${path}: beyond the edge`);
            await tab.keyboard.press('Escape');
            assert.ok(await note.isHidden(), path);
            const drawing = await plot.locator('svg').boundingBox();
            await plot.locator('svg').hover({ position: { x: drawing.width - 3, y: drawing.height / 2 } });
            assert.ok(await note.isVisible(), path);
            await tab.mouse.move(0, 0);
            assert.ok(await note.isHidden(), path);
          }
        }));

      await t.test('are seen in forced colours and in print', async () => {
        for (const media of [{ forcedColors: 'active' }, { media: 'print', colorScheme: 'dark' }]) {
          await reading(all.slice(0, 2), {}, async (tab, path) => {
            await tab.emulateMedia(media);
            const unseen = await tab.locator('svg.chart').evaluateAll((drawings) => drawings.flatMap((drawing) => {
              const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
              const bright = (colour) => {
                probe.clearRect(0, 0, 1, 1);
                probe.fillStyle = colour.trim();
                probe.fillRect(0, 0, 1, 1);
                const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
                return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
              };
              const ground = bright(matchMedia('(forced-colors: active)').matches ? 'Canvas' : getComputedStyle(document.documentElement).getPropertyValue('--paper'));
              const colour = (node) => (node.matches('.trace, .interval, .axis') ? getComputedStyle(node).stroke : getComputedStyle(node).fill);
              const faint = [...drawing.querySelectorAll('text, .trace, .mark, .bar, .axis')].filter((node) => Math.abs(bright(colour(node)) - ground) < 0.3);
              return faint.map((node) => `${node.localName}.${node.getAttribute('class')}: ${colour(node)}`);
            }));
            assert.deepEqual([...new Set(unseen)], [], `${path}: ${JSON.stringify(media)}`);
          });
        }
      });
    });
  }
});

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
