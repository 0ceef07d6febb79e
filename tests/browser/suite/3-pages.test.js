// Every page of the site named by SITE as a reader gets it: below a sub-path, under a strict policy, in light and dark, narrow and wide.
// One page of each kind in each language is looked at in the dark and on a phone, too, and its pictures go to output/.

import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inParallel, launch, watch } from '../lib/browser.js';
import { assertNone } from '../lib/report.js';
import { renderedProblems } from '../lib/rendered.js';
import { serve } from '../lib/server.js';
import { isSampled, siteFromEnvironment } from '../lib/site.js';

const OUTPUT = path.join(import.meta.dirname, '..', 'output');

/** The tallest picture: enough for a page's head, text and lists to be judged. */
const TALLEST = 3600;

describe('every page of the site', { timeout: 45 * 60_000 }, () => {
  let browser;
  let server;
  const problems = [];

  before(async () => {
    const site = await siteFromEnvironment();
    await rm(OUTPUT, { recursive: true, force: true });
    await mkdir(OUTPUT, { recursive: true });
    browser = await launch();
    server = await serve(site.root);
    const lanes = await Promise.all([0, 1].map(() => browser.newPage()));
    const takes = lanes.map((tab) => watch(tab, server.origin));
    const pictured = picturedPages(site);
    const source = sourceLanguage(site);
    // A page that leads on at once would be judged as the page that it leads to.
    const pages = site.pages.filter((page, index) => page.kind !== 'redirect' && (pictured.has(page.path) || isSampled(page, index)));
    await inParallel(pages, 2, async (page, lane) => {
      const tab = lanes[lane];
      const name = pictured.get(page.path);
      const photograph = async (width, theme) => {
        const wanted = theme === 'light' ? width === 390 || width === 1280 : page.lang === source && page.kind === 'page';
        if (!name || !wanted) return;
        const height = Math.min(TALLEST, await tab.evaluate(() => document.documentElement.scrollHeight));
        await tab.screenshot({ path: path.join(OUTPUT, `${name}-${width}-${theme}.png`), fullPage: true, clip: { x: 0, y: 0, width, height } });
      };
      const url = server.base + page.path.replace(/index\.html$/, '');
      // Colours are the style sheet's: they are judged on every page of the source language and on one page of each kind in the others.
      const options = { thorough: Boolean(name), colours: Boolean(name) || !page.lang || page.lang === source, photograph };
      for (const problem of await renderedProblems(tab, url, takes[lane], site.languages, options)) {
        problems.push({ page: page.path, ...problem });
      }
    });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  test('writes nothing to the console', () => assertNone(problems, 'console'));
  test('throws no error', () => assertNone(problems, 'script error'));
  test('finds every file it asks for', () => assertNone(problems, 'failed request'));
  test('asks no other host', () => assertNone(problems, 'other host'));
  test('is accessible', () => assertNone(problems, 'accessibility', 'accessibility at 320 px'));
  test('is accessible in the dark', () => assertNone(problems, 'accessibility in the dark'));
  test('is never wider than the screen', () => assertNone(problems, 'overflow'));
  test('runs in the direction of its language', () => assertNone(problems, 'direction'));
  test('shows digits and signs in order', () => assertNone(problems, 'visual order'));
  test('sets Hebrew and Arabic as they are set', () => assertNone(problems, 'typography'));
  test('holds still where less motion is asked for', () => assertNone(problems, 'motion'));
});

/** The language that every page exists in. */
function sourceLanguage(site) {
  return site.languages.find((lang) => !site.pages.some((page) => page.lang === lang && page.kind.startsWith('fallback')));
}

/** One page of each kind in each language, as a map from its path to the name of its pictures. The longest page of a kind shows most. */
function picturedPages(site) {
  const chosen = new Map();
  for (const page of site.pages) {
    const name = page.lang ? `${page.lang}-${page.kind}` : page.kind;
    if (page.kind === 'redirect') continue;
    if (!chosen.has(name) || page.size > chosen.get(name).size) chosen.set(name, page);
  }
  return new Map([...chosen].map(([name, page]) => [page.path, name]));
}
