import { type ComponentProps, useId } from 'react';

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'id'> {
  label: string;
  hint?: string;
}

/** A labelled input of several lines that grows with what is written. */
export function TextArea({ label, hint, ...rest }: TextAreaProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <textarea
        id={id}
        dir="auto"
        aria-describedby={hint === undefined ? undefined : noteId}
        className="field-sizing-content min-h-24 w-full rounded-lg border border-line-strong bg-surface px-3 py-2 text-base leading-relaxed text-ink"
        {...rest}
      />
      {hint !== undefined && (
        <p id={noteId} className="mt-1.5 text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
