import { RotateCw } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import type { DocumentView } from '../../views.ts';
import { useReadings } from './use-readings.ts';

interface RetryButtonProps {
  document: Pick<DocumentView, 'id' | 'title'>;
  small?: boolean;
}

/** Tries a failed or canceled document again. */
export function RetryButton({ document: { id, title }, small = false }: RetryButtonProps) {
  const { retry } = useReadings();
  return (
    <Button
      {...(small && { size: 'small' as const })}
      aria-label={`Retry ${title}`}
      disabled={retry.isPending}
      onClick={() => retry.mutate({ id })}
    >
      <RotateCw aria-hidden className="size-4" />
      Retry
    </Button>
  );
}
