import { InfiniteQueryObserver, QueryClient, QueryObserver } from '@tanstack/react-query';
import { beforeEach, expect, test } from 'vitest';
import { trpc } from '../../trpc.ts';
import type { DocumentPage, DocumentView, TwinStatus } from '../../views.ts';
import { documentLists, documentsQuery, dropDocuments, keepDocuments, renewStatus } from './documents-query.ts';

const failedOnes = documentsQuery({ state: 'failed' }).queryKey;
const whole = documentsQuery({}).queryKey;

function documentAt(stage: string, id: string): DocumentView {
  return { id, title: id, createdAt: `2026-05-0${id.length}T00:00:00.000Z`, ingestion: { stage } } as DocumentView;
}

function listOf(...documents: DocumentView[]) {
  const page: DocumentPage = { documents, nextCursor: null, totalCount: documents.length };
  return { pages: [page], pageParams: [null] };
}

let queryClient: QueryClient;
beforeEach(() => {
  queryClient = new QueryClient();
  queryClient.setQueryData(whole, listOf(documentAt('reading', 'aa'), documentAt('failed', 'a')));
  queryClient.setQueryData(failedOnes, listOf(documentAt('failed', 'a')));
});

const isInvalidated = (key: typeof whole) => queryClient.getQueryState(key)?.isInvalidated;

test('a list that is to be loaded anew still is after a document in it has moved on, or left', async () => {
  await queryClient.invalidateQueries(documentLists);
  keepDocuments(queryClient, [documentAt('reading', 'a')]);
  expect(isInvalidated(failedOnes)).toBe(true);
  dropDocuments(queryClient, ['a']);
  expect(isInvalidated(failedOnes)).toBe(true);
  expect(queryClient.getQueryData(failedOnes)?.pages[0]?.documents).toEqual([]);
});

test('a list is untouched by a document it does not hold', async () => {
  await queryClient.invalidateQueries(documentLists);
  const before = queryClient.getQueryData(failedOnes);
  keepDocuments(queryClient, [documentAt('chunking', 'aa')]);
  dropDocuments(queryClient, ['aa']);
  expect(isInvalidated(failedOnes)).toBe(true);
  expect(queryClient.getQueryData(failedOnes)).toBe(before);
});

test('a finished document has every filtered list asked for anew', () => {
  keepDocuments(queryClient, [documentAt('ready', 'aa')]);
  expect(isInvalidated(failedOnes)).toBe(true);
  expect(isInvalidated(whole)).toBe(false);
});

/** A list on a screen, whose answers come when the test gives them. */
function watchList(known: boolean) {
  if (!known) queryClient.removeQueries({ queryKey: whole });
  const asked: PromiseWithResolvers<DocumentPage>[] = [];
  const queryFn = () => {
    const answer = Promise.withResolvers<DocumentPage>();
    asked.push(answer);
    return answer.promise;
  };
  const options = {
    queryKey: whole,
    queryFn,
    initialPageParam: null,
    getNextPageParam: () => undefined,
    staleTime: 60_000,
  };
  const observer = new InfiniteQueryObserver(queryClient, options);
  const end = observer.subscribe(() => undefined);
  const answer = async (at: number, ...documents: DocumentView[]) => {
    await expect.poll(() => asked.length).toBeGreaterThan(at);
    asked[at]?.resolve({ documents, nextCursor: null, totalCount: documents.length });
  };
  const stage = () => queryClient.getQueryData(whole)?.pages[0]?.documents[0]?.ingestion.stage;
  return { answer, stage, asked, end };
}

test.each([true, false])(
  'an answer that is older than what came meanwhile is asked for again (known before: %s)',
  async (known) => {
    const list = watchList(known);
    if (known) void queryClient.invalidateQueries(documentLists);
    await expect.poll(() => list.asked.length).toBe(1);
    keepDocuments(queryClient, [documentAt('ready', 'aa')]);
    keepDocuments(queryClient, [documentAt('ready', 'aa')]);
    await list.answer(0, documentAt('publishing', 'aa'));
    await list.answer(1, documentAt('ready', 'aa'));
    await expect.poll(list.stage).toBe('ready');
    expect(list.asked).toHaveLength(2);
    list.end();
  },
);

test('the numbers of the twin are told while documents arrive faster than a question is answered, and again after the last', async () => {
  const asked: PromiseWithResolvers<TwinStatus>[] = [];
  const queryFn = () => {
    asked.push(Promise.withResolvers<TwinStatus>());
    return asked.at(-1)!.promise;
  };
  const queryKey = trpc.twin.status.queryKey();
  const counted = (ready: number) => ({ documents: { ready } }) as TwinStatus;
  queryClient.setQueryData(queryKey, counted(0));
  const end = new QueryObserver(queryClient, { queryKey, queryFn, staleTime: 60_000 }).subscribe(() => undefined);
  for (let arrived = 1; arrived <= 5; arrived += 1) renewStatus(queryClient);
  expect(asked).toHaveLength(1);
  const told = () => queryClient.getQueryData(queryKey)?.documents.ready;
  asked[0]!.resolve(counted(3));
  await expect.poll(told).toBe(3);
  await expect.poll(() => asked.length).toBe(2);
  asked[1]!.resolve(counted(5));
  await expect.poll(told).toBe(5);
  expect(asked).toHaveLength(2);
  end();
});
