// Reads a built site: its files, its languages, and what kind of page each HTML file is.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Languages written from right to left, by their primary subtag. */
const RTL = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi']);

/** The direction of a language. */
export function directionOf(lang) {
  return RTL.has(lang.split('-')[0].toLowerCase()) ? 'rtl' : 'ltr';
}

/**
 * Reads the folder of a site.
 * @returns {Promise<{root: string, files: Set<string>, languages: string[], pages: {path: string, lang: string|null, kind: string, size: number}[]}>}
 */
export async function readSite(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join('/')),
  );
  const languages = [...files]
    .map((file) => /^([a-z]{2,3}(?:-[A-Za-z0-9]+)*)\/index\.html$/.exec(file)?.[1])
    .filter(Boolean)
    .sort();
  const html = [...files].filter((file) => file.endsWith('.html')).sort();
  const pages = html.map((file) => {
    const first = file.split('/')[0];
    const lang = languages.includes(first) ? first : null;
    return { path: file, lang, kind: '', size: 0 };
  });
  for (const page of pages) {
    const text = await readFile(path.join(root, page.path), 'utf8');
    page.size = text.length;
    page.kind = kindOf(page, text, html);
  }
  return { root, files, languages, pages };
}

function kindOf(page, text, html) {
  if (page.path === 'index.html') return 'chooser';
  if (path.basename(page.path) === '404.html') return 'not-found';
  if (/http-equiv="?refresh/i.test(text)) return 'redirect';
  if (page.path === `${page.lang}/index.html`) return 'home';
  const library = page.path.slice(`${page.lang}/`.length);
  if (library.startsWith('sources/')) return /id="page-sentences"/.test(text) ? 'source' : 'sources';
  const notice = /notice-fallback/.test(text) ? 'fallback-' : '';
  const folder = page.path.slice(0, -'index.html'.length);
  const isSection = html.some((other) => other !== page.path && other.startsWith(folder));
  return notice + (isSection ? 'section' : 'page');
}

/**
 * Whether a page is one of those that stand for many alike: the pages of the library, and those into which long lists are cut. One in sixteen
 * or four is looked at in a browser; their files are all read by another test.
 */
export function isSampled(page, index) {
  if (page.kind.startsWith('source')) return index % 16 === 0;
  return !/^[^/]+\/(timeline|figures)\/.+\//.test(page.path) || index % 4 === 0;
}

/** The site named by an environment variable: `SITE`, or another. */
export async function siteFromEnvironment(name = 'SITE') {
  const root = process.env[name];
  if (!root) {
    throw new Error(`Set ${name} to the folder of a built site, e.g. ${name}=/tmp/site npm test (scripts/test does it for you).`);
  }
  const site = await readSite(path.resolve(root));
  if (site.languages.length === 0) {
    throw new Error(`No built site in ${root}: there is no <language>/index.html.`);
  }
  return site;
}

/**
 * The file that a relative link leads to, from a file of the site.
 * @returns {{file: string, fragment: string}} `file` may not exist; it is '' for a link that leaves the site.
 */
export function resolveLink(from, href) {
  const base = new URL(`site://x/root/${from}`);
  const url = new URL(href, base);
  const pathname = decodeURIComponent(url.pathname);
  const fragment = decodeURIComponent(url.hash.slice(1));
  if (!pathname.startsWith('/root/')) return { file: '', fragment };
  let file = pathname.slice('/root/'.length);
  if (file === '' || file.endsWith('/')) file += 'index.html';
  return { file, fragment };
}
