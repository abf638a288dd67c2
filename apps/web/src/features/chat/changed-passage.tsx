import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { LoadProblem } from '../../components/load-problem.tsx';
import { Notice } from '../../components/notice.tsx';
import { trpc } from '../../trpc.ts';
import type { CitedPassage } from './cite-address.ts';
import { KeptQuote } from './kept-quote.tsx';
import { PassageViews } from './passage-views.tsx';
import { usePassage } from './use-passage.ts';

interface ChangedPassageProps {
  /** Of the document as it is now. */
  versionId: number;
  passage: CitedPassage;
  /** The way to the document. */
  children: ReactNode;
}

/** A document that no longer says the quote where it did: the place where it says it now, or else the words as they were. */
export function ChangedPassage({ versionId, passage, children }: ChangedPassageProps) {
  const { messageId, number } = passage;
  const check = useQuery(
    trpc.chat.checkCitation.queryOptions(
      { messageId, number: number ?? 0 },
      { enabled: number !== null, staleTime: 0, retry: false },
    ),
  );
  if (number !== null && check.isPending) {
    return <output className="block animate-rise p-5 text-muted">Looking for the quote…</output>;
  }
  if (check.data?.standing === 'moved' && check.data.versionId === versionId) {
    return <MovedPassage passage={{ ...passage, ...check.data }} />;
  }
  return (
    <KeptQuote quote={passage.quote}>
      The document has changed since the answer was written. These are the words as they were.
      {children}
    </KeptQuote>
  );
}

function MovedPassage({ passage }: { passage: CitedPassage }) {
  const { query, showMore } = usePassage(passage);
  if (query.data === undefined) {
    return (
      <div className="p-5">
        {query.isError ? <LoadProblem query={query} /> : <output className="text-muted">Opening the document…</output>}
      </div>
    );
  }
  return (
    <>
      <div className="px-5 pt-4">
        <Notice>The document has a newer version since the answer was written. It still says this, here.</Notice>
      </div>
      <PassageViews shown={query.data} passage={passage} onMore={showMore} />
    </>
  );
}
