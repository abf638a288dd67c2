import { Checkbox } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';

interface CheckBoxProps {
  checked: boolean;
  /** Some of what it stands for is checked. */
  indeterminate?: boolean;
  /** Gets whether Shift was held: from the one before it to this one. */
  onChange: (asRange: boolean) => void;
  label: string;
}

export function CheckBox({ checked, indeterminate = false, onChange, label }: CheckBoxProps) {
  return (
    <Checkbox.Root
      checked={checked}
      indeterminate={indeterminate}
      onCheckedChange={(_checked, { event }) => onChange(event instanceof MouseEvent && event.shiftKey)}
      // Shift would select the text between this click and the one before it.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      aria-label={label}
      className="target grid size-6 shrink-0 cursor-pointer place-items-center rounded-md"
    >
      <span
        aria-hidden
        data-on={checked || indeterminate || undefined}
        className="grid size-4.5 place-items-center rounded-[0.3rem] border border-line-strong bg-surface text-on-accent transition-colors data-on:border-accent data-on:bg-accent"
      >
        {indeterminate ? <Minus className="size-3.5" /> : checked && <Check className="size-3.5" />}
      </span>
    </Checkbox.Root>
  );
}
