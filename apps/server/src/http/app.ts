import { AppError } from '@twin/core/app-error';
import { Hono } from 'hono';
import { admit } from '../rest/admit.ts';
import { authEndpoints } from '../rest/auth-endpoints.ts';
import { chatEndpoint } from '../rest/chat.ts';
import { documentFileEndpoint } from '../rest/document-file.ts';
import { documentPageEndpoint } from '../rest/document-page.ts';
import { deleteDocumentEndpoint, documentEndpoint, documentsEndpoint } from '../rest/documents.ts';
import { ingestEndpoint } from '../rest/ingest.ts';
import { noSuchEndpoint } from '../rest/no-such-endpoint.ts';
import { openApiDocument } from '../rest/openapi/openapi-document.ts';
import { respondWithError } from '../rest/respond-with-error.ts';
import { unlockEndpoint } from '../rest/unlock.ts';
import { uploadEndpoint } from '../rest/upload.ts';
import { sitePagesEndpoint, webPageEndpoint } from '../rest/web-page.ts';
import { answerLateBodies } from './answer-late-bodies.ts';
import { callerLeft } from './caller-left.ts';
import { checkHost } from './check-host.ts';
import { checkOrigin } from './check-origin.ts';
import { createClientAddress } from './client-address.ts';
import { healthEndpoints } from './health-endpoints.ts';
import type { HttpEnv } from './http-env.ts';
import { refuseLargeBodies } from './refuse-large-bodies.ts';
import { refuseUnnamedProxy } from './refuse-unnamed-proxy.ts';
import { requireJson, uploadPath } from './require-json.ts';
import { contentSecurityPolicyFor, securityHeaders } from './security-headers.ts';
import { serveWebApp } from './serve-web-app.ts';
import type { ServerParts } from './server-parts.ts';
import { trackRequest } from './track-request.ts';
import { trpcEndpoint } from './trpc-endpoint.ts';
import { trpcPath } from './trpc-path.ts';
import { warnOfUnlistedProxy } from './warn-of-unlisted-proxy.ts';

const openApi = openApiDocument();

/** Every door of the server, in the order a request meets them. */
export function createApp(parts: ServerParts): Hono<HttpEnv> {
  const { access, env, deps, metrics, requests, webApp } = parts;
  const app = new Hono<HttpEnv>();
  app.onError((error, c) => {
    const seen = callerLeft(c, error) ? new AppError('canceled', 'The request broke off.', { cause: error }) : error;
    return respondWithError(c, seen, deps.logger);
  });

  // On the own machine nobody signs in, and who comes through a proxy from elsewhere is refused.
  const onUnlistedProxy = access.kind === 'owner' ? warnOfUnlistedProxy(deps.logger) : undefined;
  app.use(trackRequest(parts, createClientAddress(env.trustedProxies, onUnlistedProxy)));
  app.use(
    securityHeaders(
      contentSecurityPolicyFor(webApp?.scriptHashes ?? []),
      env.publicOrigin?.startsWith('https://') === true,
    ),
  );
  app.route('/', healthEndpoints(parts));
  app.use(checkHost(env));
  app.use(refuseUnnamedProxy(access));

  app.use('/api/*', answerLateBodies(), requests.count, checkOrigin(env), requireJson, refuseLargeBodies());
  app.all(`${trpcPath}/*`, trpcEndpoint(parts));
  app.put(uploadPath, admit(parts, 'upload'), uploadEndpoint(parts));
  app.post('/api/web-pages', admit(parts, 'upload'), webPageEndpoint(parts));
  app.post('/api/site-pages', admit(parts, 'upload'), sitePagesEndpoint(parts));
  app.post('/api/ingest', admit(parts, 'ingest'), ingestEndpoint(parts));
  app.post('/api/chat', admit(parts, 'chat'), chatEndpoint(parts));
  app.get('/api/documents', admit(parts, 'read'), documentsEndpoint(parts));
  app.get('/api/documents/:id', admit(parts, 'read'), documentEndpoint(parts));
  app.delete('/api/documents/:id', admit(parts, 'write'), deleteDocumentEndpoint(parts));
  app.get('/api/documents/:id/file', admit(parts, 'read'), documentFileEndpoint(parts));
  app.get('/api/documents/:id/pages/:page', admit(parts, 'page'), documentPageEndpoint(parts));
  app.post('/api/documents/:id/unlock', admit(parts, 'write'), unlockEndpoint(parts));
  app.get('/api/openapi.json', admit(parts, 'read'), (c) => c.json(openApi));
  app.route('/api', authEndpoints(parts));
  app.all('/api/*', (c) => {
    throw noSuchEndpoint(c.req.method, c.req.path);
  });

  app.get('/metrics', admit(parts, 'read'), async (c) => {
    const { contentType, body } = await metrics.render();
    return c.body(body, 200, { 'Content-Type': contentType });
  });
  app.get('*', serveWebApp(webApp));
  app.notFound((c) =>
    respondWithError(
      c,
      new AppError('not-found', 'There is nothing at this address. See /api/openapi.json for what there is.'),
      deps.logger,
    ),
  );
  return app;
}
