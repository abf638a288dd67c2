import { classNames } from './class-names.ts';

interface MeterBarProps {
  /** 0 to 1; null while it is unknown how far. */
  value: number | null;
  label: string;
  className?: string;
}

/** How far something is, as a thin line. The words beside it say the same. */
export function MeterBar({ value, label, className }: MeterBarProps) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      className={classNames('h-1 overflow-hidden rounded-full bg-hover', className)}
    >
      <div
        data-meter-fill
        className={classNames(
          'h-full rounded-full bg-accent transition-[width] duration-300',
          percent === null && 'w-1/4 animate-sweep',
        )}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
