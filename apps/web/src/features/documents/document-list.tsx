import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '../../components/button.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { classNames } from '../../components/class-names.ts';
import { LoadState } from '../../components/load-state.tsx';
import { formatCount } from '../../format.ts';
import { documentsOf } from './document-pages.ts';
import { DocumentRow } from './document-row.tsx';
import { documentsQuery } from './documents-query.ts';
import { type DocumentsSearch, isFiltered } from './documents-search.ts';
import { SampleButton } from './sample-button.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useSelection } from './use-selection.ts';

/** The documents that the search leaves, some or all of which can be chosen. */
export function DocumentList({ search }: { search: DocumentsSearch }) {
  const query = useInfiniteQuery(documentsQuery(search));
  const documents = documentsOf(query.data?.pages ?? []);
  const selection = useSelection(documents);
  if (query.data === undefined) {
    return <LoadState query={query} label="Loading the documents" bars={rowBars} className="mt-4" />;
  }
  if (documents.length === 0) {
    return isFiltered(search) ? <NothingFound /> : <NoDocuments />;
  }
  const { ids } = selection;
  return (
    <>
      <div
        className={classNames(
          'sticky top-0 z-10 flex min-h-12 items-center gap-3 border-b border-line text-sm',
          ids.length > 0 ? 'bg-accent-wash' : 'bg-paper text-muted',
        )}
      >
        {/* In the first row of a bar that has several on a phone, once something is chosen. */}
        <div className={classNames('flex', ids.length > 0 && 'max-sm:mt-2.5 max-sm:self-start')}>
          <CheckBox
            checked={ids.length === documents.length}
            indeterminate={ids.length > 0 && ids.length < documents.length}
            onChange={selection.toggleAll}
            label="Choose all documents shown"
          />
        </div>
        {ids.length > 0 ? (
          <SelectionBar selection={selection} documents={documents} search={search} />
        ) : (
          <span className="tabular">
            {formatCount(query.hasNextPage ? (query.data.pages[0]?.totalCount ?? 0) : documents.length, 'document')}
          </span>
        )}
      </div>
      <ul aria-label="Documents">
        {documents.map((document) => (
          <DocumentRow
            key={document.id}
            document={document}
            chosen={selection.has(document.id)}
            onChoose={(asRange) => selection.toggle(document.id, asRange)}
          />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button className="mt-6" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {query.isFetchingNextPage ? 'Loading…' : 'Show more documents'}
        </Button>
      )}
    </>
  );
}

const rowBars = ['h-5 w-1/2', 'mb-6 h-4 w-1/3', 'h-5 w-2/3', 'mb-6 h-4 w-1/3', 'h-5 w-2/5', 'h-4 w-1/4'];

function NothingFound() {
  return <p className="border-t border-line py-10 text-center text-soft">No document is like this.</p>;
}

function NoDocuments() {
  return (
    <div className="mt-4 flex flex-wrap items-center justify-between gap-5 rounded-2xl border-2 border-dashed border-line-strong px-6 py-8">
      <p className="max-w-md leading-relaxed text-soft">
        There is nothing here yet. What you add is stored on this server, cut into passages and made searchable; you see
        each step.
      </p>
      <SampleButton />
    </div>
  );
}
