// A language on paper, as Chromium prints it: tagged, in its language, with bookmarks, and the same bytes again. SOURCEBOOK makes it of the fixture.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { executable } from '../lib/browser.js';

/** What must stand among the bookmarks of each language. */
const BOOKMARKS = {
  en: ['Documents', 'Contents', 'The Universal Declaration', 'Article 1', 'Sources'],
  he: ['מסמכים', 'תוכן העניינים', 'מקורות'],
};

/** The strings of a PDF that stand behind a name, in their order: in brackets or as digits, as Latin-1 or UTF-16. */
function strings(pdf, name) {
  const escapes = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  const found = pdf.matchAll(new RegExp(`/${name} ?(?:\\(((?:[^\\\\()]|\\\\[^])*)\\)|<([0-9A-Fa-f]+)>)`, 'g'));
  return [...found].map(([, plain, digits]) => {
    const bytes = digits
      ? Buffer.from(digits, 'hex')
      : Buffer.from(plain.replace(/\\(?:([0-7]{1,3})|([^]))/g, (_, octal, one) => (octal ? String.fromCharCode(parseInt(octal, 8)) : (escapes[one] ?? one))), 'latin1');
    return bytes[0] === 0xfe && bytes[1] === 0xff ? bytes.subarray(2).swap16().toString('utf16le') : bytes.toString('latin1');
  });
}

describe('a language on paper', { timeout: 3 * 60_000 }, () => {
  let folder;
  const print = async (out, ...more) => {
    const sourcebook = process.env.SOURCEBOOK ?? 'sourcebook';
    const given = ['bundle', '--quiet', '--format', 'pdf', '--root', path.join(folder, 'site'), '--out', `${path.join(folder, out)}/`];
    const env = { ...process.env, CHROMIUM: await executable() };
    execFileSync(sourcebook, [...given, ...more], { env });
    return readdir(path.join(folder, out));
  };
  const read = (...name) => readFile(path.join(folder, ...name));

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sourcebook-pdf-'));
    await cp(fileURLToPath(new URL('../../fixtures/base', import.meta.url)), path.join(folder, 'site'), { recursive: true });
    assert.deepEqual(await print('first'), ['documents-en.pdf', 'documents-he.pdf']);
  });
  after(() => folder && rm(folder, { recursive: true }));

  for (const [lang, wanted] of Object.entries(BOOKMARKS)) {
    test(`${lang} is tagged, has a language, a title and bookmarks`, async () => {
      const pdf = (await read('first', `documents-${lang}.pdf`)).toString('latin1');
      assert.ok(strings(pdf, 'Lang').includes(lang), 'no language');
      for (const part of ['/StructTreeRoot', '/MarkInfo', '/Outlines', '/Dests']) assert.ok(pdf.includes(part), `no ${part}`);
      assert.match(pdf, /\/Marked true/);
      const titles = strings(pdf, 'Title');
      assert.deepEqual(wanted.filter((title) => !titles.includes(title)), []);
      const pages = pdf.match(/\/Type \/Page\b(?!s)/g).length;
      assert.ok(pages > 4 && pages < 20, `${pages} pages`);
      assert.match(pdf, /\/S \/H1\b/);
      assert.match(pdf, /\/MediaBox \[0 0 59[45]\.?\d* 84[12]\.?\d*\]/);
    });
  }

  test('the same bytes again', async () => {
    const names = await print('second');
    for (const name of names) assert.ok((await read('second', name)).equals(await read('first', name)), name);
  });

  test('a page by itself is called by its name', async () => {
    assert.deepEqual(await print('page', '--page', 'documents/declaration', '--lang', 'en'), ['documents-declaration-en.pdf']);
    const pdf = (await read('page', 'documents-declaration-en.pdf')).toString('latin1');
    assert.ok(strings(pdf, 'Title').includes('The Universal Declaration · Documents'));
  });
});
