// Measures a built site as a phone meets it and prints the table of docs/weight.md: for each kind of page its requests, its packed bytes, and what
// Lighthouse says. scripts/weight starts it; SITE is the folder of the site, RUNS how often performance is measured.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as chromeLauncher from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { executable, FLAGS } from '../lib/browser.js';
import { headersOf, TYPES } from '../lib/server.js';
import { readSite } from '../lib/site.js';
import { weigh } from '../lib/weight.js';

const site = await readSite(path.resolve(process.env.SITE));
const runs = Number(process.env.RUNS ?? 3);
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];

/** The pages that are measured: kind and address below the language, or below the root. */
const KINDS = [
  ['home', ''],
  ['section', 'humanitarian/'],
  ['text page', 'humanitarian/food/'],
  ['page with charts', 'numbers/casualties-gaza/'],
  ['timeline', 'timeline/'],
  ['who’s who', 'people/'],
  ['list of sources', 'sources/'],
  ['a source', 'sources/un-charter-1945/'],
  ['list of figures', 'figures/'],
  ['glossary', 'glossary/'],
  ['changes', 'changes/'],
  ['sourcing', 'sourcing/'],
  ['search', 'search/'],
];

function pages() {
  const wanted = (process.env.LANGUAGES ?? 'en ar').split(' ');
  const found = [['choice of language', '-', ''], ['not found', '-', '404.html']];
  for (const lang of site.languages.filter((lang) => wanted.includes(lang))) {
    for (const [kind, folder] of KINDS) {
      const own = folder === 'sources/un-charter-1945/' ? aSource(lang) : `${lang}/${folder}`;
      if (site.files.has(`${own}index.html`)) found.push([kind, lang, own]);
    }
  }
  return found;
}

/** The first page about a source. */
function aSource(lang) {
  const page = site.pages.find((page) => page.lang === lang && page.kind === 'source');
  return page ? page.path.replace(/index\.html$/, '') : '';
}

/** As a host serves it: packed, and with the headers that the site tells it to send. */
async function serve() {
  const headers = await headersOf(site.root);
  const server = { base: '', close: () => {}, isLaidOut: false };
  const packed = new Map();
  const http = createServer(async (request, response) => {
    const asked = decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname).slice(1);
    const file = site.files.has(asked) ? asked : `${asked}index.html`;
    if (!site.files.has(file)) {
      response.writeHead(404).end();
      return;
    }
    if (!packed.has(file)) packed.set(file, gzipSync(await readFile(path.join(site.root, file)), { level: 9 }));
    response.writeHead(200, {
      'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      'Content-Encoding': 'gzip',
      ...headers,
      'Cache-Control': 'public, max-age=600',
    });
    response.end(server.isLaidOut && file.endsWith('.css') ? gzipSync(laidOut(await readFile(path.join(site.root, file), 'utf8'))) : packed.get(file));
  });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
  server.base = `http://127.0.0.1:${http.address().port}/`;
  server.close = () => http.close();
  return server;
}

/** A style sheet that leaves nothing until a reader comes near. What is left has less room than it needs: nobody sees it, but axe measures it. */
const laidOut = (sheet) => sheet.replaceAll('content-visibility:auto', 'content-visibility:visible');

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** The requests without which the page is not whole. */
function countRequests(lhr) {
  const kinds = ['Document', 'Stylesheet', 'Script', 'Font', 'Image', 'XHR', 'Fetch'];
  const asked = lhr.audits['network-requests'].details?.items ?? [];
  return asked.filter(({ url, resourceType }) => url.startsWith('http') && kinds.includes(resourceType) && !/icon/.test(url)).length;
}

/** Lighthouse's scores in hundredths, the median of all runs; what costs points goes to standard error. */
async function scores(url, port, server) {
  const found = Object.fromEntries(CATEGORIES.map((category) => [category, []]));
  let requests = 0;
  for (let run = 0; run <= runs; run++) {
    // Only the performance differs from run to run.
    server.isLaidOut = run === 0;
    const onlyCategories = run === 0 ? CATEGORIES.slice(1) : ['performance'];
    const { lhr } = await lighthouse(url, { port, onlyCategories, formFactor: 'mobile', logLevel: 'error' });
    for (const category of onlyCategories) found[category].push(Math.round(lhr.categories[category].score * 100));
    if (run > 0) {
      requests = countRequests(lhr);
      continue;
    }
    for (const category of CATEGORIES.slice(1)) {
      for (const { id, weight } of lhr.categories[category].auditRefs) {
        const audit = lhr.audits[id];
        if (weight > 0 && audit.score !== null && audit.score < 1) console.error(`  ${category}: ${id}: ${audit.title}: ${JSON.stringify(audit.details?.items?.slice(0, 2))?.slice(0, 400)}`);
      }
    }
  }
  return { requests, ...Object.fromEntries(CATEGORIES.map((category) => [category, median(found[category])])) };
}

const kilobytes = (bytes) => (bytes / 1024).toFixed(1);
const { version } = createRequire(import.meta.url)('lighthouse/package.json');
const server = await serve();
const chrome = await chromeLauncher.launch({ chromePath: await executable(), chromeFlags: ['--headless=new', '--no-sandbox', ...FLAGS] });
try {
  const browser = /Chrom\w*\/([\d.]+)/.exec((await (await fetch(`http://127.0.0.1:${chrome.port}/json/version`)).json()).Browser)?.[1];
  const rows = [];
  for (const [kind, lang, page] of pages()) {
    console.error(`${kind} (${lang})`);
    const file = page.endsWith('.html') ? page : `${page}index.html`;
    const { html, css, js, raw } = await weigh(site.root, file);
    const { requests, ...lighthouse } = await scores(server.base + page, chrome.port, server);
    rows.push(`| ${kind} | ${lang} | ${requests} | ${kilobytes(raw)} | ${kilobytes(html)} | ${kilobytes(css)} | ${kilobytes(js)} | ${kilobytes(html + css + js)} | ${CATEGORIES.map((category) => lighthouse[category]).join(' | ')} |`);
  }
  console.log(`Measured on ${new Date().toISOString().slice(0, 10)} with Chromium ${browser} and Lighthouse ${version}, ${runs} runs a page.\n`);
  console.log('| page | language | requests | HTML, unpacked | HTML | CSS | JS | together | performance | accessibility | best practices | SEO |');
  console.log('|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|');
  console.log(rows.join('\n'));
} finally {
  await chrome.kill();
  server.close();
}
