import { countOf } from '../count-of.ts';
import type { ParsedFile, UnreadFile } from './parsed-document.ts';

/** Names in all the warnings of one upload: each is told of, as long as the list can be taken in. */
const NAMES_MAX = 1_000;
/** Of other kinds: an archive of thousands of files may have something to say of each. */
const WARNINGS_MAX = 200;

/** The warnings in their order, one for all the files inside that were not read for the same reason, each by its name. */
export function groupWarnings(warnings: ParsedFile['warnings']): string[] {
  const groups = Map.groupBy(warnings, (warning) => (typeof warning === 'string' ? warning : warning.why));
  let namesLeft = NAMES_MAX;
  const grouped = [...groups].map(([why, group]) => {
    const files = group.filter((warning) => typeof warning !== 'string');
    const [first] = files;
    if (first === undefined) return why;
    if (files.length === 1) return describeOne(first);
    const named = files.slice(0, namesLeft).map(({ inside }) => `“${inside.join(' › ')}”`);
    namesLeft -= named.length;
    const rest = files.length - named.length;
    const list = [...named, ...(rest === 0 ? [] : [`${rest} more`])].join(', ');
    return `Not read, ${files.length} files: ${list}. Each ${why}`;
  });
  const rest = grouped.length - WARNINGS_MAX;
  return rest <= 0 ? grouped : [...grouped.slice(0, WARNINGS_MAX), `And ${countOf(rest, 'more warning')}.`];
}

function describeOne({ inside, why }: UnreadFile): string {
  const path = inside.slice(0, -1).map((name) => `${name}: `);
  return `${path.join('')}Not read: “${inside.at(-1)}” ${why}`;
}
