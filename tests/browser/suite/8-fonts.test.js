// A font of the site's own: the pages of its language have it and no others ask for it, from a host and from a disk. SOURCEBOOK names the program.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { access, cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { launch, watch } from '../lib/browser.js';
import { serve } from '../lib/server.js';

const program = process.env.SOURCEBOOK;
const fixture = path.resolve(import.meta.dirname, '../../fixtures/base');
const run = promisify(execFile);

/** A font of the machine with Hebrew letters. */
const candidates = ['noto/NotoSerifHebrew-Regular.ttf', 'noto/NotoSansHebrew-Regular.ttf', 'dejavu/DejaVuSans.ttf'].map((name) => `/usr/share/fonts/truetype/${name}`);
const there = await Promise.all(candidates.map((file) => access(file).then(() => true, () => false)));
const font = candidates.find((_, number) => there[number]);

describe('a font of the site’s own', { skip: (!program && 'SOURCEBOOK is not set') || (!font && 'the machine has no font to try'), timeout: 2 * 60_000 }, () => {
  let folder;
  let server;
  let browser;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sourcebook-fonts-'));
    await cp(fixture, folder, { recursive: true });
    await mkdir(path.join(folder, 'fonts'));
    await cp(font, path.join(folder, 'fonts/text.ttf'));
    const book = path.join(folder, 'book.toml');
    await writeFile(book, (await readFile(book, 'utf8')).replace('[languages.he]', '[languages.he]\nfont = "fonts/text.ttf"'));
    for (const links of ['folders', 'files']) {
      await run(program, ['build', '--quiet', '--root', folder, '--out', path.join(folder, links), '--links', links]);
    }
    server = await serve(path.join(folder, 'folders'));
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  /** What a page asked for, what it complained of, and how its fonts stand once all is loaded. */
  async function visit(home, place) {
    const tab = await browser.newPage();
    const take = watch(tab, home);
    const asked = [];
    tab.on('request', (request) => asked.push(new URL(request.url()).pathname.split('/').slice(-2).join('/')));
    await tab.goto(new URL(place, home).href);
    const faces = await tab.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].map(({ family, status }) => ({ family: family.replaceAll('"', ''), status }));
    });
    const stack = await tab.locator('h1').first().evaluate((title) => getComputedStyle(title).fontFamily);
    await tab.close();
    return { asked: asked.filter((name) => name.startsWith('fonts/')), faces, stack, complaints: take() };
  }

  test('is loaded by the pages of its language', async () => {
    const [name, ...more] = await readdir(path.join(folder, 'folders/fonts'));
    assert.deepEqual(more, []);
    const page = await visit(server.base, 'he/');
    assert.deepEqual(page.asked, [`fonts/${name}`]);
    assert.deepEqual(page.faces, [{ family: 'Own he', status: 'loaded' }]);
    assert.match(page.stack, /^"?Own he"?, /);
    assert.deepEqual(page.complaints, []);
  });

  test('is not asked for by others', async () => {
    for (const place of ['en/', 'en/documents/declaration/']) {
      const page = await visit(server.base, place);
      assert.deepEqual(page.asked, [], place);
      assert.deepEqual(page.faces, [{ family: 'Own he', status: 'unloaded' }], place);
      assert.ok(!page.stack.includes('Own'), page.stack);
      assert.deepEqual(page.complaints, []);
    }
  });

  test('is loaded from a disk, too', async () => {
    const page = await visit(pathToFileURL(path.join(folder, 'files/')).href, 'he/index.html');
    assert.deepEqual(page.faces, [{ family: 'Own he', status: 'loaded' }]);
    assert.deepEqual(page.complaints, []);
  });
});
