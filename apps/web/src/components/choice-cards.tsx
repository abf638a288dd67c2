import { useId } from 'react';

interface Choice<Value extends string> {
  value: Value;
  label: string;
  /** What choosing it means, in a sentence. */
  note: string;
}

interface ChoiceCardsProps<Value extends string> {
  legend: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of a few, each explained: radio buttons that look like cards. */
export function ChoiceCards<Value extends string>({ legend, choices, value, onChange }: ChoiceCardsProps<Value>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="grid cursor-pointer grid-cols-[auto_1fr] content-start gap-x-3 rounded-xl border border-line-strong bg-surface px-4 py-3 transition-colors has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent not-has-checked:hover:bg-hover"
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="mt-1 size-4 shrink-0 accent-accent"
            />
            <span className="font-medium">{choice.label}</span>
            <span className="col-start-2 mt-0.5 text-sm leading-relaxed text-soft">{choice.note}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
