// Tests of the tests: each check finds the defect planted for it, and finds nothing on a page without fault.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DEFECTS, mendedOf, writeDefects } from '../fixtures/defects.js';
import { inParallel, launch, watch } from '../lib/browser.js';
import { documentProblems } from '../lib/document.js';
import { markupProblems } from '../lib/markup.js';
import { RENDERED, renderedProblems } from '../lib/rendered.js';
import { serve } from '../lib/server.js';
import { readSite } from '../lib/site.js';

describe('the checks', () => {
  let root;
  let browser;
  let server;
  let problems;

  before(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'sourcebook-defects-'));
    await writeDefects(root);
    const site = await readSite(root);
    browser = await launch();
    server = await serve(root);
    const parser = await browser.newPage();
    problems = [...(await markupProblems(root, site.pages)), ...(await documentProblems(site, parser))];
    // What is seen in the file alone need not be shown.
    const shown = DEFECTS.filter(({ kind }) => RENDERED.includes(kind)).map(({ lang, slug }) => `${lang}/${slug}/index.html`);
    const mended = DEFECTS.filter(({ kind, mend }) => mend && RENDERED.includes(kind)).map(({ lang, slug }) => `${lang}/${mendedOf(slug)}/index.html`);
    const rendered = [...shown, ...mended, 'en/index.html', 'he/index.html', 'he/wide/index.html'];
    const lanes = await Promise.all([0, 1].map(() => browser.newPage()));
    const takes = lanes.map((tab) => watch(tab, server.origin));
    await inParallel(rendered, 2, async (page, lane) => {
      const url = server.base + page.replace('index.html', '');
      for (const problem of await renderedProblems(lanes[lane], url, takes[lane], site.languages)) problems.push({ page, ...problem });
    });
  });

  after(async () => {
    await browser?.close();
    await server?.close();
    if (root) await rm(root, { recursive: true });
  });

  test('find nothing on a page without fault', () => {
    const spoilt = new Set(DEFECTS.map(({ lang, slug }) => `${lang}/${slug}/index.html`));
    const alarms = problems.filter(({ page }) => !spoilt.has(page));
    assert.deepEqual(alarms, []);
  });

  for (const { slug, lang, kind, says } of DEFECTS) {
    test(`find the defect “${slug}”`, () => {
      const found = problems.filter(({ page }) => page === `${lang}/${slug}/index.html`);
      assert.ok(
        found.some((problem) => problem.kind === kind && says.test(problem.text)),
        `expected ${kind}: ${says}, found ${JSON.stringify(found, null, 1)}`,
      );
    });
  }
});
