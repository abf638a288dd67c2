import { Button } from '../../components/button.tsx';
import { formatNumber } from '../../format.ts';
import type { DocumentText } from '../../views.ts';

interface TextStretchesProps {
  document: DocumentText;
  /** Undefined at the first stretch. */
  onBack: (() => void) | undefined;
  onGoOn: (offset: number) => void;
}

/** Of a document too long to be loaded at once: which stretch of it is shown, and the way to the next. */
export function TextStretches({ document: { offset, text, length, hasAfter }, onBack, onGoOn }: TextStretchesProps) {
  if (onBack === undefined && !hasAfter) return null;
  const end = offset + text.length;
  return (
    <nav
      aria-label="Stretches of the text"
      className="mt-8 flex flex-wrap items-center gap-3 border-t border-line pt-4"
    >
      <p className="tabular mr-auto text-sm text-muted">
        Characters {formatNumber(offset + 1)} to {formatNumber(end)} of {formatNumber(length)}
      </p>
      {onBack !== undefined && (
        <Button size="small" onClick={onBack}>
          Back
        </Button>
      )}
      {hasAfter && (
        <Button size="small" onClick={() => onGoOn(end)}>
          Next characters
        </Button>
      )}
    </nav>
  );
}
