import { formatPages } from '../../format.ts';

interface PassagePlaceProps {
  /** Of the document: shown elsewhere, so not repeated as the first heading. */
  title: string;
  pageFrom: number | null;
  pageTo: number | null;
  headingPath: readonly string[];
}

/** Where in its document a passage stands: "p. 4 · Terms › Deposits". Nothing when the format knows neither. */
export function PassagePlace({ title, pageFrom, pageTo, headingPath }: PassagePlaceProps) {
  const headings = headingPath[0] === title ? headingPath.slice(1) : headingPath;
  const place = [formatPages(pageFrom, pageTo), headings.join(' › ')].filter(Boolean).join(' · ');
  return place === '' ? null : <span className="inline-block text-sm break-words text-muted">{place}</span>;
}
