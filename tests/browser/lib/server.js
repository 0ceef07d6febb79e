// A small static server for the tests: the site below a sub-path, under a Content-Security-Policy that is stricter than a host would send.

import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** The folder below which the site is served: relative links must not notice it. */
export const SUB_PATH = '/some/path/';

/** As a header, because a policy in a `meta` element binds less. */
export const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.xml': 'application/xml',
};

/**
 * Serves `root` on a free port of the loopback interface.
 * @returns {Promise<{origin: string, base: string, close: () => Promise<void>}>}
 */
export async function serve(root) {
  const server = createServer((request, response) => {
    answer(root, request, response).catch((error) => {
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

async function answer(root, request, response) {
  const headers = { 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };
  const pathname = decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname);
  if (!pathname.startsWith(SUB_PATH)) {
    response.writeHead(404, headers).end();
    return;
  }
  const full = path.join(root, path.normalize(`/${pathname.slice(SUB_PATH.length)}`));
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
  const missing = await readFile(path.join(root, '404.html')).catch(() => 'not found');
  response.writeHead(404, { ...headers, 'Content-Type': TYPES['.html'] }).end(missing);
}
