interface JsonRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A request as a client of the API sends it: JSON, where it has a body. */
export async function sendJson(
  url: string,
  { method = 'GET', headers = {}, body }: JsonRequest = {},
): Promise<Response> {
  return await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
