import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '@twin/core/limits';
import { makeLongPdf, makePdf } from '@twin/testing/fixtures/pdf';
import { makeTiff } from '@twin/testing/fixtures/tiff';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { believedMs } from '../auth/visitors.ts';
import { type PublicTwin, startPublicTwin } from '../testing/public-twin.ts';
import { sendJson } from '../testing/send-json.ts';
import { createTestClient } from '../testing/trpc-client.ts';

let twin: PublicTwin;
const quote = 'one sail and no rudder';
const voyage = makePdf([
  ['The Meridian left Port Selwyn on 4 May 1874.'],
  ['It returned after 212 days with one sail and no rud-', 'der, and was scrapped.'],
]);

beforeAll(async () => {
  twin = await startPublicTwin();
  await upload('voyage', 'voyage.pdf', voyage);
});

afterAll(() => twin.server.close());

async function upload(id: string, fileName: string, bytes: Uint8Array<ArrayBuffer>, stage = 'ready'): Promise<void> {
  const url = `${twin.server.origin}/api/uploads?fileName=${fileName}&id=${id}`;
  await fetch(url, { method: 'PUT', headers: { cookie: twin.cookie }, body: bytes });
  await reaches(id, stage);
}

async function reaches(id: string, stage: string): Promise<void> {
  for (;;) {
    const { ingestion } = await twin.owner.documents.get.query({ id });
    if (ingestion.stage === stage) return;
    await delay(50);
  }
}

function page(path: string, headers: Record<string, string> = { cookie: twin.cookie }): Promise<Response> {
  return fetch(`${twin.server.origin}/api/documents/${path}`, { headers });
}

async function refusal(response: Response): Promise<{ status: number; reason: string | null }> {
  const { error } = (await response.json()) as { error: { reason: string | null } };
  return { status: response.status, reason: error.reason };
}

async function placeOf(id: string, words: string) {
  const { text, versionId } = await twin.owner.documents.text.query({ id });
  const startOffset = text.indexOf(words);
  return { id, versionId, place: { startOffset, endOffset: startOffset + words.length } };
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return await call.then(
    () => 'let in',
    (error: { data?: { code?: string } }) => error.data?.code ?? 'unknown',
  );
}

test('the owner, and a key of theirs, sees a page as a picture that no browser keeps or takes for anything else', async () => {
  const seen = await page('voyage/pages/2');
  expect(seen.status).toBe(200);
  expect(Object.fromEntries(seen.headers)).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': "sandbox; default-src 'none'",
  });
  const bytes = Buffer.from(await seen.arrayBuffer());
  expect(bytes.toString('latin1', 8, 12)).toBe('WEBP');
  expect(bytes.toString('latin1')).not.toContain('%PDF');
  const created = await sendJson(`${twin.server.origin}/api/auth/api-key/create`, {
    method: 'POST',
    headers: { cookie: twin.cookie },
    body: { name: 'pages' },
  });
  const { key } = (await created.json()) as { key: string };
  expect((await page('voyage/pages/1', { authorization: `Bearer ${key}` })).status).toBe(200);
});

test('a page is known by its version and number: what a program has is not sent again', async () => {
  const tag = (await page('voyage/pages/1')).headers.get('etag') ?? '';
  expect(tag).toMatch(/^"v\d+-p1-d\d+"$/);
  const again = await page('voyage/pages/1', { cookie: twin.cookie, 'if-none-match': tag });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect((await page('voyage/pages/2', { cookie: twin.cookie, 'if-none-match': tag })).status).toBe(200);
});

test('the words of a quote are told where they stand, over the end of a line and its hyphen', async () => {
  const shown = await twin.owner.documents.page.query({ ...(await placeOf('voyage', quote)), page: 2 });
  expect(shown).toMatchObject({ page: 2, pageCount: 2, width: 595, height: 842, isExact: true });
  const [upper, lower] = shown.boxes;
  expect(shown.boxes).toHaveLength(2);
  expect(upper!.x).toBeGreaterThan(150);
  expect(lower!.x).toBeCloseTo(60, 0);
  expect(lower!.y).toBeGreaterThan(upper!.y);
  // Of another page nothing is quoted there.
  expect((await twin.owner.documents.page.query({ ...(await placeOf('voyage', quote)), page: 1 })).boxes).toEqual([]);
});

test('a place longer than what is shown of a text at once is refused before anything of it is loaded', async () => {
  const { id, versionId } = await placeOf('voyage', quote);
  const spanning = (length: number) =>
    twin.owner.documents.page.query({ id, versionId, page: 1, place: { startOffset: 7, endOffset: 7 + length } });
  expect(await codeOf(spanning(limits.shownCharactersMax))).toBe('let in');
  expect(await codeOf(spanning(limits.shownCharactersMax + 1))).toBe('BAD_REQUEST');
});

test('nobody else sees a page: no visitor, none whose link is closed, none who is not signed in or any more', async () => {
  const link = await twin.share('Friends');
  const visitor = await twin.visitor(link.token);
  const asked = { ...(await placeOf('voyage', quote)), page: 2 };
  // The page has been drawn before: what is kept of it is no way round.
  expect((await page('voyage/pages/2')).status).toBe(200);
  expect(await refusal(await page('voyage/pages/2', visitor.headers))).toMatchObject({ status: 403 });
  expect(await codeOf(visitor.client.documents.page.query(asked))).toBe('FORBIDDEN');
  await twin.owner.shareLinks.revoke.mutate({ id: link.id });
  await delay(believedMs + 100);
  expect((await page('voyage/pages/2', visitor.headers)).status).toBe(401);
  expect((await page('voyage/pages/2', {})).status).toBe(401);
  expect((await page('voyage/pages/2', { authorization: `Bearer ${'x'.repeat(40)}` })).status).toBe(401);
  expect(await codeOf(createTestClient(twin.server.origin).documents.page.query(asked))).toBe('UNAUTHORIZED');
  const session = await twin.signIn();
  expect((await page('voyage/pages/2', { cookie: session })).status).toBe(200);
  await sendJson(`${twin.server.origin}/api/auth/sign-out`, { method: 'POST', headers: { cookie: session }, body: {} });
  expect((await page('voyage/pages/2', { cookie: session })).status).toBe(401);
}, 30_000);

test('a page that is not there, of a version that is not there, or of what has no pages is told as such', async () => {
  expect(await refusal(await page('voyage/pages/3'))).toEqual({ status: 404, reason: 'no-such-page' });
  for (const number of ['0', '-1', '1.5', 'first', '99999999999']) {
    expect([number, (await page(`voyage/pages/${number}`)).status]).toEqual([number, 400]);
  }
  expect(await refusal(await page('voyage/pages/1?version=999999'))).toEqual({ status: 409, reason: 'replaced' });
  expect((await page('voyage/pages/1?version=x')).status).toBe(400);
  expect((await page('nowhere/pages/1')).status).toBe(404);
  expect(await refusal(await page('canary-document/pages/1'))).toEqual({ status: 404, reason: 'no-pages' });
  await upload('letter', 'letter.tiff', makeTiff([['The first letter came in May.']]));
  expect(await refusal(await page('letter/pages/1'))).toEqual({ status: 404, reason: 'no-pages' });
}, 60_000);

test('a locked file that was read with its password keeps its pages to itself', async () => {
  await upload('will', 'will.pdf', makePdf([['The clock goes to Ines.']], { password: 'open sesame' }), 'failed');
  await twin.owner.documents.unlock.mutate({ id: 'will', password: 'open sesame' });
  await reaches('will', 'ready');
  const refused = await page('will/pages/1');
  // Nothing by which a program would take this for the page it has.
  expect(refused.headers.get('etag')).toBeNull();
  expect(await refusal(refused)).toEqual({ status: 422, reason: 'password-required' });
});

test('a deleted document has no pages, also none that was drawn a moment ago', async () => {
  await upload('gone', 'gone.pdf', makePdf([['This will be deleted.']]));
  expect((await page('gone/pages/1')).status).toBe(200);
  await twin.owner.documents.delete.mutate({ ids: ['gone'] });
  expect((await page('gone/pages/1')).status).toBe(404);
});

test('a version that is replaced takes its pages with it', async () => {
  await upload('log', 'log.pdf', makePdf([['The first version.']]));
  const { versionId } = await placeOf('log', 'first');
  expect((await page(`log/pages/1?version=${versionId}`)).status).toBe(200);
  await upload('log', 'log.pdf', makePdf([['The second version.']]));
  await expect.poll(async () => (await placeOf('log', 'second')).versionId).not.toBe(versionId);
  expect(await refusal(await page(`log/pages/1?version=${versionId}`))).toEqual({ status: 409, reason: 'replaced' });
});

test.runIf(process.platform === 'linux')(
  'a sandbox that is killed while it draws costs that look, and the next is drawn',
  async () => {
    await upload('report', 'report.pdf', makeLongPdf(40));
    const look = page('report/pages/40');
    await expect.poll(() => killDrawing(), { interval: 5, timeout: 10_000 }).toBe(true);
    expect(await refusal(await look)).toMatchObject({ status: 422 });
    expect((await page('report/pages/40')).status).toBe(200);
    expect((await fetch(`${twin.server.origin}/healthz`)).status).toBe(200);
  },
  30_000,
);

/** Ends a drawing that this process has started; false while there is none. */
function killDrawing(): boolean {
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const isOurs = readFileSync(`/proc/${id}/status`, 'utf8').includes(`PPid:\t${process.pid}\n`);
      if (isOurs && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('page-drawing-worker')) {
        return process.kill(Number(id), 'SIGKILL');
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return false;
}
