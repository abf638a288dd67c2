import { CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const tones = {
  plain: 'border-line bg-sunken text-soft',
  warn: 'border-warn/40 bg-warn-wash text-warn',
  danger: 'border-danger/40 bg-danger-wash text-danger',
} as const;

interface NoticeProps {
  tone?: keyof typeof tones;
  /** Not announced, whatever its tone. */
  silent?: boolean;
  children: ReactNode;
  /** Buttons, set after the words. */
  actions?: ReactNode;
}

/** A sentence that belongs to the thing above it. `danger` is announced at once. */
export function Notice({ tone = 'plain', silent = false, children, actions }: NoticeProps) {
  const Icon = tone === 'plain' ? Info : CircleAlert;
  return (
    <div
      role={tone === 'danger' && !silent ? 'alert' : undefined}
      className={classNames(
        'flex flex-wrap items-center gap-x-4 gap-y-3 rounded-xl border px-4 py-3 text-sm',
        tones[tone],
      )}
    >
      <div className="flex min-w-0 flex-1 basis-60 items-start gap-2.5">
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        <div className="min-w-0 leading-relaxed">{children}</div>
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
