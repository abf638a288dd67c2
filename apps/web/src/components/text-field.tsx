import { type ComponentProps, useId } from 'react';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string;
  hint?: string;
  error?: string | undefined;
}

/** A labelled input; hint and error are tied to it for screen readers. */
export function TextField({ label, hint, error, ...rest }: TextFieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={note === undefined ? undefined : noteId}
        className="h-11 w-full rounded-lg border border-line-strong bg-surface px-3 text-base text-ink aria-invalid:border-danger"
        {...rest}
      />
      {note !== undefined && (
        <p id={noteId} className={error === undefined ? 'mt-1.5 text-sm text-muted' : 'mt-1.5 text-sm text-danger'}>
          {note}
        </p>
      )}
    </div>
  );
}
