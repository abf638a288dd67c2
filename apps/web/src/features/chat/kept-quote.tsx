import type { ReactNode } from 'react';
import { Notice } from '../../components/notice.tsx';
import { flowingText } from './flowing-text.ts';

/** The words an answer was built on, where their document can no longer show them, and why it cannot. */
export function KeptQuote({ quote, children }: { quote: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-5 overflow-y-auto p-5">
      <Notice tone="warn">{children}</Notice>
      <blockquote
        dir="auto"
        className="border-s-2 border-mark ps-4 font-voice text-[1.0625rem] leading-relaxed whitespace-pre-wrap"
      >
        {flowingText(quote)}
      </blockquote>
    </div>
  );
}
