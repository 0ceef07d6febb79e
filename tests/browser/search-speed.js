// How long a reader waits for hits, on a CPU that is four times slower: from a key pressed until the first hits are in the page, and until they are
// painted; letter by letter, and with a whole query pasted. Prints medians and, in brackets, what nine of ten are within.
//
//     SITE=folder[:folder …] node search-speed.js [LANGUAGE] [QUERY …]
//
// SITE is a built site; one of 1,000 pages comes from scripts/bench-corpus --words content. Several sites, such as two builds of the same content, take
// turns, so that a busy machine is as busy for each. Without queries, words of the index of the first are taken. RUNS is how often the browser is opened
// for each [5].

import path from 'node:path';
import { launch } from './lib/browser.js';
import { open } from './lib/rendered.js';
import { indexOf } from './lib/search.js';
import { serve } from './lib/server.js';

const SLOWER = 4;
const RUNS = Number(process.env.RUNS ?? 5);
const QUERIES = 40;
/** So many queries are typed in each run. */
const TYPED = 3;
/** So many are pasted. */
const PASTED = 20;

const [lang = 'en', ...asked] = process.argv.slice(2);
const roots = process.env.SITE.split(path.delimiter).map((root) => path.resolve(root));
const { words, kinds } = await indexOf(roots[0], lang);
const step = Math.floor(words.length / QUERIES);
const queries = asked.length ? asked : Array.from({ length: QUERIES }, (_, at) => `${words[at * step]} ${words[(at * 7 * step + 3) % words.length]}`);
const turn = (at, count) => Array.from({ length: Math.min(count, queries.length) }, (_, more) => queries[(at * count + more) % queries.length]);

const browser = await launch();
const servers = await Promise.all(roots.map((root) => serve(root)));
const times = roots.map(() => ({ first: [], typed: [], pasted: [] }));
for (let run = 0; run < RUNS; run++) {
  for (const [at, server] of servers.entries()) {
    const context = await browser.newContext();
    const tab = await context.newPage();
    const session = await context.newCDPSession(tab);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await open(tab, `${server.base}${lang}/search/`);
    await tab.locator('input[type="search"]').focus();
    await tab.locator('.search-results').waitFor({ state: 'attached' });
    const written = turn(run, TYPED).flatMap((query) => Array.from(query, (_, end) => query.slice(0, end + 1)).filter((part) => part.trim() === part));
    const [start, ...keys] = await tab.evaluate(measure, written);
    times[at].first.push(start);
    times[at].typed.push(...keys);
    times[at].pasted.push(...(await tab.evaluate(measure, turn(run, PASTED))));
    await context.close();
  }
}
await browser.close();
for (const server of servers) await server.close();

console.log(`${lang}: ${kinds.filter((kind) => kind === 0).length} pages, ${kinds.length} records, ${words.length} words`);
for (const [at, { first, typed, pasted }] of times.entries()) {
  console.log(`${roots[at]}: in the page, and painted`);
  console.log(`  the first letter, with the index: ${told(first)}`);
  console.log(`  every other letter: ${told(typed)}`);
  console.log(`  a query pasted: ${told(pasted)}`);
}

function told(measured) {
  const drawn = measured.filter(Boolean);
  const part = (of, share) => drawn.map(of).toSorted((a, b) => a - b)[Math.floor(drawn.length * share)]?.toFixed(0);
  const both = [({ there }) => there, ({ painted }) => painted];
  return `${both.map((of) => `${part(of, 0.5)} ms (${part(of, 0.9)})`).join(', ')}; ${drawn.length} times`;
}

/* In the browser: puts each query into the field and waits until its first hits are there, or that there are none, and then until all is still. */
async function measure(queries) {
  const input = document.querySelector('input[type="search"]');
  const parts = ['.search-status', '.hits'].map((part) => document.querySelector(part));
  const times = [];
  for (const query of queries) {
    const begun = performance.now();
    // What is filled into a hit later is none of the list's own changes.
    const drawn = new Promise((resolve) => {
      const seen = new MutationObserver(() => {
        seen.disconnect();
        const there = performance.now() - begun;
        // A frame is painted after what was to be done for it; a message comes after that.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve({ there, painted: performance.now() - begun });
          port2.postMessage(null);
        });
      });
      for (const part of parts) seen.observe(part, { childList: true });
    });
    input.value = query;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    // What has the same answer as the query before, that there is none, changes nothing.
    times.push(await Promise.race([drawn, new Promise((resolve) => setTimeout(resolve, 5000, null))]));
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return times;
}
