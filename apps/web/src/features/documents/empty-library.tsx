import { FileText } from 'lucide-react';
import type { TwinStatus } from '../../views.ts';
import { ChooseFilesButton } from './choose-files-button.tsx';
import { FormatsNote } from './formats-note.tsx';
import { SampleButton } from './sample-button.tsx';

/** The first page anybody sees: what this is, and the two ways to begin. */
export function EmptyLibrary({ status }: { status: TwinStatus }) {
  return (
    <div className="mx-auto flex w-full max-w-[44rem] flex-col px-5 py-8 sm:py-14">
      <h1 className="font-voice text-[2rem] leading-[1.15] font-semibold tracking-tight text-balance sm:text-[2.75rem]">
        A twin that has read everything you give it.
        <span aria-hidden className="citation-chip -translate-y-2 text-[0.4em]">
          1
        </span>
      </h1>
      <p className="mt-4 max-w-prose text-lg leading-relaxed text-soft">
        Give it your documents and ask in your own words. It answers only from them, and every claim carries a number
        that opens <mark>the very passage it stands on</mark>.
      </p>
      <div className="mt-6 flex flex-col items-center gap-4 rounded-2xl border-2 border-dashed border-line-strong bg-surface px-6 py-7 text-center sm:mt-8 sm:py-12">
        <FileText aria-hidden className="size-7 text-accent" />
        <div>
          <p className="font-voice text-xl font-semibold">
            <span className="max-sm:hidden touch:hidden">Drop files or folders anywhere</span>
            <span className="hidden max-sm:inline touch:inline">Add your first documents</span>
          </p>
          <p className="mt-1.5 text-sm text-muted">
            <FormatsNote status={status} />
          </p>
        </div>
        <ChooseFilesButton status={status} />
      </div>
      <div className="mt-6 flex flex-wrap items-center justify-between gap-x-8 gap-y-4 sm:mt-8">
        <p className="max-w-sm text-[0.9375rem] leading-relaxed text-soft">
          Nothing at hand? A few short documents and three questions show how it works.
        </p>
        <SampleButton />
      </div>
    </div>
  );
}
