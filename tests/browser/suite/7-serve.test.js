// `sourcebook serve` as an editor has it: a page in the browser, a save that breaks it, a save that mends it. SOURCEBOOK names the program.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch, watch } from '../lib/browser.js';

const program = process.env.SOURCEBOOK;
const fixture = path.resolve(import.meta.dirname, '../../fixtures/base');
const page = 'content/en/documents/declaration.md';

describe('the preview', { skip: !program && 'SOURCEBOOK is not set', timeout: 2 * 60_000 }, () => {
  let folder;
  let server;
  let browser;
  let tab;
  let address;
  let text;
  let take;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sourcebook-serve-'));
    await cp(fixture, folder, { recursive: true });
    text = await readFile(path.join(folder, page), 'utf8');
    server = spawn(program, ['serve', '--root', folder, '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
    address = await new Promise((resolve, reject) => {
      let said = '';
      server.stderr.on('data', (data) => {
        said += data;
        const found = /http:\/\/[^\s]+/.exec(said);
        if (found) resolve(found[0]);
      });
      server.on('exit', () => reject(new Error(`serve ended: ${said}`)));
    });
    browser = await launch();
    tab = await browser.newPage();
    take = watch(tab, address);
    await tab.goto(new URL('en/documents/declaration/', address).href);
  });
  after(async () => {
    await browser?.close();
    server?.kill();
    if (folder) await rm(folder, { recursive: true });
  });

  const save = (content) => writeFile(path.join(folder, page), content);
  /** The words of the overlay; empty when there is none. */
  const overlay = () =>
    tab.evaluate(() => [...document.querySelectorAll('*')].map((element) => element.shadowRoot?.textContent ?? '').join(''));
  const until = async (what, holds) => {
    for (let tries = 0; tries < 300; tries++) {
      if (await holds().catch(() => false)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.fail(`in 30 seconds: ${what}`);
  };

  test('shows a broken save over the last good page', async () => {
    const before = await tab.locator('h1').textContent();
    await save(`${text}\nNobody says so. And [@no-such-source] neither.\n`);
    await until('no overlay', async () => (await overlay()).includes('no-such-source'));
    const words = await overlay();
    assert.match(words, /SB201/);
    assert.match(words, /content\/en\/documents\/declaration\.md:\d+:\d+/);
    assert.equal(await tab.locator('h1').textContent(), before);
  });

  test('shows a mended save, also one that comes by rename', async () => {
    const mended = path.join(folder, 'content/en/documents/declaration.tmp');
    await writeFile(mended, text.replace(/^title: .*$/m, 'title: A title of its own'));
    await rename(mended, path.join(folder, page));
    await until('the old page', async () => (await tab.locator('h1').textContent()) === 'A title of its own');
    await until('the old problems', async () => !(await overlay()).includes('no-such-source'));
  });

  test('writes nothing to the console and asks nobody else', () => {
    assert.deepEqual(take(), []);
  });

  test('answers this computer only', async () => {
    const answer = await new Promise((resolve, reject) => {
      import('node:http').then(({ get }) =>
        get(new URL('en/', address), { headers: { host: 'somebody.example' } }, (response) => resolve(response.statusCode)).on('error', reject),
      );
    });
    assert.equal(answer, 403);
  });
});
