import { Button } from '../../components/button.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import type { PagesProgress } from './import-pages.ts';
import { useImportSite } from './use-import-site.ts';

interface SitePagesProps {
  addresses: readonly string[];
  beyondLimit: number;
  elsewhere: number;
  onClose: () => void;
}

/** The pages that a site map names: how many there are, and then how it goes with each. */
export function SitePages({ addresses, beyondLimit, elsewhere, onClose }: SitePagesProps) {
  const { progress, isRunning, start, stop } = useImportSite();
  const pages = addresses.length === 1 ? '1 page' : `${addresses.length} pages`;
  return (
    <div className="flex flex-col gap-4">
      <p>
        The site map names{' '}
        {beyondLimit === 0
          ? pages
          : `more pages than are added at once: the first ${addresses.length} of ${addresses.length + beyondLimit}`}
        .{elsewhere > 0 && ` ${elsewhere} of other sites are left out.`}
      </p>
      {progress === undefined ? (
        <p className="text-sm text-soft">
          Each becomes a document. Two are fetched at a time, with pauses, while this stays open.
        </p>
      ) : (
        <SiteProgress progress={progress} />
      )}
      {progress === undefined ? (
        <Button look="solid" className="self-end" onClick={() => void start(addresses)}>
          Add {pages}
        </Button>
      ) : (
        <Button className="self-end" onClick={isRunning ? stop : onClose}>
          {isRunning ? 'Stop' : 'Done'}
        </Button>
      )}
    </div>
  );
}

function SiteProgress({ progress: { total, added, same, failed } }: { progress: PagesProgress }) {
  const done = added + same + failed.length;
  const counts = [
    `${added} added`,
    same > 0 && `${same} here already`,
    failed.length > 0 && `${failed.length} not added`,
  ];
  return (
    <div className="flex flex-col gap-2">
      <ProgressLine value={done / total} label="Pages of the site" />
      <p aria-live="polite" className="text-sm text-soft">
        {done} of {total}: {counts.filter(Boolean).join(', ')}
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
