import { ChevronRight } from 'lucide-react';
import { formatCount } from '../../format.ts';
import type { MessageView } from '../../views.ts';
import { citeAddress, sourceAddress } from './cite-address.ts';
import { PassagePlace } from './passage-place.tsx';

interface SourceListProps {
  message: MessageView;
  onOpen: (address: string) => void;
}

/** What the answer stands on, numbered like its citations, and apart from it what was also found. */
export function SourceList({ message, onOpen }: SourceListProps) {
  const { citations, sources } = message;
  const cited = new Set(citations.map(({ chunkId }) => chunkId));
  const others = sources
    .map((source, position) => ({ source, position }))
    .filter(({ source }) => !cited.has(source.chunkId));
  const nothingCited = citations.length === 0;
  if (nothingCited && others.length === 0) {
    return null;
  }
  return (
    <div className="border-t border-line pt-4">
      <h3 className={nothingCited ? 'sr-only' : 'mb-1 text-sm font-semibold text-soft'}>Sources</h3>
      {!nothingCited && (
        <ol className="-mx-2">
          {citations.map((citation) => (
            <SourceRow
              key={citation.number}
              number={citation.number}
              title={citation.documentTitle}
              place={citation}
              onOpen={() => onOpen(citeAddress(message.id, citation.number))}
            />
          ))}
        </ol>
      )}
      {others.length > 0 && (
        <details open={message.outcome === 'nothing-relevant'} className="group mt-1">
          <summary className="target -mx-2 inline-flex items-center gap-1.5 rounded-md px-2 py-1 text-sm text-muted hover:text-ink">
            <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
            {nothingCited ? 'Nearest passages' : `Also found, not used: ${formatCount(others.length, 'passage')}`}
          </summary>
          <ul className="-mx-2 mt-1">
            {others.map(({ source, position }) => (
              <SourceRow
                key={source.chunkId}
                number={null}
                title={source.documentTitle}
                place={{ ...source, pageTo: null }}
                excerpt={source.excerpt}
                onOpen={() => onOpen(sourceAddress(message.id, position))}
              />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

interface SourceRowProps {
  number: number | null;
  title: string;
  place: { pageFrom: number | null; pageTo: number | null; headingPath: string[] };
  excerpt?: string;
  onOpen: () => void;
}

function SourceRow({ number, title, place, excerpt, onOpen }: SourceRowProps) {
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className="target flex w-full gap-3 rounded-lg px-2 py-1.5 text-left text-[0.9375rem] hover:bg-hover"
      >
        {number !== null && (
          <span className="tabular w-5 shrink-0 text-right text-sm leading-6 text-accent">{number}</span>
        )}
        <span className="min-w-0">
          <span className="mr-2.5 leading-6 break-words">{title}</span>
          <PassagePlace {...place} />
          {excerpt !== undefined && (
            <span className="mt-1 line-clamp-2 font-voice text-[0.9375rem] leading-relaxed text-soft">{excerpt}</span>
          )}
        </span>
      </button>
    </li>
  );
}
