// What a page weighs: what its own files take on the way to a reader, packed as hosts pack them.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { resolveLink } from './site.js';

/** The budgets of a page, in bytes packed; 1 KB is 1,024 bytes. Requests are those without which the page is not whole. */
export const BUDGET = { requests: 3, text: 50 * 1024, css: 10 * 1024, js: 8 * 1024 };

/** Every host has gzip; brotli would be a fifth less. The level is gzip's highest, which hosts that pack beforehand use. */
const packed = (bytes) => gzipSync(bytes, { level: 9 }).length;

/**
 * The weight of a page of a site, read from its files.
 * @returns {Promise<{html: number, css: number, js: number, raw: number, files: string[]}>} packed bytes, the unpacked size of the page, its files
 */
export async function weigh(root, page) {
  const bytes = await readFile(path.join(root, page));
  const html = bytes.toString('utf8');
  // The page for what is not found names files from the root of its host.
  const fileOf = (href) => (href.startsWith('/') ? href.slice(1) : resolveLink(page, href).file);
  const linked = (pattern) => [...html.matchAll(pattern)].map(([, href]) => fileOf(href));
  const sheets = linked(/<link\b[^>]*\brel="?stylesheet"?[^>]*\bhref="([^"]+)"/g);
  const scripts = linked(/<script\b[^>]*\bsrc="([^"]+)"/g);
  const sum = async (files) => {
    const sizes = await Promise.all(files.map(async (file) => packed(await readFile(path.join(root, file)))));
    return sizes.reduce((a, b) => a + b, 0);
  };
  return { html: packed(bytes), css: await sum(sheets), js: await sum(scripts), raw: bytes.length, files: [page, ...sheets, ...scripts] };
}

/** The words of a page's text and the sources in its list. `tab` is an empty page of the browser. */
export function extent(tab, html) {
  return tab.evaluate((html) => {
    const doc = new DOMParser().parseFromString(html, 'text/html');
    const sources = doc.querySelectorAll('section.sources .entry').length;
    const text = doc.querySelector('main .text');
    for (const beside of text?.querySelectorAll('sup, .margin, svg, details') ?? []) beside.remove();
    return { sources, words: text?.textContent.split(/\s+/).filter(Boolean).length ?? 0 };
  }, html);
}
