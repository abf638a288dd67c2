/** Names in all the warnings of one upload: each is told of, as long as the list can be taken in. */
const NAMES_MAX = 1_000;
/** Of other kinds: an archive of thousands of files may have something to say of each. */
const WARNINGS_MAX = 200;

/** As `addPart` words them: the path to the file inside, its name, and what is wrong with it, of which the file is the subject. */
const notRead = /^(?:(?<path>.+): )?Not read: “(?<name>[^”]+)” (?<reason>.+)$/s;

/** The warnings in their order, one for all the files inside that were not read for the same reason, each by its name. */
export function groupWarnings(warnings: readonly string[]): string[] {
  const groups = new Map<string, { names: string[]; warning: string }>();
  for (const warning of warnings) {
    const { path, name = '', reason = warning } = notRead.exec(warning)?.groups ?? {};
    const inner = path === undefined ? name : `${path.replaceAll(': ', ' › ')} › ${name}`;
    const group = groups.get(reason);
    if (group === undefined) groups.set(reason, { names: [inner], warning });
    else group.names.push(inner);
  }
  let namesLeft = NAMES_MAX;
  const grouped = [...groups].map(([reason, { names, warning }]) => {
    if (names.length === 1 || reason === warning) return warning;
    const named = names.slice(0, namesLeft);
    namesLeft -= named.length;
    const rest = names.length - named.length;
    const list = [...named.map((name) => `“${name}”`), ...(rest === 0 ? [] : [`${rest} more`])].join(', ');
    return `Not read, ${names.length} files: ${list}. Each ${reason}`;
  });
  const rest = grouped.length - WARNINGS_MAX;
  return rest <= 0 ? grouped : [...grouped.slice(0, WARNINGS_MAX), `And ${rest} more warnings.`];
}
