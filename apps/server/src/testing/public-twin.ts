import { sendJson } from './send-json.ts';
import { startTestServer, type TestServer } from './start-test-server.ts';
import { createTestClient } from './trpc-client.ts';

const owner = { name: 'Ann', email: 'ann@example.org', password: 'correct horse battery' };

export interface PublicTwin {
  server: TestServer;
  /** The owner's cookies. */
  cookie: string;
  owner: ReturnType<typeof createTestClient>;
  /** The cookies of another session of the owner's. */
  signIn(): Promise<string>;
  /** What a link of this name opens with. */
  share(name: string, expiresAt?: string): Promise<{ id: string; token: string }>;
  /** Opens a link as a browser without cookies, unless some are given, does; from an address of its own, unless one is given. */
  visit(token: string, headers?: Record<string, string>): Promise<Response>;
  /** A new visitor by a link. */
  visitor(token: string, address?: string): Promise<Visiting>;
}

export interface Visiting {
  headers: { cookie: string; 'x-forwarded-for': string };
  client: ReturnType<typeof createTestClient>;
}

/** A server with an account on it, behind a proxy, and a document of the id `canary-document`. */
export async function startPublicTwin(variables: Record<string, string> = {}): Promise<PublicTwin> {
  const server = await startTestServer({ HOST: '0.0.0.0', TRUSTED_PROXIES: '127.0.0.1', ...variables });
  const send = (path: string, headers: Record<string, string>, body: unknown) =>
    sendJson(`${server.origin}${path}`, { method: 'POST', headers, body });
  const cookie = cookiesOf(await send('/api/owner', {}, { ...owner, code: server.ownerCode }));
  const content = 'The tide clock was built by Ada Quill in 1987. It shows high water at the old harbour.';
  const documents = [{ id: 'canary-document', title: 'The tide clock', content }];
  await send('/api/ingest', { cookie }, { documents });
  const client = createTestClient(server.origin, { cookie });
  let addresses = 0;
  const anAddress = () => `198.51.100.${(addresses += 1)}`;
  const visit = (token: string, headers: Record<string, string> = {}) =>
    send('/api/visit', { 'x-forwarded-for': anAddress(), ...headers }, { token });
  return {
    server,
    cookie,
    owner: client,
    signIn: async () => cookiesOf(await send('/api/auth/sign-in/email', {}, owner)),
    share: (name, expiresAt) => client.shareLinks.create.mutate({ name, expiresAt: expiresAt ?? null }),
    visit,
    async visitor(token, address = anAddress()) {
      const opened = await visit(token, { 'x-forwarded-for': address });
      const headers = { cookie: cookiesOf(opened), 'x-forwarded-for': address };
      return { headers, client: createTestClient(server.origin, headers) };
    },
  };
}

export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

/** Asks as a visitor and waits for the end. */
export async function askAndWait({ client }: Visiting, conversationId?: string) {
  const started = await client.visitor.send.mutate({
    text: 'Who built the tide clock?',
    ...(conversationId && { conversationId }),
  });
  await new Promise<void>((resolve, reject) => {
    client.visitor.events.subscribe(
      { messageId: started.messageId },
      { onData: ({ data }) => data.type === 'answer-end' && resolve(), onError: reject },
    );
  });
  return started;
}
