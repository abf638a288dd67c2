import { RotateCw } from 'lucide-react';
import { problemWords } from '../problem.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface LoadProblemProps {
  query: { error: unknown; isFetching: boolean; refetch: () => Promise<unknown> };
}

/** Why something could not be loaded, and the way on. */
export function LoadProblem({ query: { error, isFetching, refetch } }: LoadProblemProps) {
  return (
    <Notice
      tone="danger"
      actions={
        <Button size="small" disabled={isFetching} onClick={() => void refetch()}>
          <RotateCw aria-hidden className="size-4" />
          Retry
        </Button>
      }
    >
      {problemWords(error)}
    </Notice>
  );
}
