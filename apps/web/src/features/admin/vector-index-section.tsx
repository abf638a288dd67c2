import { useQuery } from '@tanstack/react-query';
import { LoadProblem } from '../../components/load-problem.tsx';
import { Notice } from '../../components/notice.tsx';
import { trpc } from '../../trpc.ts';
import { Section } from './section.tsx';

/** How many vectors there are is as of now; what a search misses, for which all are compared, the server measures once an hour. */
const refreshMs = 30_000;

/** What the index behind the search by meaning finds, and when it wants to be built anew. */
export function VectorIndexSection() {
  const query = useQuery(trpc.admin.vectorIndex.queryOptions(undefined, { refetchInterval: refreshMs, staleTime: 0 }));
  const finding = query.data;
  return (
    <Section
      title="Search by meaning"
      note="What its index finds, measured against comparing everything, once an hour."
    >
      {finding === undefined &&
        (query.isError ? <LoadProblem query={query} /> : <p className="text-soft">Measuring…</p>)}
      {finding !== undefined && (
        <p className="tabular text-[0.9375rem] first-letter:uppercase">The index: {finding.found}.</p>
      )}
      {finding?.fix != null && (
        <div className="mt-3">
          <Notice tone="warn">{finding.fix}</Notice>
        </div>
      )}
    </Section>
  );
}
