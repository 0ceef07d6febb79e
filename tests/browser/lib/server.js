// A small static server for the tests: the site below a sub-path, with the headers that the site tells its host to send.

import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** The folder below which the site is served: relative links must not notice it. */
export const SUB_PATH = '/some/path/';

/** What `_headers` says of every file. As a header, because a policy in a `meta` element binds less. */
export async function headersOf(root) {
  const text = await readFile(path.join(root, '_headers'), 'utf8').catch(() => '');
  const rule = /^\/\*\n((?: +.+\n)+)/.exec(text);
  return Object.fromEntries((rule?.[1] ?? '').split('\n').filter(Boolean).map((line) => line.trim().split(/: (.*)/, 2)));
}

/** What `_headers` says of one address, as the hosts take it: the rules that fit, and where two say a header, both values. */
export async function everyHeaderOf(root, address) {
  const text = await readFile(path.join(root, '_headers'), 'utf8').catch(() => '');
  const found = {};
  for (const rule of text.split('\n\n')) {
    const [pattern, ...lines] = rule.split('\n').filter(Boolean);
    if (!(pattern?.endsWith('*') ? address.startsWith(pattern.slice(0, -1)) : address === pattern)) continue;
    for (const [name, value] of lines.map((line) => line.trim().split(/: (.*)/, 2))) found[name] = found[name] ? `${found[name]}, ${value}` : value;
  }
  return found;
}

export const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

/**
 * Serves `root` on a free port of the loopback interface, with the headers that `headers` finds for an address below the site's own.
 * @returns {Promise<{origin: string, base: string, close: () => Promise<void>}>}
 */
export async function serve(root, headers = headersOf) {
  const server = createServer((request, response) => {
    answer(root, headers, request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    base: origin + SUB_PATH,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function answer(root, headersAt, request, response) {
  const pathname = decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname);
  const headers = { ...(await headersAt(root, pathname.replace(SUB_PATH, '/'))), 'Cache-Control': 'no-store' };
  // A site that does not know its address takes its page for what is not found to be at the root of the host.
  const below = [SUB_PATH, '/static/'].find((folder) => pathname.startsWith(folder));
  if (!below) {
    response.writeHead(404, headers).end();
    return;
  }
  const full = path.join(root, path.normalize(below === SUB_PATH ? `/${pathname.slice(SUB_PATH.length)}` : pathname));
  const found = await stat(full).catch(() => null);
  if (found?.isDirectory() && !pathname.endsWith('/')) {
    response.writeHead(301, { ...headers, Location: `${encodeURI(pathname)}/` }).end();
    return;
  }
  const file = found?.isDirectory() ? path.join(full, 'index.html') : full;
  const body = await readFile(file).catch(() => null);
  if (body) {
    response.writeHead(200, { ...headers, 'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream' }).end(body);
    return;
  }
  const lang = pathname.slice(SUB_PATH.length).split('/', 1)[0];
  const own = await readFile(path.join(root, path.basename(lang), '404.html')).catch(() => null);
  const missing = own ?? (await readFile(path.join(root, '404.html')).catch(() => 'not found'));
  response.writeHead(404, { ...headers, 'Content-Type': TYPES['.html'] }).end(missing);
}
