import { Switch } from '@base-ui/react/switch';
import type { ReactNode } from 'react';

interface ToggleProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** The accessible name: what is on or off. */
  label: string;
  /** What the eye sees beside it. */
  children: ReactNode;
}

/** A switch that takes effect at once. */
export function Toggle({ checked, onChange, label, children }: ToggleProps) {
  return (
    <span className="inline-flex items-center gap-2 text-xs text-muted">
      <span aria-hidden>{children}</span>
      <Switch.Root
        checked={checked}
        onCheckedChange={onChange}
        aria-label={label}
        className="reach inline-flex h-5 w-9 shrink-0 cursor-pointer items-center rounded-full border border-line-strong bg-hover transition-colors data-checked:border-accent data-checked:bg-accent"
      >
        <Switch.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-line-strong transition-transform data-checked:translate-x-4.5 data-checked:bg-on-accent" />
      </Switch.Root>
    </span>
  );
}
