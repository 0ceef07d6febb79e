// What the site named by SITE gives to other programs: files for reference managers, read by readers that are not ours, and what stands in
// the pages for Zotero and for search engines, read by the parsers of a browser.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import { launch } from '../lib/browser.js';
import { assertNone } from '../lib/report.js';
import { siteFromEnvironment } from '../lib/site.js';

// CSL's JSON schema is in no package registry; these are the rules of its version 1.0.2 that concern what is written here.
const TEXTS = new Set(
  'id type title container-title publisher publisher-place authority number volume issue page edition version URL DOI ISBN archive archive_location language note annote'.split(' '),
);
const TYPES = new Set(
  'article article-journal article-magazine article-newspaper bill book broadcast chapter dataset document entry-encyclopedia hearing interview legal_case legislation map motion_picture pamphlet paper-conference personal_communication post post-weblog regulation report review speech standard thesis treaty webpage'.split(' '),
);

const words = (text) => text?.replace(/\s+/g, ' ').trim();
const names = (authors = []) => authors.map(({ family, given, literal }) => words([given, family ?? literal].filter(Boolean).join(' ')));
const year = (item) => Number(item.issued?.['date-parts']?.[0]?.[0]);

describe('what the site gives to other programs', () => {
  let site;
  let browser;
  let library;
  const byId = new Map();
  const pages = [];

  const read = (file) => readFile(path.join(site.root, file), 'utf8');

  before(async () => {
    site = await siteFromEnvironment();
    library = JSON.parse(await read('data/sources.csl.json'));
    for (const item of library) byId.set(item.id, item);
    browser = await launch();
    const parser = await browser.newPage();
    for (const { path: file, kind } of site.pages) {
      if (['redirect', 'chooser', 'not-found'].includes(kind)) continue;
      pages.push({ file, ...(await parser.evaluate(inspect, await read(file))) });
    }
  });
  after(() => browser?.close());

  test('CSL-JSON keeps to its schema', () => {
    assert.ok(library.length > 0);
    for (const item of library) {
      for (const [name, value] of Object.entries(item)) {
        const where = `${item.id}: ${name}`;
        if (name === 'author') {
          for (const author of value) assert.deepEqual(Object.keys(author).filter((key) => !['family', 'given', 'literal'].includes(key)), [], where);
        } else if (name === 'issued' || name === 'accessed') {
          const { 'date-parts': parts, circa, ...rest } = value;
          assert.deepEqual(rest, {}, where);
          assert.ok([undefined, true].includes(circa), where);
          assert.ok([1, 2].includes(parts.length) && parts.every((part) => part.length >= 1 && part.length <= 3 && part.every(Number.isInteger)), where);
        } else {
          assert.ok(TEXTS.has(name), where);
          assert.ok(typeof value === 'string' && value.length > 0, where);
        }
      }
      assert.ok(item.id && TYPES.has(item.type), item.id);
    }
  });

  test('BibLaTeX is read by another reader as what it was', async () => {
    const { data } = new Cite(await read('data/sources.bib'), { forceType: '@biblatex/text', generateGraph: false });
    assert.deepEqual(data.map(({ id }) => id), library.map(({ id }) => id));
    for (const item of data) {
      const own = byId.get(item.id);
      const told = { title: words(item.title), authors: names(item.author), issued: item.issued?.['date-parts'] };
      assert.deepEqual(told, { title: words(own.title), authors: names(own.author), issued: own.issued?.['date-parts'] }, item.id);
      // The reader encodes some addresses again that are encoded already.
      assert.ok([own.URL, own.URL && encodeURI(own.URL)].includes(item.URL), item.id);
    }
  });

  test('RIS is read by another reader as what it was', async () => {
    const { data } = new Cite(await read('data/sources.ris'), { forceType: '@ris/file', generateGraph: false });
    assert.equal(data.length, library.length);
    data.forEach((item, index) => {
      const own = library[index];
      assert.deepEqual({ title: words(item.title), year: year(item), url: item.URL }, { title: words(own.title), year: year(own), url: own.URL }, own.id);
    });
  });

  test('each source and each page has its own files', async () => {
    const problems = [];
    for (const { file, downloads } of pages) {
      for (const href of downloads) {
        const target = path.posix.join(path.posix.dirname(file), href);
        if (!site.files.has(target)) problems.push({ page: file, kind: 'download', text: `${href} leads nowhere` });
      }
    }
    assertNone(problems, 'download');
    for (const id of byId.keys()) {
      const name = [...site.files].filter((file) => file.startsWith('data/sources/') && file.endsWith('.csl.json')).find((file) => file === `data/sources/${id.toLowerCase()}.csl.json`);
      if (name) assert.deepEqual(JSON.parse(await read(name)), [byId.get(id)]);
    }
    assert.ok(pages.some(({ downloads }) => downloads.length === 3));
  });

  test('every entry of a list carries its source for Zotero', () => {
    let seen = 0;
    for (const { file, entries } of pages) {
      for (const { id, spans } of entries) {
        assert.equal(spans.length, 1, `${file}#${id}`);
        const object = new URLSearchParams(spans[0]);
        const own = byId.get(id.slice(2));
        assert.equal(object.get('ctx_ver'), 'Z39.88-2004');
        assert.equal(object.get('rft.atitle') ?? object.get('rft.btitle') ?? object.get('rft.title'), own.title, `${file}#${id}`);
        const told = [...object.getAll('rft.au'), ...object.getAll('rft.creator'), ...object.getAll('rft.aucorp')].sort();
        const expected = (own.author ?? []).map(({ family, given, literal }) => literal ?? [family, given].filter(Boolean).join(', ')).sort();
        assert.deepEqual(told, expected, `${file}#${id}`);
        assert.ok(!own.URL || object.getAll('rft_id').includes(own.URL), `${file}#${id}`);
        assert.equal(object.get('rft.language'), own.language);
        assert.equal((object.get('rft.date') ?? '').slice(0, 4), own.issued ? String(year(own)).padStart(4, '0') : '', `${file}#${id}`);
        seen += 1;
      }
    }
    assert.ok(seen > 0);
  });

  test('every page tells search engines what it cites', () => {
    for (const { file, lang, title, entries, blocks, tags } of pages.filter(({ isText }) => isText)) {
      assert.equal(blocks.length, 1, file);
      const article = JSON.parse(blocks[0]);
      assert.equal(article['@context'], 'https://schema.org', file);
      assert.equal(article.name, title, file);
      assert.equal(article.inLanguage, lang, file);
      const cited = article.citation ?? [];
      assert.deepEqual(cited.map(({ name }) => name), entries.map(({ id }) => byId.get(id.slice(2)).title), file);
      assert.deepEqual(cited.map(({ url }) => url), entries.map(({ id }) => byId.get(id.slice(2)).URL), file);
      assert.equal(tags.citation_title, title, file);
      assert.equal(tags.citation_language, lang, file);
    }
  });
});

/* ---- in the browser from here ---- */

function inspect(html) {
  const doc = new DOMParser().parseFromString(html, 'text/html');
  const main = doc.querySelector('main');
  return {
    // The lists and pages of the library are about sources, and are no texts.
    isText: doc.querySelector('meta[name="citation_title"]') !== null,
    lang: main?.getAttribute('lang') ?? doc.documentElement.lang,
    title: doc.querySelector('h1')?.textContent.trim(),
    entries: [...doc.querySelectorAll('.sources li[id^="s-"]')].map((entry) => ({
      id: entry.id,
      spans: [...entry.querySelectorAll('span.Z3988')].map((span) => span.title),
    })),
    downloads: [...doc.querySelectorAll('a[download]')].map((link) => link.getAttribute('href')),
    blocks: [...doc.querySelectorAll('script[type="application/ld+json"]')].map((script) => script.textContent),
    tags: Object.fromEntries([...doc.querySelectorAll('meta[name^="citation_"]')].map((tag) => [tag.name, tag.content])),
  };
}
