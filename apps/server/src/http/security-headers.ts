import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from './http-env.ts';

/**
 * On every answer. A handler that sets one of them itself (a download, a hashed asset) keeps its own.
 * @param contentSecurityPolicy for pages; answers that are not pages ignore it.
 */
export function securityHeaders(contentSecurityPolicy: string, isHttps: boolean): MiddlewareHandler<HttpEnv> {
  const headers: Record<string, string> = {
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'Cache-Control': 'no-store',
    ...(isHttps ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) {
      if (!c.res.headers.has(name)) {
        c.res.headers.set(name, value);
      }
    }
    if (c.res.headers.get('content-type')?.startsWith('text/event-stream') === true) {
      // Proxies that compress or buffer would hold a stream back.
      c.res.headers.set('Cache-Control', 'no-store, no-transform');
      c.res.headers.set('X-Accel-Buffering', 'no');
    }
  };
}

/** @param scriptHashes of the page's inline scripts, as `sha256-…`. */
export function contentSecurityPolicyFor(scriptHashes: readonly string[]): string {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...scriptHashes.map((hash) => `'${hash}'`)].join(' '),
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}
