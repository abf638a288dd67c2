import { ChevronRight } from 'lucide-react';
import { formatCount } from '../../format.ts';
import type { AnswerSource, Citation, MessageView } from '../../views.ts';
import { citeAddress, sourceAddress } from './cite-address.ts';
import { PassagePlace } from './passage-place.tsx';
import { useStaleNote } from './stale-sources.ts';
import { titleWords } from './title-words.ts';
import { withoutHeading } from './without-heading.ts';

const nearestShown = 3;

interface SourceListProps {
  message: MessageView;
  onOpen: (address: string) => void;
}

/** What the answer stands on, numbered like its citations, and apart from it what was also found. */
export function SourceList({ message, onOpen }: SourceListProps) {
  const { citations, sources, outcome } = message;
  // Sure or not, such an answer has said its quotes: said again they would hide which documents they are from.
  const isQuotes = outcome === 'quoted' || outcome === 'unsupported';
  const cited = new Set(citations.map(({ chunkId }) => chunkId));
  const others = sources
    .map((source, position) => ({ source, position }))
    .filter(({ source }) => !cited.has(source.chunkId));
  // Without an answer the nearest passages are what there is to show.
  const unanswered = citations.length === 0 && (message.state === 'failed' || outcome !== 'quoted');
  const shown = unanswered ? others.slice(0, nearestShown) : [];
  const folded = others.slice(shown.length);
  if (citations.length === 0 && others.length === 0) {
    return null;
  }
  return (
    <div className="border-t border-line pt-4">
      {citations.length > 0 && (
        <>
          <h3 className="mb-1 text-sm font-semibold text-soft">Sources</h3>
          <ol className="-mx-2">
            {citations.map((citation) => (
              <SourceRow
                key={citation.number}
                number={citation.number}
                title={citation.documentTitle}
                place={citation}
                excerpt={isQuotes ? null : citation.quote}
                versionId={citation.versionId}
                onOpen={() => onOpen(citeAddress(message.id, citation.number))}
              />
            ))}
          </ol>
        </>
      )}
      {shown.length > 0 && (
        <>
          <h3 className="mb-1 text-sm font-semibold text-soft">
            {message.state === 'failed' ? 'What was found for the answer' : 'Nearest passages'}
          </h3>
          <FoundPassages message={message} found={shown} onOpen={onOpen} />
        </>
      )}
      {folded.length > 0 && (
        <details className="group mt-1">
          <summary className="target -mx-2 inline-flex items-center gap-1.5 rounded-md px-2 py-1 text-sm text-muted hover:text-ink">
            <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
            {shown.length > 0 ? 'Also near' : 'Also found, not used'}: {formatCount(folded.length, 'passage')}
          </summary>
          <FoundPassages message={message} found={folded} onOpen={onOpen} />
        </details>
      )}
    </div>
  );
}

interface FoundPassagesProps extends SourceListProps {
  found: { source: AnswerSource; position: number }[];
}

function FoundPassages({ message, found, onOpen }: FoundPassagesProps) {
  return (
    <ul className="-mx-2 mt-1">
      {found.map(({ source, position }) => (
        <SourceRow
          key={source.chunkId}
          number={null}
          title={source.documentTitle}
          place={{ ...source, pageTo: null }}
          excerpt={source.excerpt === '' ? null : withoutHeading(source.excerpt, source.headingPath)}
          versionId={source.versionId}
          onOpen={() => onOpen(sourceAddress(message.id, position))}
        />
      ))}
    </ul>
  );
}

interface SourceRowProps {
  number: number | null;
  title: string;
  place: Pick<Citation, 'pageFrom' | 'pageTo' | 'pageKind' | 'headingPath'>;
  excerpt: string | null;
  versionId: number;
  onOpen: () => void;
}

function SourceRow({ number, title, place, excerpt, versionId, onOpen }: SourceRowProps) {
  const stale = useStaleNote(versionId);
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
          <span dir="auto" className="mr-2.5 leading-6 break-words">
            {titleWords(title)}
          </span>
          <PassagePlace {...place} title={title} />
          {stale !== null && <span className="ml-2.5 text-sm text-warn">{stale}</span>}
          {excerpt !== null && (
            <span
              dir="auto"
              className="mt-0.5 line-clamp-2 text-start font-voice text-[0.9375rem] leading-relaxed text-soft"
            >
              {excerpt}
            </span>
          )}
        </span>
      </button>
    </li>
  );
}
