// The web editor: a page is edited in two languages, a source, a figure and a term are added, and nothing else changes in the files. SOURCEBOOK names the program.
//
// The editor works on a folder of this machine, as with "Work with Local Repository". No program can press the buttons of the window in which the browser
// asks for the folder, so the browser's private file system, which has the same interface, stands in for the folder that would be chosen there.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { launch, watch } from '../lib/browser.js';
import { everyHeaderOf, serve } from '../lib/server.js';

const program = process.env.SOURCEBOOK;
const repository = path.resolve(import.meta.dirname, '../../..');
const fixture = path.join(repository, 'tests/fixtures/base');
const cms = path.resolve(import.meta.dirname, '../node_modules/@sveltia/cms');
const pictures = path.resolve(import.meta.dirname, '../output');
const run = promisify(execFile);

/** The editor makes its forms as they are scrolled: in so tall a window all of a form is there. */
const TALL = { width: 1280, height: 5000 };

/** What is laid over the fixture: everything that an editor that writes YAML anew would lose. */
const OWN = {
  'content/en/documents/declaration.md': `---
# When it is read again, the date changes.
title:   'The Universal Declaration'
weight: 20 # after the section
summary: "A text of thirty articles [@udhr-1948]."
---

## Article 1 {#article-1}

All human beings are born free and equal in dignity and rights [@udhr-1948#q1].
`,
  'content/he/documents/declaration.md': `---
title: ההכרזה האוניברסלית
summary: "טקסט של שלושים סעיפים [@udhr-1948]."
---
## סעיף 1 {#article-1}

כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם [@udhr-1948#q1].
`,
  'content/terms/terms.yaml': `# What words mean here.

court:
  definition: {he: "בית הדין הבין־לאומי לצדק.", en: "The International Court of Justice."}
  sources: [un-charter-1945] # its statute is part of the Charter

treaty:
  definition:
    en: 'An agreement between states.'
    he: "הסכם בין מדינות."
  sources: [ un-charter-1945 ]
`,
  'content/terms/en.yaml': 'court: {term: "Court"}\ntreaty:\n  term: treaty\n',
  'content/terms/he.yaml': 'court: {term: "בית הדין"}\ntreaty:\n  term: אמנה\n',
};

/** Every file of a folder that is text of the site, by its path. */
async function texts(folder) {
  const found = (await readdir(folder, { recursive: true })).filter((name) => /^(content\/.*\.(md|yaml|csv)|book\.toml)$/.test(name));
  return Object.fromEntries(await Promise.all(found.sort().map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')])));
}

/** Lays the editor's parts beside a site, as docs/web-editor.md says, and switches it on. */
async function equip(folder, more = '') {
  await mkdir(path.join(folder, 'editor'));
  const assets = (await readdir(path.join(cms, 'npm/assets'))).filter((name) => name.startsWith('material-symbols-outlined'));
  for (const part of ['LICENSE.txt', 'dist/sveltia-cms.js', ...assets.map((name) => `npm/assets/${name}`)]) {
    await cp(path.join(cms, part), path.join(folder, 'editor', path.basename(part)));
  }
  const book = path.join(folder, 'book.toml');
  await writeFile(book, `${await readFile(book, 'utf8')}${more}\n[editor]\nbackend = "github"\nrepo = "example/documents"\n`);
}

/** The lines that were taken out and put in, as `diff` says it. */
function changes(old, now) {
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].sort().flatMap((name) => {
    const [was, is] = [old[name], now[name]].map((text) => text?.split(/(?<=\n)/) ?? []);
    const common = Array.from({ length: was.length + 1 }, () => new Uint32Array(is.length + 1));
    for (let at = was.length - 1; at >= 0; at -= 1) {
      for (let to = is.length - 1; to >= 0; to -= 1) common[at][to] = was[at] === is[to] ? common[at + 1][to + 1] + 1 : Math.max(common[at + 1][to], common[at][to + 1]);
    }
    const lines = [];
    for (let at = 0, to = 0; at < was.length || to < is.length;) {
      if (was[at] === is[to] && at < was.length) [at, to] = [at + 1, to + 1];
      else if (to >= is.length || (at < was.length && common[at + 1][to] >= common[at][to + 1])) lines.push(`- ${was[at++]}`);
      else lines.push(`+ ${is[to++]}`);
    }
    return lines.length ? [name, ...lines.map((line) => line.replace(/\n$/, ''))] : [];
  });
}

describe('the web editor', { skip: !program && 'SOURCEBOOK is not set', timeout: 5 * 60_000 }, () => {
  let folder;
  let site;
  let server;
  let browser;
  let tab;
  let take;
  const refused = [];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sourcebook-cms-'));
    site = path.join(folder, 'public');
    await cp(fixture, folder, { recursive: true });
    for (const [name, text] of Object.entries(OWN)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
    await equip(folder);
    await run(program, ['build', '--quiet', '--root', folder, '--out', site]);
    server = await serve(site, everyHeaderOf);
    browser = await launch();
    tab = await browser.newPage({ viewport: TALL });
    tab.setDefaultTimeout(20_000);
    take = watch(tab, server.base);
    tab.on('requestfailed', (request) => {
      if (!request.url().startsWith(server.base)) refused.push({ url: request.url(), reason: request.failure()?.errorText });
    });
    await openFolder();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  /** Lays the site into the browser's private file system and opens it in the editor. */
  async function openFolder() {
    await tab.addInitScript(() => {
      window.showDirectoryPicker = () => navigator.storage.getDirectory();
    });
    await tab.goto(`${server.base}en/`);
    await tab.evaluate(async (files) => {
      const root = await navigator.storage.getDirectory();
      for (const [name, text] of Object.entries(files)) {
        const parts = name.split('/');
        let place = root;
        for (const part of parts.slice(0, -1)) place = await place.getDirectoryHandle(part, { create: true });
        const stream = await (await place.getFileHandle(parts.at(-1), { create: true })).createWritable();
        await stream.write(text);
        await stream.close();
      }
    }, { ...(await texts(folder)), '.git/HEAD': 'ref: refs/heads/main\n' });
    await tab.goto(`${server.base}admin/`);
    await tab.getByRole('button', { name: 'Work with Local Repository' }).click();
    await tab.waitForURL(/#\/collections\/pages/);
  }

  /** Writes what the editor saved into the folder, and says what has changed. */
  async function saved() {
    const now = await tab.evaluate(async () => {
      const files = {};
      const walk = async (place, way) => {
        for await (const [name, handle] of place.entries()) {
          if (handle.kind === 'directory') await walk(handle, `${way}${name}/`);
          else files[way + name] = await (await handle.getFile()).text();
        }
      };
      await walk(await navigator.storage.getDirectory(), '');
      return files;
    });
    const old = await texts(folder);
    const own = Object.fromEntries(Object.entries(now).filter(([name]) => !name.startsWith('.git/')));
    for (const [name, text] of Object.entries(own)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
    return changes(old, own);
  }

  /** The codes of what `check` has to say of the site. */
  async function check() {
    const { stdout } = await run(program, ['check', '--format', 'json', '--root', folder]).catch((error) => error);
    return JSON.parse(stdout).map(({ code }) => code);
  }

  const open = async (place) => {
    await tab.goto(`${server.base}admin/#/collections/${place}`);
    await tab.getByRole('button', { name: 'Save' }).waitFor();
    // The form is there before the texts are in it, and takes back what is typed until then.
    await tab.waitForTimeout(2000);
  };
  /** Starts the editor anew, with the folder that it had. */
  const restart = async () => {
    await tab.reload();
    const entered = tab.waitForURL(/#\/collections\//);
    await Promise.race([entered, tab.getByRole('button', { name: 'Work with Local Repository' }).click()]).catch(() => {});
    await entered;
  };
  /** Opens a list and what is folded in it. Sveltia now and then opens a file before it has read it, and shows an empty list: then it is started anew. */
  const unfold = async (place, key) => {
    for (let tries = 0; tries < 5; tries++) {
      await restart();
      if (!(await open(place).then(() => true, () => false))) continue;
      const isUnfolded = () => field(key).waitFor({ timeout: 3000 }).then(() => true, () => false);
      await tab.getByRole('button', { name: 'Expand', disabled: false }).first().click({ timeout: 5000 }).catch(() => {});
      if (await isUnfolded()) return;
    }
    assert.fail(`${place} shows no ${key}`);
  };
  const field = (key, lang) => tab.locator(`section[data-key-path="${key}"] :is(input, textarea)${lang ? `[lang="${lang}"]` : ''}`).first();
  const exchange = async (key, lang, old, now) => {
    const text = await field(key, lang).inputValue();
    assert.ok(text.includes(old), `${key} has no “${old}”: ${text}`);
    await field(key, lang).fill(text.replace(old, now));
    // Nobody writes in two languages within a moment, and Sveltia does not expect it.
    await tab.waitForTimeout(500);
  };
  const fill = async (values) => {
    for (const [key, value] of Object.entries(values)) {
      const section = tab.locator(`section[data-key-path="${key}"]`);
      await section.first().waitFor();
      if (await section.getByRole('combobox').count()) {
        await section.getByRole('combobox').click();
        await tab.getByRole('option', { name: value, exact: true }).click();
      } else if (await section.getByRole('radio').count()) {
        await section.getByRole('radio', { name: value, exact: true }).click();
      } else {
        await field(key).fill(value);
      }
    }
  };
  const picture = async (name) => {
    await mkdir(pictures, { recursive: true });
    await tab.screenshot({ path: path.join(pictures, `editor-${name}.png`), clip: { x: 0, y: 0, width: 1280, height: 1600 } });
  };
  const save = async () => {
    await tab.getByRole('button', { name: 'Save' }).click();
    // Then the list is shown again, and says so.
    await tab.getByText('Entry saved').first().waitFor();
    await tab.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
    await tab.waitForURL((address) => !/\/(?:new|entries\/.+)$/.test(address.hash));
  };

  test('changes the edited sentences of a page, in the left and the right language, and nothing else', async () => {
    await open('pages/entries/index');
    assert.equal(await field('body', 'he').evaluate((text) => getComputedStyle(text).direction), 'rtl');
    await exchange('body', 'en', 'was signed in San Francisco', 'was signed in the city of San Francisco');
    await exchange('body', 'he', 'נחתמה בסן פרנסיסקו', 'נחתמה בעיר סן פרנסיסקו');
    await exchange('key-facts.0', 'en', 'people lived', 'people were alive');
    await picture('page');
    await save();
    assert.deepEqual(await saved(), [
      'content/en/index.md',
      '-   - "[=world-population:latest] people lived on 15 November 2022, by the count of the United Nations."',
      '+   - "[=world-population:latest] people were alive on 15 November 2022, by the count of the United Nations."',
      '- The Charter of the United Nations was signed in San Francisco on 26 June 1945 [@un-charter-1945].',
      '+ The Charter of the United Nations was signed in the city of San Francisco on 26 June 1945 [@un-charter-1945].',
      'content/he/index.md',
      '- מגילת האומות המאוחדות נחתמה בסן פרנסיסקו ב־26 ביוני 1945 [@un-charter-1945].',
      '+ מגילת האומות המאוחדות נחתמה בעיר סן פרנסיסקו ב־26 ביוני 1945 [@un-charter-1945].',
    ]);
    assert.deepEqual(await check(), []);
  });

  test('keeps comments, quotation marks, blanks and order of a page', async () => {
    await open('pages/entries/documents/declaration');
    await exchange('summary', 'en', 'thirty', '30');
    await save();
    assert.deepEqual(await saved(), [
      'content/en/documents/declaration.md',
      '- summary: "A text of thirty articles [@udhr-1948]."',
      '+ summary: "A text of 30 articles [@udhr-1948]."',
    ]);
    assert.deepEqual(await check(), []);
  });

  test('adds a source, and changes it', async () => {
    await open('sources/new');
    await fill({
      id: 'udhr-text', type: 'webpage', lang: 'en', 'title.en': 'The text: “Universal Declaration”', 'title.he': 'נוסח ההכרזה',
      date: '1948-12-10', url: 'https://www.ohchr.org/en/universal-declaration-of-human-rights', accessed: '2026-08-22', kind: 'un', checked: 'stored-page',
    });
    await picture('source');
    await save();
    const record = [
      'content/sources/added/udhr-text.yaml',
      '+ udhr-text:',
      '+   type: webpage',
      '+   lang: en',
      '+   title: {en: "The text: “Universal Declaration”", he: "נוסח ההכרזה"}',
      '+   date: 1948-12-10',
      '+   url: https://www.ohchr.org/en/universal-declaration-of-human-rights',
      '+   accessed: 2026-08-22',
      '+   kind: un',
      '+   checked: stored-page',
    ];
    assert.deepEqual(await saved(), record);
    await open('sources/entries/udhr-text');
    await exchange('title.he', undefined, 'נוסח', 'הנוסח של');
    await save();
    assert.deepEqual(await saved(), [record[0], record[4].replace('+', '-'), record[4].replace('נוסח', 'הנוסח של')]);
    // Nobody cites it yet, which is said and is no error.
    assert.deepEqual(await check(), ['SB208']);
  });

  test('cites it, and adds a figure', async () => {
    await open('figures/new');
    await fill({ id: 'court-judges', 'label.en': 'Judges of the Court', 'label.he': 'שופטי בית הדין', value: '15', unit: 'people', 'as-of': '1945-06-26' });
    await fill({ 'reporter.en': 'Statute of the Court', 'reporter.he': 'חוקת בית הדין', source: 'un-charter-1945', 'population.en': 'Members of the Court', 'population.he': 'חברי בית הדין', locator: 'art. 3', status: 'reported', checked: 'corroborated' });
    await save();
    await open('pages/entries/documents/declaration');
    await exchange('body', 'en', 'All human beings', 'The Court has [=court-judges]; the text can be read [@udhr-text].\n\nAll human beings');
    await exchange('body', 'he', 'כל בני האדם', 'לבית הדין [=court-judges]; את הנוסח אפשר לקרוא [@udhr-text].\n\nכל בני האדם');
    await save();
    assert.deepEqual(await saved(), [
      'content/en/documents/declaration.md',
      '+ The Court has [=court-judges]; the text can be read [@udhr-text].',
      '+ ',
      'content/figures/added/court-judges.yaml',
      '+ court-judges:',
      '+   label: {en: "Judges of the Court", he: "שופטי בית הדין"}',
      '+   value: 15',
      '+   unit: people',
      '+   as-of: 1945-06-26',
      '+   reporter: {en: "Statute of the Court", he: "חוקת בית הדין"}',
      '+   population: {en: "Members of the Court", he: "חברי בית הדין"}',
      '+   source: un-charter-1945',
      '+   locator: "art. 3"',
      '+   status: reported',
      '+   checked: corroborated',
      'content/he/documents/declaration.md',
      '+ לבית הדין [=court-judges]; את הנוסח אפשר לקרוא [@udhr-text].',
      '+ ',
    ]);
    assert.deepEqual(await check(), []);
  });

  test('changes a meaning and adds a term in the files of the glossary', async () => {
    await unfold('terms/entries/terms', 'records.0.definition.he');
    await exchange('records.0.definition.he', undefined, 'בית הדין', 'בית המשפט');
    await tab.getByRole('button', { name: /Add .?Terms/ }).click();
    await fill({ 'records.2.id': 'charter', 'records.2.definition.en': 'The Charter of the United Nations.', 'records.2.definition.he': 'מגילת האומות המאוחדות.', 'records.2.page': 'documents/declaration' });
    await tab.locator('section[data-key-path="records.2.uncited"]').getByText(/Add .?Why it needs no source/).click();
    await fill({ 'records.2.uncited.any': 'explains a word' });
    await picture('terms');
    await save();
    assert.deepEqual(await saved(), [
      'content/terms/terms.yaml',
      '-   definition: {he: "בית הדין הבין־לאומי לצדק.", en: "The International Court of Justice."}',
      '+   definition: {he: "בית המשפט הבין־לאומי לצדק.", en: "The International Court of Justice."}',
      '+ ',
      '+ charter:',
      '+   definition: {en: "The Charter of the United Nations.", he: "מגילת האומות המאוחדות."}',
      '+   uncited: "explains a word"',
      '+   page: documents/declaration',
    ]);
  });

  test('asks no other host for anything, and no page leads to it', async () => {
    // What the policy forbids is never sent: the newest version, the state of the host, fonts of other hosts.
    assert.deepEqual(refused.filter(({ reason }) => reason !== 'csp'), []);
    assert.deepEqual([...new Set(refused.map(({ url }) => new URL(url).host))].sort(), ['cdn.jsdelivr.net']);
    const errors = take().filter(({ kind, text }) => kind === 'script error' || (kind === 'failed request' && text.startsWith(server.base)));
    assert.deepEqual(errors, []);
    // Its rules are for its folder alone, and where rules meet they do not say the same header twice.
    const own = await everyHeaderOf(site, '/admin/');
    assert.match(own['Content-Security-Policy'], /^[^,]*style-src 'self' 'unsafe-inline'; script-src 'self';[^,]*$/);
    for (const address of ['/', '/index.html', '/404.html', '/en/', '/he/documents/declaration/', '/static/sourcebook.css']) {
      const page = await everyHeaderOf(site, address);
      assert.match(page['Content-Security-Policy'], /^default-src 'none'; style-src 'self'; script-src 'self';[^,]*$/, address);
      assert.equal(page['Cross-Origin-Opener-Policy'], 'same-origin', address);
      assert.equal(page['X-Content-Type-Options'], 'nosniff', address);
    }
    const html = (await readdir(site, { recursive: true })).filter((name) => name.endsWith('.html') && !name.startsWith('admin/'));
    for (const name of html) assert.ok(!(await readFile(path.join(site, name), 'utf8')).includes('admin/'), name);
  });
});

test('every page, source, figure and term of the explainer comes back as it was', { skip: !program && 'SOURCEBOOK is not set' }, async () => {
  globalThis.window = {};
  globalThis.document = { addEventListener() {} };
  await import('../../../src/site/admin/editor.js');
  const { collections } = JSON.parse(await configuration());
  const [hidden] = collections[0].fields;
  // The editor opens files of one record; here the same forms are given whole libraries.
  const whole = collections.slice(1, 3).map(({ name, fields }) => ({
    format: `records ${name}`,
    fields: [hidden, { name: 'records', widget: 'list', fields: fields.slice(1) }],
  }));
  const formats = new Map(window.sourcebookFormats({ collections: [...collections, ...whole] }).map(({ name, methods }) => [name, methods]));
  const kinds = [[/^(en|he|ar|fr)\/.*\.md$/, 'page pages'], [/^sources\//, 'records sources'], [/^figures\/[^/]*\.yaml$/, 'records figures'], [/^terms\/terms/, 'records terms'], [/^terms\//, 'records names']];
  const root = path.join(repository, 'content');
  let seen = 0;
  let fields = 0;
  for (const name of await readdir(root, { recursive: true })) {
    const kind = kinds.find(([pattern]) => pattern.test(name) && /\.(md|yaml)$/.test(name))?.[1];
    if (!kind) continue;
    const text = await readFile(path.join(root, name), 'utf8');
    const { fromFile, toFile } = formats.get(kind);
    // The editor takes blanks off both ends, and puts a line break behind.
    const values = structuredClone(fromFile(text.trim()));
    assert.equal(`${toFile(values).trim()}\n`, text, name);
    seen += 1;
    fields += (values.records ?? [values]).reduce((sum, record) => sum + Object.keys(record).length, 0);
  }
  assert.ok(seen > 200 && fields > 8000, `${seen} files, ${fields} fields`);

  // What is edited is written so that it is read as the same again, whatever stands in it.
  const { fromFile, toFile } = formats.get('record sources');
  for (const word of ['a: b', "it's", '"so"', '- x', '#1', 'a #b', 'true', '12', '2024-01', '{a}', '[x]', '\\', 'x: ', '@a', '*', '~', 'null', 'שלום: "כן"', 'a, b', 'https://example.org/a,b?c=[d]#e:f', '‏נקודה', '%', '!', '|', '>', '`', '&a', '?', '-', '.', ':']) {
    const record = { id: 'a', type: word, title: { en: word, he: word }, author: [{ org: { any: word } }, { family: { en: word } }], quotes: [{ id: 'q1', exact: { en: word } }] };
    const again = fromFile(toFile(record));
    delete again['file-as-it-was'];
    assert.deepEqual(again, record, toFile(record));
    // And once more over itself: the second writing changes nothing.
    const text = toFile(record);
    assert.equal(toFile(fromFile(text)), text);
  }
});

/** The configuration that a build makes for the languages of the explainer. */
async function configuration() {
  const folder = await mkdtemp(path.join(tmpdir(), 'sourcebook-cms-'));
  try {
    await cp(fixture, folder, { recursive: true });
    await equip(folder, '\n[languages.ar]\n[languages.fr]\n');
    await run(program, ['build', '--quiet', '--root', folder, '--out', path.join(folder, 'public')]);
    return await readFile(path.join(folder, 'public/admin/config.yml'), 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}
