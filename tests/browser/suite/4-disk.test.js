// The site named by SITE_DISK (built with `--links files`) as it lies on a disk or a USB stick: opened from a folder whose name holds a space and Hebrew letters.

import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inParallel, launch, watch } from '../lib/browser.js';
import { assertNone } from '../lib/report.js';
import { open } from '../lib/rendered.js';
import { isSampled, siteFromEnvironment } from '../lib/site.js';

describe('every kind of page from a disk', { timeout: 30 * 60_000 }, () => {
  let folder;
  let root;
  let site;
  let browser;
  const problems = [];

  before(async () => {
    site = await siteFromEnvironment('SITE_DISK');
    folder = await mkdtemp(path.join(tmpdir(), 'sourcebook-disk-'));
    root = path.join(folder, 'רקע 2023');
    await cp(site.root, root, { recursive: true });
    browser = await launch();
    const home = pathToFileURL(root).href;
    const lanes = await Promise.all([0, 1].map(() => browser.newPage()));
    const takes = lanes.map((tab) => watch(tab, home));
    await inParallel(site.pages.filter(isSampled), 2, async (page, lane) => {
      const tab = lanes[lane];
      const address = pathToFileURL(path.join(root, page.path)).href;
      await open(tab, address);
      // A page that leads on is left in peace until it has: else it would break in on the next.
      if (page.kind === 'redirect') await tab.waitForURL((url) => url.href !== address, { waitUntil: 'load' });
      for (const problem of takes[lane]()) problems.push({ page: page.path, ...problem });
      if (page.kind === 'redirect') return;
      for (const text of await tab.evaluate(inspectDisk)) problems.push({ page: page.path, kind: 'disk', text });
      for (const href of await tab.evaluate(folderLinks)) problems.push({ page: page.path, kind: 'folder', text: `${href} leads to a folder, which a disk shows as a list of files` });
    });
  });
  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  test('writes nothing to the console', () => assertNone(problems, 'console'));
  test('throws no error', () => assertNone(problems, 'script error'));
  test('finds every file it asks for', () => assertNone(problems, 'failed request'));
  test('asks no other host and no other folder', () => assertNone(problems, 'other host'));
  test('has its style sheet', () => assertNone(problems, 'disk'));
  test('leads to pages, not to folders', () => assertNone(problems, 'folder'));

  test('lets its reader go from the choice of language to a page and back', async () => {
    const tab = await browser.newPage();
    await open(tab, pathToFileURL(path.join(root, 'index.html')).href);
    for (const lang of site.languages) {
      const choice = tab.locator(`main a[hreflang="${lang}"], main a[lang="${lang}"]`).first();
      if ((await choice.count()) === 0) continue;
      await choice.click();
      await tab.waitForLoadState('load');
      assert.equal(await tab.evaluate(() => document.documentElement.lang), lang);
      await tab.goBack();
    }
    await tab.close();
  });
});

/* ---- in the browser from here: functions that are sent there ---- */

function inspectDisk() {
  const problems = [];
  for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
    if (!link.sheet) problems.push(`${link.getAttribute('href')} was not applied`);
  }
  return problems;
}

function folderLinks() {
  return [...document.querySelectorAll('a[href]')]
    .filter((link) => link.protocol === 'file:' && link.pathname.endsWith('/'))
    .map((link) => link.getAttribute('href'))
    .slice(0, 3);
}
