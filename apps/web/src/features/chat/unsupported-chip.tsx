import { Popover } from '@base-ui/react/popover';
import { useContext } from 'react';
import type { UnsupportedClaim } from '../../views.ts';
import { useIsVisitor } from './audience.ts';
import { CitationsOfAnswer, pageMain } from './citation-chip.tsx';

type Reason = UnsupportedClaim['reason'];

const titles: Record<Reason, string> = {
  uncited: 'No source named for this',
  'quote-not-found': 'No source found for this',
  'not-proven': 'Not proven by its source',
  'unknown-passage': 'No source found for this',
};
const explanations: Record<Reason, string> = {
  uncited:
    'The model wrote this sentence without citing a passage, so nothing in your documents has been checked for it.',
  'quote-not-found':
    'The model gave these words as proof. No passage it was given says them, or they prove too little:',
  'not-proven': 'The model cited a passage for this, and what stands there does not say it.',
  'unknown-passage': 'The model cited a passage that it was never given.',
};

/** Visitors have no documents here, and choose no model. */
const explanationsToVisitors: Record<Reason, string> = {
  uncited: 'This sentence names no passage of the documents, so nothing has been checked for it.',
  'quote-not-found': 'These words were given as proof. No passage says them, or they prove too little:',
  'not-proven': 'A passage was named for this, and what stands there does not say it.',
  'unknown-passage': 'A passage was named for this that there is not.',
};

export function explanationOf(reason: Reason, isVisitor: boolean): string {
  return (isVisitor ? explanationsToVisitors : explanations)[reason];
}

/** Stands where a citation would, after a claim that nothing could be found for. A press tells why, and what the model gave as proof. */
export function UnsupportedChip({ number }: { number: number }) {
  const context = useContext(CitationsOfAnswer);
  const isVisitor = useIsVisitor();
  const claim = context?.unsupported.find((candidate) => candidate.number === number);
  if (claim === undefined) {
    return null;
  }
  return (
    <Popover.Root>
      <Popover.Trigger
        openOnHover
        delay={250}
        aria-label={`${titles[claim.reason]}: why`}
        className="citation-chip"
        data-unsupported
      >
        ?
      </Popover.Trigger>
      <Popover.Portal container={pageMain}>
        <Popover.Positioner sideOffset={8} collisionPadding={16} className="z-50">
          <Popover.Popup className="popup-motion w-80 max-w-[calc(100vw-2rem)] rounded-xl border border-line bg-surface p-4 text-ink shadow-lift outline-none">
            <Popover.Title className="text-sm leading-snug font-semibold">{titles[claim.reason]}</Popover.Title>
            <Popover.Description className="mt-1 text-sm leading-relaxed text-soft">
              {explanationOf(claim.reason, isVisitor)}
            </Popover.Description>
            {claim.quote !== null && (
              <blockquote className="mt-3 line-clamp-6 border-l-2 border-warn pl-3 font-voice text-[0.9375rem] leading-relaxed text-soft line-through decoration-warn/60">
                {claim.quote}
              </blockquote>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
