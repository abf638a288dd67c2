import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { DocumentBlocks } from '../../components/document-blocks.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { formatCount, formatNumber } from '../../format.ts';
import { blocksWithin, placeIn } from '../../passage-excerpt.ts';
import type { DocumentText } from '../../views.ts';
import { PassagePageButton } from './passage-page-button.tsx';
import { passagePlace } from './passage-place.ts';
import { useSwitchChunk } from './use-switch-chunk.ts';

type Chunk = DocumentText['chunks'][number];

interface DocumentPassagesProps {
  document: DocumentText;
  pageKind: 'page' | 'slide';
}

/** A document as it was cut: each passage with its place, and whether it may answer. */
export function DocumentPassages({ document, pageKind }: DocumentPassagesProps) {
  const { chunks } = document;
  const [shown, setShown] = useState(50);
  const off = chunks.filter(({ enabled }) => !enabled).length;
  return (
    <>
      <p className="mb-4 text-sm text-muted">
        {off === 0
          ? 'Every passage can answer. Switch off what should not, e.g. a table of contents or an outdated section.'
          : `${formatCount(off, 'passage')} of ${formatNumber(chunks.length)} switched off: no answer uses what is off.`}
      </p>
      <ol className="flex flex-col gap-3" aria-label="Passages">
        {chunks.slice(0, shown).map((chunk) => (
          <Passage key={chunk.id} chunk={chunk} document={document} pageKind={pageKind} />
        ))}
      </ol>
      {shown < chunks.length && (
        <Button className="mt-6" onClick={() => setShown(shown + 200)}>
          Show more passages
        </Button>
      )}
    </>
  );
}

function Passage({ chunk, document, pageKind }: DocumentPassagesProps & { chunk: Chunk }) {
  const switchChunk = useSwitchChunk(document);
  const { id, ordinal, enabled } = chunk;
  return (
    <li
      className={classNames(
        'rounded-xl border border-line px-4 py-3 transition-colors',
        enabled ? 'bg-surface' : 'border-dashed bg-sunken',
      )}
    >
      <div className="mb-2 flex items-start justify-between gap-4">
        <p className="tabular min-w-0 text-xs leading-5 break-words text-muted">
          {passagePlace(chunk, document, pageKind)}
        </p>
        <div className="flex shrink-0 items-center gap-2">
          <PassagePageButton document={document} chunk={chunk} />
          <Toggle
            checked={enabled}
            onChange={(next) => switchChunk(id, next)}
            label={`Passage ${ordinal + 1} may answer`}
          >
            {enabled ? 'Answers' : 'Off'}
          </Toggle>
        </div>
      </div>
      <div className={classNames(!enabled && 'text-muted')}>
        <DocumentBlocks blocks={blocksWithin(document, placeIn(document, chunk))} pageKind={pageKind} />
      </div>
    </li>
  );
}
