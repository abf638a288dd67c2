import { Check, CircleAlert, CircleSlash, LockKeyhole } from 'lucide-react';
import { classNames } from '../../components/class-names.ts';
import type { IngestionWords } from './ingestion-words.ts';

const colours = {
  working: 'text-ink',
  good: 'text-accent',
  locked: 'text-warn',
  bad: 'text-danger',
  quiet: 'text-muted',
} as const;

/** A document's state in a word and a sign; the colour only repeats it. */
export function StateBadge({ label, tone }: Pick<IngestionWords, 'label' | 'tone'>) {
  return (
    <span className={classNames('tabular inline-flex items-center gap-1.5 text-sm', colours[tone])}>
      <StateSign tone={tone} />
      {label}
    </span>
  );
}

function StateSign({ tone }: { tone: IngestionWords['tone'] }) {
  switch (tone) {
    case 'good':
      return <Check aria-hidden className="size-4 shrink-0" />;
    case 'locked':
      return <LockKeyhole aria-hidden className="size-4 shrink-0" />;
    case 'bad':
      return <CircleAlert aria-hidden className="size-4 shrink-0" />;
    case 'quiet':
      return <CircleSlash aria-hidden className="size-4 shrink-0" />;
    case 'working':
      return <span aria-hidden className="mx-1 size-2 shrink-0 animate-breathe rounded-full bg-accent" />;
  }
}
