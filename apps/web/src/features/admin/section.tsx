import { type ReactNode, useId } from 'react';
import { anchorOf } from './anchor-of.ts';

interface SectionProps {
  title: string;
  note?: string;
  children: ReactNode;
}

export function Section({ title, note, children }: SectionProps) {
  const id = useId();
  return (
    <section id={anchorOf(title)} aria-labelledby={id} className="mt-12 scroll-mt-4">
      <h2 id={id} className="font-voice text-xl font-semibold">
        {title}
      </h2>
      {note !== undefined && <p className="mt-1 text-sm text-muted">{note}</p>}
      <div className="mt-4">{children}</div>
    </section>
  );
}
