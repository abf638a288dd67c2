import OpenAI from 'openai';

export interface OpenAiEndpoint {
  /** Undefined where the endpoint wants none, as local servers do. */
  apiKey: string | undefined;
  /** Ends in `/v1` as a rule; undefined means OpenAI's own. */
  baseUrl: string | undefined;
}

/**
 * The SDK's client with everything hidden switched off: no retries of its own (a 429 would be a silent stall), no
 * redirects (the key must not travel), no settings read from the environment, no console logging, and no response
 * larger than `responseBytesMax`.
 */
export function createOpenAiClient(endpoint: OpenAiEndpoint, responseBytesMax: number): OpenAI {
  return new OpenAI({
    apiKey: endpoint.apiKey ?? 'none',
    baseURL: endpoint.baseUrl ?? 'https://api.openai.com/v1',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    logLevel: 'off',
    fetchOptions: { redirect: 'error' },
    fetch: async (url, init) => capBytes(await fetch(url, init), responseBytesMax),
  });
}

export class ResponseTooLargeError extends Error {
  override readonly name = 'ResponseTooLargeError';
}

function capBytes(response: Response, bytesMax: number): Response {
  if (!response.body) return response;
  let bytes = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > bytesMax) throw new ResponseTooLargeError(`The response exceeds ${bytesMax} bytes`);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counter), response);
}
