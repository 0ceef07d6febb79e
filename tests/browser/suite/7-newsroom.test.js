// The newsroom that `sourcebook serve` is: the desk beside a page, passages to look at, sources to pick, changed parts put in, languages side by side.
// SOURCEBOOK names the program.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { launch, watch } from '../lib/browser.js';
import { accessibilityProblems } from '../lib/rendered.js';

const run = promisify(execFile);
const program = process.env.SOURCEBOOK;
const fixture = path.resolve(import.meta.dirname, '../../fixtures/base');

describe('the newsroom', { skip: !program && 'SOURCEBOOK is not set', timeout: 3 * 60_000 }, () => {
  let folder;
  let server;
  let browser;
  let context;
  let tab;
  let address;
  let take;

  const file = (name) => path.join(folder, name);
  const edit = async (name, from, to) => {
    const text = await readFile(file(name), 'utf8');
    assert.ok(text.includes(from), `${name} has no ${from}`);
    await writeFile(file(name), text.replace(from, to));
  };
  const start = async (...options) => {
    server = spawn(program, ['serve', '--root', folder, '--port', '0', ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
    return new Promise((resolve, reject) => {
      let said = '';
      server.stderr.on('data', (data) => {
        said += data;
        const found = /preview at (http:\/\/[^\s]+)/.exec(said);
        if (found) resolve(found[1]);
      });
      server.on('exit', () => reject(new Error(`serve ended: ${said}`)));
    });
  };
  const until = async (what, holds) => {
    for (let tries = 0; tries < 300; tries++) {
      if (await holds().catch(() => false)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.fail(`in 30 seconds: ${what}`);
  };
  const open = async (page) => {
    await tab.goto(new URL(page, address).href);
    await tab.locator('sourcebook-desk .pill', { hasText: 'sourced' }).waitFor();
  };
  const desk = () => tab.locator('sourcebook-desk section');
  const unfold = async (name) => {
    if (!(await desk().isVisible())) await tab.locator('sourcebook-desk .pill').click();
    await desk().getByRole('tab', { name }).click();
  };

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sourcebook-newsroom-'));
    await cp(fixture, folder, { recursive: true });
    await run(program, ['translate', 'adopt', '--root', folder, '--date', '2026-11-25']);
    await edit('content/en/index.md', 'in time of war [@gciv-1949].', 'in time of war and under occupation [@gciv-1949].');
    await edit('content/figures/figures.yaml', 'status: reported', 'status: disputed');
    await writeFile(file('content/en/draft.md'), '---\ntitle: A page to come\nstatus: draft\npublished: 2999-01-01\n---\nNobody has said *where* this\nstands yet.\n');
    await edit('content/en/documents/index.md', 'Each of the three', 'See [what comes](../draft.md). <!-- uncited: guides -->\n\nEach of the three');
    address = await start();
    browser = await launch();
    context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], viewport: { width: 1280, height: 900 } });
    tab = await context.newPage();
    take = watch(tab, address);
  });
  after(async () => {
    await browser?.close();
    server?.kill();
    if (folder) await rm(folder, { recursive: true });
  });

  test('says where a page stands', async () => {
    await open('he/');
    await unfold('This page');
    const said = await desk().textContent();
    assert.match(said, /content\/he\/index\.md/);
    assert.match(said, /6 of 6 statements show a source/);
    assert.match(said, /A translation \(human\): \d+ passages as in the original, \d+ behind/);
  });

  test('marks what is stale, disputed and without a source', async () => {
    const marked = () =>
      tab.evaluate(() => Object.fromEntries([...CSS.highlights].map(([name, ranges]) => [name, [...ranges].map(String).join(' | ')])));
    const stale = await marked();
    assert.match(stale['sourcebook-stale'], /אמנת ז׳נבה הרביעית/);
    assert.match(stale['sourcebook-disputed'], /בבית הדין הבין־לאומי לצדק/);
    await open('en/draft/');
    assert.equal((await marked())['sourcebook-uncited'], 'Nobody has said where this\nstands yet.');
    await unfold('This page');
    await desk().getByLabel('Show them in the page').uncheck();
    assert.deepEqual(await marked(), {});
    await desk().getByLabel('Show them in the page').check();
    assert.equal(Object.keys(await marked()).length, 1);
  });

  test('shows drafts and pages of the future, and says that they are', async () => {
    const said = await desk().textContent();
    assert.match(said, /Draft: readers do not get this page/);
    assert.doesNotMatch(said, /null|undefined/);
    assert.match(said, /To be published on 2999-01-01/);
    await open('en/documents/');
    const shown = await tab.locator('main a[data-sourcebook-draft]').first().evaluate((link) => getComputedStyle(link, '::after').content);
    assert.equal(shown, '" (draft)"');
  });

  test('copies a source to cite, and a place in a file', async () => {
    await unfold('Sources');
    await desk().getByRole('searchbox').fill('nations CHARTER');
    await desk().getByRole('button', { name: '[@un-charter-1945]', exact: true }).click();
    assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), '[@un-charter-1945]');
    await desk().getByRole('searchbox').fill('no such source');
    assert.match(await desk().getByRole('status').textContent(), /^0 sources/);
    await unfold('This page');
    await desk().getByRole('button', { name: 'content/en/documents/index.md', exact: true }).click();
    assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), `${folder}/content/en/documents/index.md:1:1`);
  });

  test('tells problems of this page apart from those elsewhere', async () => {
    await open('en/');
    await unfold('Problems');
    const here = await desk().locator('h3', { hasText: 'On this page' }).count();
    await edit('content/en/index.md', 'gives the International', 'gives, they say nowhere, [@nobody-1900] the International');
    await until('the problem', async () => (await desk().textContent()).includes('nobody-1900'));
    const titles = await desk().locator('h3').allTextContents();
    assert.equal(titles[0], 'On this page', `${here} ${titles}`);
    await edit('content/en/index.md', ', they say nowhere, [@nobody-1900]', '');
    await until('the mended page', async () => !(await desk().textContent()).includes('nobody-1900'));
  });

  test('puts in what has changed and leaves the rest where it is', async () => {
    await open('en/documents/declaration/');
    await tab.evaluate(() => {
      window.isSamePage = true;
      document.querySelector('h1').dataset.seen = 'yes';
    });
    await edit('content/en/documents/declaration.md', 'born free', 'born wholly free');
    await until('the new words', async () => (await tab.locator('main').textContent()).includes('born wholly free'));
    assert.deepEqual(await tab.evaluate(() => [window.isSamePage, document.querySelector('h1').dataset.seen]), [true, 'yes']);
    // A second one is compared with the first.
    await edit('content/en/documents/declaration.md', 'born wholly free', 'born free');
    await until('the old words', async () => (await tab.locator('main').textContent()).includes('born free'));
    assert.equal(await tab.evaluate(() => window.isSamePage), true);
    // What pages are drawn with is not put in: the page comes anew.
    await mkdir(file('static'), { recursive: true });
    await writeFile(file('static/custom.css'), 'h1 { letter-spacing: 1px }');
    await until('a new page', async () => (await tab.evaluate(() => window.isSamePage)) === undefined);
  });

  test('shows a page in several languages side by side', async () => {
    await open('en/');
    await unfold('This page');
    await desk().getByRole('link', { name: 'Side by side' }).click();
    await until('two frames', async () => tab.frames().length === 3);
    const directions = async () => Promise.all(tab.frames().slice(1).map((frame) => frame.evaluate(() => document.documentElement.dir)));
    await until('both texts', async () => (await directions()).toString() === 'ltr,rtl');
    assert.equal(await tab.frames()[1].locator('sourcebook-desk').count(), 0, 'no desk within a frame');
    const [english, hebrew] = tab.frames().slice(1);
    await tab.locator('iframe').first().hover();
    await english.evaluate(() => document.getElementById('projections').scrollIntoView({ behavior: 'instant' }));
    const top = (frame) => frame.evaluate(() => document.getElementById('projections').getBoundingClientRect().top);
    await until('the same section', async () => Math.abs((await top(english)) - (await top(hebrew))) < 120);
  });

  test('can be used by everybody', async () => {
    await open('en/');
    for (const name of ['This page', 'Problems', 'Sources']) {
      await unfold(name);
      assert.deepEqual(await accessibilityProblems(tab, 'sourcebook-desk'), [], name);
    }
    await tab.keyboard.press('Escape');
    assert.equal(await desk().isVisible(), false);
  });

  test('opens places in the program that the editor names', async () => {
    server.kill();
    address = await start('--editor', 'vscode');
    take = watch(tab, address);
    await open('en/');
    await unfold('This page');
    const link = desk().getByRole('link', { name: 'content/en/index.md', exact: true });
    assert.equal(await link.getAttribute('href'), `vscode://file${folder}/content/en/index.md:1:1`);
  });

  test('writes nothing to the console and asks nobody else', () => assert.deepEqual(take(), []));
});
