import { classNames } from './class-names.ts';

interface SkeletonProps {
  /** What is on its way; said to those who do not see the bars. */
  label: string;
  /** The bars, by their classes: width, height, distance. */
  bars: readonly string[];
  className?: string | undefined;
}

/** Where something will be in a moment. It holds the place, so that nothing jumps. */
export function Skeleton({ label, bars, className }: SkeletonProps) {
  return (
    <output aria-busy className={classNames('flex animate-breathe flex-col gap-3', className)}>
      <span className="sr-only">{label}</span>
      {bars.map((bar, at) => (
        // Bars never change places.
        <span key={at} aria-hidden className={classNames('block rounded bg-hover', bar)} />
      ))}
    </output>
  );
}

/** As a paragraph of text. */
export const textBars = ['h-4 w-full', 'h-4 w-full', 'h-4 w-4/5'] as const;
