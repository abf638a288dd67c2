import { Progress } from '@base-ui/react/progress';
import { classNames } from './class-names.ts';

const trackClasses = 'block h-1 overflow-hidden rounded-full bg-hover';
const fillClasses = 'block h-full rounded-full bg-accent transition-[width] duration-300';

interface ProgressLineProps {
  /** 0 to 1; null while it is unknown how far. */
  value: number | null;
  label: string;
  className?: string;
}

/** How far something is, as a thin line. */
export function ProgressLine({ value, label, className }: ProgressLineProps) {
  return (
    <Progress.Root
      value={value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100)}
      aria-label={label}
      className={classNames('block', className)}
    >
      <Progress.Track className={trackClasses}>
        <Progress.Indicator
          data-meter-fill
          className={classNames(fillClasses, 'data-indeterminate:w-1/4 data-indeterminate:animate-sweep')}
        />
      </Progress.Track>
    </Progress.Root>
  );
}

/** A share as a line, for the eye only: the numbers beside it say the same. */
export function ShareLine({ value, className }: { value: number; className?: string }) {
  return (
    <span aria-hidden className={classNames(trackClasses, className)}>
      <span data-meter-fill className={fillClasses} style={{ width: `${Math.round(Math.min(1, value) * 100)}%` }} />
    </span>
  );
}
