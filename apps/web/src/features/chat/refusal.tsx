import { Link } from '@tanstack/react-router';
import { Compass, FilePlus2, type LucideIcon, ScanSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClasses } from '../../components/button.tsx';
import type { MessageView } from '../../views.ts';

/** Why there is no answer, when that is the honest outcome, and what to do next: a different thing for each reason. */
export function Refusal({ outcome }: Pick<MessageView, 'outcome'>) {
  switch (outcome) {
    case 'nothing-relevant':
      return (
        <Reason icon={Compass} title="Outside your documents">
          Nothing here seems to be about this. Ask about something the{' '}
          <Link to="/documents" className={linkClasses}>
            library
          </Link>{' '}
          holds, or add a document that covers it.
        </Reason>
      );
    case 'unsupported':
      return (
        <Reason icon={ScanSearch} title="Near, but not answered by your documents">
          The passages below touch on this without saying it. More exact words, or one question at a time, may find
          more.
        </Reason>
      );
    case 'empty-library':
      return (
        <Reason icon={FilePlus2} title="Nothing to answer from yet">
          <Link to="/documents" className={buttonClasses('solid') + ' mt-2'}>
            Add documents
          </Link>
        </Reason>
      );
    default:
      return null;
  }
}

const linkClasses = 'underline decoration-line-strong underline-offset-3 hover:decoration-accent';

function Reason({ icon: Icon, title, children }: { icon: LucideIcon; title: string; children: ReactNode }) {
  return (
    <div className="flex gap-3 rounded-xl border border-line bg-sunken px-4 py-3.5">
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-accent" />
      <div className="min-w-0 text-sm leading-relaxed text-soft">
        <p className="text-[0.9375rem] font-semibold text-ink">{title}</p>
        {children}
      </div>
    </div>
  );
}
