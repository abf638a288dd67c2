import { Link } from '@tanstack/react-router';
import { buttonClasses } from '../components/button.tsx';
import { PageTitle } from '../components/page-title.tsx';

interface NotFoundProps {
  title?: string;
  children?: string;
}

/** A page for what is not there: an address nobody serves, or a thing that was deleted. */
export function NotFound({
  title = 'There is no such page',
  children = 'The address may be mistyped, or what it led to has been deleted.',
}: NotFoundProps) {
  return (
    <main id="content" tabIndex={-1} className="grid min-h-0 flex-1 place-items-center p-6 outline-none">
      <PageTitle title="Not found" />
      <div className="max-w-md">
        <p className="tabular text-sm text-muted">404</p>
        <h1 className="mt-1 font-voice text-3xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-3 leading-relaxed text-soft">{children}</p>
        <div className="mt-6 flex flex-wrap gap-3">
          <Link to="/" className={buttonClasses('solid')}>
            Ask your twin
          </Link>
          <Link to="/documents" className={buttonClasses()}>
            See documents
          </Link>
        </div>
      </div>
    </main>
  );
}
