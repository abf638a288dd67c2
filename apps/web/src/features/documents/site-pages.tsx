import { type MouseEvent, useEffect, useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { formatCount, formatNumber } from '../../format.ts';
import type { PagesProgress } from './import-pages.ts';
import { useImportSite } from './use-import-site.ts';

interface SitePagesProps {
  addresses: readonly string[];
  /** Which they are, in words. */
  said: string;
  onClose: () => void;
}

/** The pages that a site map names, or that were left of them: how many there are, and then how it goes with each. */
export function SitePages({ addresses, said, onClose }: SitePagesProps) {
  const { progress, isRunning, start, stop } = useImportSite();
  const found = useRef<HTMLParagraphElement>(null);
  // The form is gone, and the focus that was in it: it goes to what was found, which is read out.
  useEffect(() => found.current?.focus(), []);

  function press(event: MouseEvent) {
    if (progress === undefined) {
      found.current?.focus();
      void start(addresses);
    } else if (!isRunning) {
      onClose();
    } else if (event.detail <= 1) {
      // The second click of a double one belongs to "Add", in whose place "Stop" is by then.
      stop();
    }
  }

  return (
    <div className="flex flex-col gap-4">
      <p ref={found} tabIndex={-1} className="outline-none">
        {said}
      </p>
      {progress === undefined ? (
        <p className="text-sm text-soft">
          Each becomes a document. Two are fetched at a time, with pauses, while this stays open; what is left when it
          closes can be added later.
        </p>
      ) : (
        <SiteProgress progress={progress} />
      )}
      <Button look={progress === undefined ? 'solid' : 'outline'} className="self-end" onClick={press}>
        {progress === undefined ? `Add ${formatCount(addresses.length, 'page')}` : isRunning ? 'Stop' : 'Done'}
      </Button>
    </div>
  );
}

function SiteProgress({ progress: { total, added, same, failed } }: { progress: PagesProgress }) {
  const done = added + same + failed.length;
  const counts = [
    `${formatNumber(added)} added`,
    same > 0 && `${formatNumber(same)} here already`,
    failed.length > 0 && `${formatNumber(failed.length)} not added`,
  ];
  return (
    <div className="flex flex-col gap-2">
      <ProgressLine value={done / total} label="Pages of the site" />
      <p aria-live="polite" className="text-sm text-soft">
        {formatNumber(done)} of {formatNumber(total)}: {counts.filter(Boolean).join(', ')}
      </p>
      {failed.length > 0 && (
        <ul aria-label="Pages that were not added" className="max-h-48 overflow-y-auto text-sm text-danger">
          {failed.map(({ address, message }) => (
            <li key={address} className="wrap-anywhere">
              {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
