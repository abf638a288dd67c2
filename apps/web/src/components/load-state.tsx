import type { ComponentProps } from 'react';
import { LoadProblem } from './load-problem.tsx';
import { Skeleton } from './skeleton.tsx';

interface LoadStateProps extends ComponentProps<typeof Skeleton> {
  query: ComponentProps<typeof LoadProblem>['query'] & { isError: boolean };
}

/** In the place of what is not here yet: that it is on its way, or why it cannot be had. */
export function LoadState({ query, className, ...skeleton }: LoadStateProps) {
  if (!query.isError) return <Skeleton className={className} {...skeleton} />;
  return (
    <div className={className}>
      <LoadProblem query={query} />
    </div>
  );
}
