/**
 * The built window, file by file, for `app://` and for the loopback server.
 *
 * Security: only files below the root are served, and every page comes with a policy that lets it run nothing but the console's own
 * scripts. Styles that libraries add at run time carry the nonce written into the page.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';

export interface ConsoleFile {
  status: 200 | 400 | 404;
  headers: Record<string, string>;
  body: Buffer<ArrayBuffer>;
}

/** Written in index.html wherever the nonce belongs. */
const NONCE_PLACEHOLDER = '__NONCE__';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * The file at `pathname` (as it stands in a URL) below `root`. A path without an extension is a screen of the console: the page itself.
 * `connect` lists further places the page may talk to, besides where it came from.
 */
export async function consoleFile(
  root: string,
  pathname: string,
  connect: readonly string[] = [],
): Promise<ConsoleFile> {
  const path = decoded(pathname);
  if (path === null) return plain(400, 'That address is not one of the console’s.');
  const wanted = extname(path) === '' ? 'index.html' : path;
  const file = resolve(join(root, wanted));
  if (!file.startsWith(resolve(root) + sep)) return plain(400, 'That address is not one of the console’s.');
  try {
    const content = await readFile(file);
    return extname(file) === '.html' ? page(content.toString('utf8'), connect) : asset(file, content);
  } catch {
    return plain(404, 'The console has no such file.');
  }
}

export function contentPolicy(nonce: string, connect: readonly string[]): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src ${["'self'", ...connect].join(' ')}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

function page(html: string, connect: readonly string[]): ConsoleFile {
  const nonce = randomBytes(18).toString('base64');
  return {
    status: 200,
    headers: {
      ...headersFor('.html'),
      'cache-control': 'no-store',
      'content-security-policy': contentPolicy(nonce, connect),
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    },
    body: Buffer.from(html.replaceAll(NONCE_PLACEHOLDER, nonce)),
  };
}

function asset(file: string, content: Buffer<ArrayBuffer>): ConsoleFile {
  // The bundler puts a hash of the content into every name below assets/.
  const isHashed = file.split(sep).includes('assets');
  const caching = isHashed ? 'private, max-age=31536000, immutable' : 'no-cache';
  return { status: 200, headers: { ...headersFor(extname(file)), 'cache-control': caching }, body: content };
}

function plain(status: 400 | 404, text: string): ConsoleFile {
  return { status, headers: { ...headersFor('.txt'), 'cache-control': 'no-store' }, body: Buffer.from(text) };
}

const headersFor = (extension: string): Record<string, string> => ({
  'content-type': TYPES[extension.toLowerCase()] ?? 'application/octet-stream',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
});

/** Null for a path that tries to be something else: bad escapes, a null byte, a backslash, a step upwards. */
function decoded(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname);
    return /[\0\\]/.test(path) || path.split('/').includes('..') ? null : path;
  } catch {
    return null;
  }
}
