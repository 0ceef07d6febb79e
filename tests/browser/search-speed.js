// How long a reader waits for hits, on a CPU that is four times slower: from a key pressed until the first hits are drawn, letter by letter, and from a
// whole query pasted. Prints medians.
//
//     SITE=folder node search-speed.js [LANGUAGE] [QUERY …]
//
// SITE is a built site; one of 1,000 pages comes from scripts/bench-corpus --words content. Without queries, words of the index are taken.

import path from 'node:path';
import { launch } from './lib/browser.js';
import { open } from './lib/rendered.js';
import { searcher } from './lib/search.js';
import { serve } from './lib/server.js';

const SLOWER = 4;
const RUNS = 40;
/** So many queries are typed in each of the five runs. */
const TYPED = 3;

const [lang = 'en', ...asked] = process.argv.slice(2);
const root = path.resolve(process.env.SITE);
const { finder } = await searcher(root, lang);
const { words, kinds } = finder.index;
const step = Math.floor(words.length / RUNS);
const queries = asked.length ? asked : Array.from({ length: RUNS }, (_, at) => `${words[at * step]} ${words[(at * 7 * step + 3) % words.length]}`);

const server = await serve(root);
const browser = await launch();
const first = [];
const typed = [];
const pasted = [];
for (let run = 0; run < 5; run++) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const session = await context.newCDPSession(tab);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await open(tab, `${server.base}${lang}/search/`);
  await tab.locator('input[type="search"]').focus();
  await tab.locator('.search-results').waitFor({ state: 'attached' });
  const written = queries.slice(run * TYPED, (run + 1) * TYPED).flatMap((query) => Array.from(query, (_, at) => query.slice(0, at + 1)).filter((part) => part.trim() === part));
  const [start, ...keys] = await tab.evaluate(measure, written);
  first.push(start);
  typed.push(...keys);
  pasted.push(...(await tab.evaluate(measure, queries)));
  await context.close();
}
await browser.close();
await server.close();

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)].toFixed(0);
const worst = (numbers) => Math.max(...numbers).toFixed(0);
console.log(`${lang}: ${kinds.filter((kind) => kind === 0).length} pages, ${kinds.length} records, ${words.length} words`);
console.log(`the first letter, with the index: ${median(first)} ms (at most ${worst(first)})`);
console.log(`every other letter: ${median(typed)} ms (at most ${worst(typed)})`);
console.log(`a query pasted: ${median(pasted)} ms (at most ${worst(pasted)})`);

/* In the browser: puts each query into the field and waits until its first hits are drawn, or that there are none, and then until it is done. */
async function measure(queries) {
  const input = document.querySelector('input[type="search"]');
  const results = document.querySelector('.search-results');
  const times = [];
  for (const query of queries) {
    const begun = performance.now();
    const drawn = new Promise((resolve) => {
      const seen = new MutationObserver(() => {
        seen.disconnect();
        requestAnimationFrame(() => resolve(performance.now() - begun));
      });
      seen.observe(results, { childList: true, characterData: true, subtree: true });
    });
    input.value = query;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    times.push(await drawn);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return times;
}
