import { formatPages } from '../../format.ts';

interface PassagePlaceProps {
  pageFrom: number | null;
  pageTo: number | null;
  headingPath: readonly string[];
}

/** Where in its document a passage stands: "p. 4 · Terms › Deposits". Nothing when the format knows neither. */
export function PassagePlace({ pageFrom, pageTo, headingPath }: PassagePlaceProps) {
  const place = [formatPages(pageFrom, pageTo), headingPath.join(' › ')].filter(Boolean).join(' · ');
  return place === '' ? null : <span className="inline-block text-sm break-words text-muted">{place}</span>;
}
