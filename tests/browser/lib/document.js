// What every file of a site must be before any script runs: languages, links, citations, and nothing that a disk or a strict policy forbids.
// Files are parsed by the browser itself (DOMParser), one by one; what concerns two files is compared afterwards.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { editionProblems } from './editions.js';
import { directionOf, resolveLink } from './site.js';
import { inspectWriting } from './writing.js';

/** Problems in the files of a site, as `{page, kind, text}`. `parser` is an empty page of the browser. */
export async function documentProblems(site, parser) {
  const problems = [];
  const found = new Map();
  for (const page of site.pages) {
    const bytes = await readFile(path.join(site.root, page.path));
    const add = (kind, text) => problems.push({ page: page.path, kind, text });
    encodingProblems(bytes, add);
    const result = await parser.evaluate(inspect, { html: page.kind === 'not-found' ? fromItsFolder(page, bytes.toString('utf8')) : bytes.toString('utf8'), rtl: site.languages.filter((lang) => directionOf(lang) === 'rtl') });
    for (const { kind, text } of [...result.problems, ...(await parser.evaluate(inspectWriting))]) add(kind, text);
    languageProblems(site, page, result, add);
    found.set(page.path, result);
  }
  for (const page of site.pages) {
    const add = (kind, text) => problems.push({ page: page.path, kind, text });
    linkProblems(site, page, found, add);
    switchProblems(site, page, found.get(page.path), add);
    editionProblems(site, page, found, add);
  }
  return problems;
}

/** A host shows the page for what is not found anywhere, so its links begin at the root of the host: here, of the site. */
function fromItsFolder(page, html) {
  return html.replaceAll(/ (href|src)="\//g, ` $1="${page.lang ? '../' : './'}`);
}

function encodingProblems(bytes, add) {
  const text = bytes.toString('utf8');
  if (text.startsWith('\uFEFF')) add('encoding', 'begins with a byte order mark');
  if (!/<meta charset="?utf-8"?/i.test(bytes.subarray(0, 1024).toString('latin1'))) {
    add('encoding', 'does not say charset=utf-8 within its first 1024 bytes');
  }
  if (text.includes('\uFFFD')) add('encoding', 'holds U+FFFD: something was not UTF-8');
  if (text.normalize('NFC') !== text) add('encoding', 'is not in Unicode normal form C');
  const control = /[\u202A-\u202E]/.exec(text);
  if (control) {
    add('encoding', `holds an embedding control U+${control[0].codePointAt(0).toString(16).toUpperCase()}: isolate with <bdi> instead`);
  }
  if (/[\u{1F1E6}-\u{1F1FF}]/u.test(text)) add('encoding', 'shows a flag for a language');
}

function languageProblems(site, page, result, add) {
  if (!result.lang) {
    add('language', '<html> has no lang');
  } else if (page.lang && result.lang !== page.lang) {
    add('language', `<html lang="${result.lang}"> in the folder ${page.lang}/`);
  } else if (!page.lang && !site.languages.includes(result.lang)) {
    add('language', `<html lang="${result.lang}"> is no language of the site`);
  }
  if (result.lang && result.dir !== directionOf(result.lang)) {
    add('language', `<html lang="${result.lang}" dir="${result.dir}">: the direction is ${directionOf(result.lang)}`);
  }
  if (!result.title) add('language', 'no title');
}

function linkProblems(site, page, found, add) {
  for (const { href, tag } of found.get(page.path).local) {
    const { file, fragment } = resolveLink(page.path, href);
    if (!file) {
      add('link', `<${tag}> ${href} leaves the site`);
    } else if (!site.files.has(file)) {
      add('link', `<${tag}> ${href} leads to no file`);
    } else if (fragment && found.has(file) && !found.get(file).ids.includes(fragment)) {
      add('link', `<${tag}> ${href} leads to no id`);
    }
  }
}

/** From each page one can go to the same page in every language, and the language of the link is said. */
function switchProblems(site, page, result, add) {
  if (!page.lang || page.kind === 'redirect' || page.kind === 'not-found') return;
  const links = result.local
    .filter((link) => link.tag === 'a')
    .map((link) => ({ ...link, file: resolveLink(page.path, link.href).file }));
  for (const lang of site.languages.filter((lang) => lang !== page.lang)) {
    const same = page.path.replace(/^[^/]+/, lang);
    const link = links.find((link) => link.file === same);
    if (!link) add('language switch', `no link to ${same}`);
    else if (link.hreflang !== lang) add('language switch', `the link to ${same} has hreflang="${link.hreflang}"`);
  }
}

/* ---- in the browser from here: one function, so that it can be sent there ---- */

/* global DOMParser, NodeFilter */
function inspect({ html, rtl }) {
  const doc = new DOMParser().parseFromString(html, 'text/html');
  globalThis.parsed = doc;
  const problems = [];
  const add = (kind, text) => problems.push({ kind, text });
  const all = (selector, within = doc) => [...within.querySelectorAll(selector)];
  const rtlLangs = new Set([...rtl, 'ar', 'he', 'fa', 'ur', 'yi', 'ps']);
  const primary = (lang) => lang.split('-')[0].toLowerCase();
  const dirOf = (lang) => (rtlLangs.has(lang) || rtlLangs.has(primary(lang)) ? 'rtl' : 'ltr');
  const show = (element) => {
    const open = element.cloneNode(false).outerHTML.replace(/<\/[a-z0-9]+>$/, '');
    return `${open.slice(0, 120)} “${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 60)}”`;
  };

  // Ids.
  const ids = all('[id]').map((element) => element.id);
  const seen = new Set();
  for (const id of ids) {
    if (seen.has(id)) add('id', `the id ${id} stands twice`);
    seen.add(id);
  }
  const byId = (id) => (id ? doc.getElementById(id) : null);
  const target = (link) => {
    const href = link.getAttribute('href') ?? '';
    return href.startsWith('#') ? byId(decodeURIComponent(href.slice(1))) : null;
  };

  // What a strict policy or a disk forbids.
  for (const element of all('*')) {
    for (const { name, value } of element.attributes) {
      if (name === 'style') add('forbidden', `style="${value}" on ${show(element)}`);
      if (name.startsWith('on')) add('forbidden', `${name}= on ${show(element)}`);
      if (name === 'integrity' || name === 'crossorigin') add('forbidden', `${name}= on ${show(element)}: blocks it on a disk`);
      if (/^\s*javascript:/i.test(value)) add('forbidden', `javascript: on ${show(element)}`);
    }
  }
  for (const element of all('style, base, iframe, object, embed, form[action]')) add('forbidden', show(element));
  for (const script of all('script')) {
    if (script.type === 'module') add('forbidden', 'a module script: does not load on a disk');
    else if (!script.hasAttribute('src') && script.type !== 'application/ld+json') add('forbidden', `an inline script “${script.textContent.slice(0, 40)}”`);
  }
  for (const use of all('use[href]')) {
    if (!use.getAttribute('href').startsWith('#')) add('forbidden', `${show(use)}: a sprite in another file does not load on a disk`);
  }

  // Links and resources. Only words may lead to another site; what is loaded lies here.
  const local = [];
  const hasScheme = (href) => /^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith('//');
  for (const element of all('[href], [src], [poster], [data-src]')) {
    const tag = element.localName;
    const rel = (element.getAttribute('rel') ?? '').toLowerCase().split(/\s+/);
    const href = element.getAttribute('href') ?? element.getAttribute('src') ?? element.getAttribute('poster') ?? '';
    if (tag === 'a' || tag === 'area') {
      if (!hasScheme(href)) {
        if (href.startsWith('/')) add('link', `${show(element)} is absolute`);
        else local.push({ tag, href, hreflang: element.getAttribute('hreflang'), words: element.textContent.trim(), lang: element.getAttribute('lang'), dir: element.getAttribute('dir'), labelled: Boolean(element.closest('main [lang]') ?? element.querySelector('[lang]')) });
      } else if (!/^(https?:\/\/|mailto:)/i.test(href)) {
        add('link', `${show(element)} has a scheme other than http, https and mailto`);
      } else if (/^http/i.test(href) && !rel.includes('noopener')) {
        add('link', `${show(element)} leads out without rel=noopener`);
      }
      if (element.getAttribute('target') === '_blank') add('link', `${show(element)} opens a window`);
    } else if (tag === 'link' && (rel.includes('canonical') || rel.includes('alternate'))) {
      if (!hasScheme(href)) local.push({ tag, href, hreflang: element.getAttribute('hreflang') });
    } else if (/^data:/.test(href) && (tag === 'img' || rel.includes('icon'))) {
      continue;
    } else if (hasScheme(href) || href.startsWith('/')) {
      add('third party', `${show(element)} is not relative`);
    } else {
      local.push({ tag, href, hreflang: null });
    }
  }
  for (const element of all('[srcset]')) {
    for (const part of element.getAttribute('srcset').split(',')) local.push({ tag: 'img', href: part.trim().split(/\s+/)[0], hreflang: null });
  }
  const refresh = /url=(.*)$/i.exec(doc.querySelector('meta[http-equiv="refresh" i]')?.content ?? '')?.[1];
  if (refresh) local.push({ tag: 'meta', href: refresh.trim(), hreflang: null });

  // Text in another language says which, and which way it runs.
  for (const element of all('body [lang]')) {
    const lang = element.getAttribute('lang');
    if (!lang) {
      add('text language', `empty lang on ${show(element)}`);
      continue;
    }
    const holder = element.closest('[dir], bdi');
    const dir = holder?.getAttribute('dir') ?? (holder?.localName === 'bdi' ? 'auto' : null);
    if (dir && dir !== 'auto' && dir !== dirOf(lang)) add('text language', `${show(element)} stands in dir="${dir}"`);
  }
  const scripts = {
    Hebrew: { letters: /\p{Script=Hebrew}/u, langs: ['he', 'yi'] },
    Arabic: { letters: /\p{Script=Arabic}/u, langs: ['ar', 'fa', 'ur', 'ps', 'ckb', 'sd', 'ug'] },
    Latin: { letters: /\p{Script=Latin}/u, langs: null },
  };
  const nonLatin = [...scripts.Hebrew.langs, ...scripts.Arabic.langs];
  const texts = [];
  const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.trim() && !node.parentElement.closest('script, style')) texts.push(node);
  }
  for (const node of texts) {
    const lang = primary(node.parentElement.closest('[lang]')?.getAttribute('lang') ?? '');
    for (const [name, { letters, langs }] of Object.entries(scripts)) {
      const fits = langs ? langs.includes(lang) : !nonLatin.includes(lang);
      if (fits || node.parentElement.closest('code, pre, [translate="no"], .author, .authority, .publisher, .container')) continue;
      // A name or an abbreviation is no text in another language (WCAG 3.1.2 exempts proper names); a run of more than four words is.
      const run = longestRun(node.data, letters);
      if (run.length > 4) add('text language', `${name} words in lang="${lang}": “${run.join(' ').slice(0, 80)}”`);
    }
  }
  function longestRun(text, letters) {
    let best = [];
    let current = [];
    for (const word of text.split(/\s+/u)) {
      // Document symbols and abbreviations belong to every language.
      const isCode = /[\d/]/.test(word) || word === word.toUpperCase() && word !== word.toLowerCase();
      if (letters.test(word) && !isCode) current.push(word);
      else if (/\p{L}/u.test(word)) current = [];
      if (current.length > best.length) best = [...current];
      // Who says so, and what: two names.
      if (word.endsWith(':')) current = [];
    }
    return best;
  }

  // In a text that runs to the left, a sign, a range or a bracket moves unless it is isolated.
  const rtlLetter = /[\p{Script=Hebrew}\p{Script=Arabic}]/u;
  /** The text from which `<bdi>` takes its direction: what is isolated in it is passed over. */
  function ownText(element) {
    const own = element.cloneNode(true);
    for (const inner of own.querySelectorAll('bdi, [dir]')) inner.remove();
    return own.textContent;
  }
  /** The direction in which a text stands: that of the nearest element that sets one. Without `dir`, `<bdi>` takes that of its first letter. */
  function directionAt(element) {
    const holder = element.closest('[dir], bdi');
    const dir = holder?.getAttribute('dir');
    if (!holder || (dir && dir !== 'auto')) return dir ?? 'ltr';
    const first = /\p{L}/u.exec(ownText(holder));
    if (!first) return 'ltr';
    return rtlLetter.test(first[0]) ? 'rtl' : 'ltr';
  }
  const moving = [
    [/(?:^|[\s(\[“"'])[+\-\u2212]\d/u, 'a sign before a number'],
    [/\d\+(?!\d)/u, 'a sign after a number'],
    [/\p{Script=Arabic}[^\p{Script=Latin}\p{Script=Hebrew}]*\d%/u, 'a percentage after Arabic letters'],
    [/\d[\u2010-\u2014-]\d/u, 'a range'],
    [/\d[ \u00A0]\d/u, 'a number in groups'],
    [/\d[.,:/\u2013-]\d+[ \u00A0]?[\p{Script=Latin}]{2}/u, 'a number with separators beside Latin letters'],
    [/\p{Script=Latin}[^\p{Script=Hebrew}\p{Script=Arabic}()]*\([^\p{Script=Hebrew}\p{Script=Arabic}()]*\)/u, 'a name with brackets behind it'],
  ];
  for (const node of texts) {
    // What an SVG says to those who listen is not seen.
    if (node.parentElement.closest('code, pre, sup.cite, svg title, svg desc')) continue;
    const match = moving.map(([rule, what]) => [rule.exec(node.data), what]).find(([found]) => found);
    if (!match || directionAt(node.parentElement) !== 'rtl') continue;
    const [{ index }, what] = match;
    add('bidi', `${what} is not isolated: “${node.data.slice(Math.max(0, index - 20), index + 25).trim()}”`);
  }
  for (const phrase of all('bdi:not([dir])')) {
    const parts = [...phrase.childNodes].filter((node) => /[^\s\p{P}]/u.test(node.textContent));
    // Latin names alone run to the right, and rightly so.
    if (parts.length < 2 || /\p{L}/u.test(ownText(phrase)) || !rtlLetter.test(phrase.textContent) || directionAt(phrase.parentElement) !== 'rtl') continue;
    add('bidi', `${show(phrase)} holds isolates alone and runs to the right: give it a direction`);
  }
  for (const mark of all('sup.cite a, a.figure')) {
    const isolated = mark.closest('bdi, [dir="ltr"], sup') || mark.querySelector('bdi');
    if (!isolated) add('bidi', `${show(mark)} is not isolated`);
  }

  // Citations: each mark leads to an entry that leads back; each entry is led to.
  for (const mark of all('[role="doc-noteref"]')) {
    // A mark of several sources leads to a place within the first of their entries.
    const entry = target(mark)?.closest('li');
    if (!entry) {
      add('citation', `${show(mark)} leads to no entry`);
    } else if (mark.id && !all('a[href]', entry).some((link) => target(link) === mark)) {
      add('citation', `the entry ${entry.id} does not lead back to ${mark.id}`);
    }
    if (mark.closest('sup.cite') && !mark.getAttribute('aria-label')) add('citation', `${show(mark)} has no name for those who listen`);
  }
  for (const mark of all('a.figure')) {
    const record = target(mark);
    if (!record) {
      add('citation', `${show(mark)} leads to no record`);
    } else if (!all('a[href]', record).some((link) => target(link) === mark)) {
      add('citation', `the record ${record.id} does not lead back to ${mark.id}`);
    }
  }
  for (const list of all('[role="doc-bibliography"]')) {
    for (const entry of all('li[id]', list)) {
      const back = all('a[href]', entry).filter((link) => target(link) && !list.contains(target(link)));
      if (back.length === 0) add('citation', `the entry ${entry.id} does not lead back into the text`);
    }
  }

  return {
    problems,
    ids,
    local,
    lang: doc.documentElement.getAttribute('lang'),
    dir: doc.documentElement.getAttribute('dir'),
    title: doc.title.trim(),
    sections: all('main :is(h2, h3)[id]').map((element) => element.id),
    sources: all('[role="doc-bibliography"] li[id^="s-"]').map((element) => element.id),
    figures: all('main .text a.figure').length,
  };
}
