import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DocumentBlocks } from '../../components/document-blocks.tsx';
import { LoadState } from '../../components/load-state.tsx';
import { textBars } from '../../components/skeleton.tsx';
import { firstBlocks } from '../../passage-excerpt.ts';
import { trpc } from '../../trpc.ts';
import type { DocumentText } from '../../views.ts';
import { DocumentPassages } from './document-passages.tsx';
import { TextStretches } from './text-stretches.tsx';

/** Characters shown at first and added with each press: enough to read on, not enough to stall the page. */
const portion = 40_000;

interface DocumentTextViewProps {
  documentId: string;
  pageKind: 'page' | 'slide';
  /** Null for whichever version answers now, while a newer one is still being read. */
  versionId: number | null;
}

/** The text as it was read, running or as the passages it was cut into. */
export function DocumentTextView({ documentId, pageKind, versionId }: DocumentTextViewProps) {
  // Where the stretches that were looked at begin, the one that is shown last.
  const [offsets, setOffsets] = useState([0]);
  const offset = offsets.at(-1) ?? 0;
  const query = useQuery(
    trpc.documents.text.queryOptions({ id: documentId, offset, ...(versionId !== null && { versionId }) }),
  );
  const [asPassages, setAsPassages] = useState(false);

  if (query.data === undefined) {
    return (
      <LoadState
        query={query}
        label="Loading the text"
        bars={['mb-3 h-6 w-1/2', ...textBars, ...textBars]}
        className="mt-8 max-w-measure"
      />
    );
  }
  return (
    <section aria-labelledby="extracted-text" className="mt-8">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="extracted-text" className="font-voice text-xl font-semibold">
          Text as the twin read it
        </h2>
        <Button
          size="small"
          aria-pressed={asPassages}
          onClick={() => setAsPassages(!asPassages)}
          className="aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-accent"
        >
          Show passages
        </Button>
      </div>
      <div className="mt-5 max-w-measure">
        {asPassages ? (
          <DocumentPassages key={offset} document={query.data} pageKind={pageKind} />
        ) : (
          <RunningText key={offset} document={query.data} pageKind={pageKind} />
        )}
        <TextStretches
          document={query.data}
          onBack={offsets.length > 1 ? () => setOffsets(offsets.slice(0, -1)) : undefined}
          onGoOn={(next) => setOffsets([...offsets, next])}
        />
      </div>
    </section>
  );
}

function RunningText({ document, pageKind }: { document: DocumentText } & Pick<DocumentTextViewProps, 'pageKind'>) {
  const [shown, setShown] = useState(portion);
  const excerpt = useMemo(() => firstBlocks(document, shown), [document, shown]);
  return (
    <>
      <DocumentBlocks blocks={excerpt.blocks} pageKind={pageKind} />
      {excerpt.hasMore && (
        <Button className="mt-6" onClick={() => setShown(shown + portion)}>
          Show more text
        </Button>
      )}
    </>
  );
}
