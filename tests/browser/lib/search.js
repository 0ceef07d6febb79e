// The search of a built site without a browser: the very script that readers get, with a loader that reads its files.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import vm from 'node:vm';

const SHOWN = 5;

/** The core of the script of a site. */
export async function core(root) {
  const context = vm.createContext({});
  vm.runInContext(await readFile(path.join(root, 'static/search.js'), 'utf8'), context);
  return context.sourcebookSearch;
}

/** What a data script of a language holds. */
async function dataOf(root, lang, name) {
  let taken;
  const text = await readFile(path.join(root, lang, 'search', `${name}.js`), 'utf8');
  vm.runInNewContext(text, { sourcebookSearch: { take: (_, data) => (taken = data) } });
  return taken;
}

/** The index of a language, without what its records are called. */
export async function indexOf(root, lang) {
  const { Index } = await core(root);
  return new Index(await dataOf(root, lang, 'index'), (name) => dataOf(root, lang, name));
}

/** A function that answers a query with the hits of a language: their addresses below the language's folder. */
export async function searcher(root, lang) {
  const { Finder, snippet } = await core(root);
  const index = await indexOf(root, lang);
  index.titles = (await dataOf(root, lang, 'titles')).records.split('\n');
  const finder = new Finder(index);
  const search = async (query, isTyped = false, count = 10) => {
    const { hits } = await finder.take(await finder.rank(query, isTyped), 0, null, count);
    await finder.read(hits);
    return hits.map((hit) => ({ ...hit, snippet: snippet(hit), address: addressOf(lang, hit.url) }));
  };
  return { search, finder };
}

function addressOf(lang, href) {
  const url = new URL(href, `site://x/${lang}/search/`);
  return decodeURIComponent(url.pathname.slice(`/${lang}/`.length).replace(/index\.html$/, '') + url.hash);
}

/** The queries of a language with the addresses to which they should lead. */
export async function queriesOf(folder, lang) {
  const text = await readFile(path.join(folder, `queries.${lang}.tsv`), 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line && !line.startsWith('#'));
  return lines.map((line) => {
    const [query, addresses] = line.split('\t');
    return { query: query.replace(/…$/, ''), isTyped: query.endsWith('…'), addresses: addresses.split(' ') };
  });
}

function fits(pattern, address) {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'u').test(address);
}

/** How many queries are answered by their first hit, and within the first five; and those that are not. */
export async function recall(root, folder, lang) {
  const queries = await queriesOf(folder, lang);
  const { search } = await searcher(root, lang);
  let first = 0;
  let shown = 0;
  const misses = [];
  for (const { query, isTyped, addresses } of queries) {
    const found = (await search(query, isTyped)).map(({ address }) => address);
    const at = found.findIndex((address) => addresses.some((pattern) => fits(pattern, address)));
    if (at === 0) first++;
    if (at >= 0 && at < SHOWN) shown++;
    else misses.push({ query, addresses, found: found.slice(0, SHOWN) });
  }
  return { queries: queries.length, first, shown, misses };
}
