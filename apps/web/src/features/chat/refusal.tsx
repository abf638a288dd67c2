import { Link } from '@tanstack/react-router';
import { Button, buttonClasses } from '../../components/button.tsx';
import type { MessageView } from '../../views.ts';
import { useIsVisitor } from './audience.ts';
import { refusalOf } from './refusal-words.ts';

interface RefusalProps extends Pick<MessageView, 'outcome' | 'citations' | 'scope'> {
  /** Null while another answer is being written. */
  onAskAll: (() => void) | null;
}

/** What kind of refusal it is, and the way on from it. Why there is no answer, it says itself, in the language of its question. */
export function Refusal({ outcome, citations, scope, onAskAll }: RefusalProps) {
  const isVisitor = useIsVisitor();
  const refusal = refusalOf(outcome);
  // A visitor has nowhere to go on to: the answer's own words are all there is to say.
  if (refusal === null || isVisitor) {
    return null;
  }
  const isFirstStep = outcome === 'empty-library';
  // Where the nearest is quoted, that is said above it.
  const label = citations.length > 0 ? null : refusal.label;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {label !== null && <p className="text-sm text-muted">{label}</p>}
      {scope !== null && (
        <Button size="small" disabled={onAskAll === null} onClick={onAskAll ?? undefined}>
          Ask all documents
        </Button>
      )}
      <Link to="/documents" className={isFirstStep ? buttonClasses('solid') : buttonClasses('outline', 'small')}>
        {refusal.action}
      </Link>
    </div>
  );
}
