import { Link } from '@tanstack/react-router';
import { buttonClasses } from '../../components/button.tsx';
import type { MessageView } from '../../views.ts';
import { useIsVisitor } from './audience.ts';
import { refusalOf } from './refusal-words.ts';

/** What kind of refusal it is, and the way on from it. Why there is no answer, it says itself, in the language of its question. */
export function Refusal({ outcome }: Pick<MessageView, 'outcome'>) {
  const isVisitor = useIsVisitor();
  const refusal = refusalOf(outcome);
  // A visitor has nowhere to go on to: the answer's own words are all there is to say.
  if (refusal === null || isVisitor) {
    return null;
  }
  const isFirstStep = outcome === 'empty-library';
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {refusal.label !== null && <p className="text-sm text-muted">{refusal.label}</p>}
      <Link to="/documents" className={isFirstStep ? buttonClasses('solid') : buttonClasses('outline', 'small')}>
        {refusal.action}
      </Link>
    </div>
  );
}
