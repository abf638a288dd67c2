import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

const looks = {
  solid:
    'border border-transparent bg-accent text-on-accent not-disabled:hover:bg-accent-strong disabled:bg-hover disabled:text-muted',
  outline: 'border border-line-strong bg-surface text-ink hover:bg-hover disabled:opacity-55',
  quiet: 'text-soft hover:bg-hover hover:text-ink',
  danger: 'border border-danger bg-surface text-danger hover:bg-danger-wash',
} as const;

const sizes = {
  regular: 'h-10 gap-2 px-4 text-[0.9375rem]',
  small: 'h-8 gap-1.5 px-3 text-sm',
} as const;

type Look = keyof typeof looks;

const shape =
  'target inline-flex shrink-0 items-center justify-center rounded-lg font-medium whitespace-nowrap transition-colors select-none print:hidden';

/** The classes of a button, for links that look like one. */
export function buttonClasses(look: Look = 'outline', size: keyof typeof sizes = 'regular'): string {
  return classNames(shape, looks[look], sizes[size]);
}

interface ButtonProps extends ComponentProps<'button'> {
  look?: Look;
  size?: keyof typeof sizes;
}

export function Button({ look, size, className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={classNames(buttonClasses(look, size), className)} {...rest} />;
}

interface IconButtonProps extends ComponentProps<'button'> {
  /** The accessible name, and the tooltip of the mouse. */
  label: string;
  children: ReactNode;
}

/** A square button that shows only an icon. */
export function IconButton({ label, className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={classNames(
        'target inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-muted transition-colors hover:bg-hover hover:text-ink disabled:opacity-55',
        className,
      )}
      {...rest}
    />
  );
}
