import type { Context, Handler } from 'hono';
import type { HttpEnv } from './http-env.ts';
import type { WebApp } from './web-app.ts';

type WebFile = WebApp['page'];

/** The web app's files, and its page for every other path a browser navigates to. */
export function serveWebApp(webApp: WebApp | null): Handler<HttpEnv> {
  return (c) => {
    if (webApp === null) {
      return c.text('The web app is not built yet: run "npm start", or "pnpm build" while developing.\n', 503);
    }
    const file = webApp.files.get(c.req.path);
    if (file !== undefined) {
      return respond(c, file);
    }
    const isNavigation = c.req.header('accept')?.includes('text/html') === true;
    if (isNavigation && !c.req.path.startsWith('/assets/')) {
      return respond(c, webApp.page);
    }
    return c.text('Not found\n', 404);
  };
}

function respond(c: Context<HttpEnv>, file: WebFile) {
  c.header('ETag', file.etag);
  c.header('Cache-Control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  c.header('Vary', 'Accept-Encoding');
  if (c.req.header('if-none-match') === file.etag) {
    return c.body(null, 304);
  }
  c.header('Content-Type', file.contentType);
  const accepted = c.req.header('accept-encoding') ?? '';
  if (file.brotli !== undefined && /\bbr\b/.test(accepted)) {
    c.header('Content-Encoding', 'br');
    return c.body(file.brotli);
  }
  if (file.gzip !== undefined && /\bgzip\b/.test(accepted)) {
    c.header('Content-Encoding', 'gzip');
    return c.body(file.gzip);
  }
  return c.body(file.bytes);
}
