import type { MessageView } from '../../views.ts';

type Outcome = NonNullable<MessageView['outcome']>;

interface RefusalWords {
  /** What kind of refusal it is; null where the answer's own words leave no doubt. */
  label: string | null;
  action: string;
}

const words: Record<Outcome, RefusalWords | null> = {
  answered: null,
  quoted: null,
  'empty-library': { label: null, action: 'Add documents' },
  'nothing-relevant': { label: null, action: 'See or add documents' },
  unsupported: {
    label: 'Your documents come near this. The sources below are the nearest, and none of them surely answers it.',
    action: 'Add a document that answers it',
  },
};

/** How a refusal is shown; null for an answer. One that failed has no outcome, and tells its error instead. */
export function refusalOf(outcome: MessageView['outcome']): RefusalWords | null {
  return outcome === null ? null : words[outcome];
}
