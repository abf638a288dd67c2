import { webAddress } from '@twin/api/fields';
import { importWebPage } from '@twin/core/documents/import-web-page';
import { listSitePages } from '@twin/core/documents/list-site-pages';
import type { Handler } from 'hono';
import { z } from 'zod';
import type { HttpEnv } from '../http/http-env.ts';
import type { ServerParts } from '../http/server-parts.ts';
import { readJson } from './read-json.ts';

export const webPageBody = z.object({ url: webAddress });

/** `POST /api/web-pages`: takes in what is at one web address. */
export function webPageEndpoint({ deps }: ServerParts): Handler<HttpEnv> {
  return async (c) => {
    const { url } = await readJson(c, webPageBody);
    const { scope, label } = c.get('principal');
    const result = await importWebPage(deps, scope, { url, userLabel: label });
    return c.json(result, result.outcome === 'duplicate' ? 200 : 201);
  };
}

/** `POST /api/site-pages`: the pages that the site map of an address names. */
export function sitePagesEndpoint({ deps }: ServerParts): Handler<HttpEnv> {
  return async (c) => {
    const { url } = await readJson(c, webPageBody);
    return c.json(await listSitePages(deps, url));
  };
}
