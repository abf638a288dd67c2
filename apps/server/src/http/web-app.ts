import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

interface Encoded {
  bytes: Uint8Array<ArrayBuffer>;
  contentType: string;
  etag: string;
  /** Its name holds a hash of its content, so it never changes. */
  immutable: boolean;
  /** The same bytes compressed at build time. */
  brotli: Uint8Array<ArrayBuffer> | undefined;
  gzip: Uint8Array<ArrayBuffer> | undefined;
}

/** The built web app in memory. Requests look paths up in a map: no path of theirs is ever joined to a folder. */
export interface WebApp {
  files: ReadonlyMap<string, Encoded>;
  /** Answers every path of the app's own routes. */
  page: Encoded;
  /** Of the page's inline scripts, as `sha256-…`. */
  scriptHashes: string[];
}

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/** Reads a build folder; null when there is none. Source maps are left out. */
export async function loadWebApp(folder: string): Promise<WebApp | null> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const bytesByPath = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const entry of entries.filter((found) => found.isFile())) {
    const file = join(entry.parentPath, entry.name);
    bytesByPath.set(`/${relative(folder, file).split(sep).join('/')}`, new Uint8Array(await readFile(file)));
  }
  const files = new Map<string, Encoded>();
  for (const [path, bytes] of bytesByPath) {
    const contentType = contentTypes[extname(path)];
    if (contentType !== undefined) {
      files.set(path, {
        bytes,
        contentType,
        etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
        immutable: path.startsWith('/assets/'),
        brotli: bytesByPath.get(`${path}.br`),
        gzip: bytesByPath.get(`${path}.gz`),
      });
    }
  }
  const page = files.get('/index.html');
  if (page === undefined) {
    return null;
  }
  files.set('/', page);
  return { files, page, scriptHashes: inlineScriptHashes(page.bytes) };
}

function inlineScriptHashes(page: Uint8Array): string[] {
  const html = new TextDecoder().decode(page);
  const inline = html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g);
  return [...inline].map(([, code = '']) => `sha256-${createHash('sha256').update(code).digest('base64')}`);
}
