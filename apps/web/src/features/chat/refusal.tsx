import { Link } from '@tanstack/react-router';
import { buttonClasses } from '../../components/button.tsx';
import type { MessageView } from '../../views.ts';

/** The way on from an answer that honestly is none. Why it is none, the answer says itself, in the language of its question. */
export function Refusal({ outcome }: Pick<MessageView, 'outcome'>) {
  if (outcome !== 'empty-library' && outcome !== 'nothing-relevant') {
    return null;
  }
  return (
    <div>
      <Link
        to="/documents"
        className={outcome === 'empty-library' ? buttonClasses('solid') : buttonClasses('outline', 'small')}
      >
        {outcome === 'empty-library' ? 'Add documents' : 'See or add documents'}
      </Link>
    </div>
  );
}
