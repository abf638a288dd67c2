import { ChevronDown } from 'lucide-react';
import { classNames } from './class-names.ts';

interface CompactSelectProps<Value extends string> {
  /** The accessible name: what is chosen here. */
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  /** Shows that the choice is not the usual one. */
  active?: boolean;
  className?: string;
}

/** A choice in a toolbar: the browser's own list behind a small button. */
export function CompactSelect<Value extends string>(props: CompactSelectProps<Value>) {
  const { label, value, options, onChange, active = false, className } = props;
  return (
    <span className={classNames('relative inline-flex min-w-0', className)}>
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value as Value)}
        className={classNames(
          'target h-9 w-full max-w-44 min-w-0 max-sm:max-w-none cursor-pointer appearance-none truncate rounded-lg border py-0 pr-8 pl-3 text-sm',
          active ? 'border-accent bg-accent-wash text-accent' : 'border-line-strong bg-surface text-ink',
        )}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2" />
    </span>
  );
}
