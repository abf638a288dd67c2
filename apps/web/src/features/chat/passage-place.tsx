import { formatPages } from '../../format.ts';

interface PassagePlaceProps {
  /** Of the document: shown elsewhere, so not repeated as the first heading. */
  title: string;
  pageFrom: number | null;
  pageTo: number | null;
  pageKind?: 'slide' | undefined;
  headingPath: readonly string[];
}

/** Where in its document a passage stands: "p. 4 · Terms › Deposits" or "slide 3 · Costs". Nothing when the format knows neither. */
export function PassagePlace({ title, pageFrom, pageTo, pageKind, headingPath }: PassagePlaceProps) {
  const headings = headingPath[0] === title ? headingPath.slice(1) : headingPath;
  const place = [formatPages(pageFrom, pageTo, pageKind), headings.join(' › ')].filter(Boolean).join(' · ');
  return place === '' ? null : <span className="inline-block text-sm break-words text-muted">{place}</span>;
}
