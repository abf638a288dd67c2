import { createCanonicalText } from '../canonical-text.ts';
import type { ParsedDocument } from '../parsed-document.ts';
import type { ParserInput } from './parser-input.ts';
import { decodeOrRefuse } from './plain-text.ts';

interface Property {
  name: string;
  parameters: string;
  value: string;
}

/** What is shown of an entry, by the names the formats give it; all else is for programs. */
const shownNames: Record<string, string> = {
  ADR: 'Address',
  ATTENDEE: 'With',
  BDAY: 'Birthday',
  CATEGORIES: 'Categories',
  COMMENT: 'Comment',
  COMPLETED: 'Completed',
  DESCRIPTION: 'Description',
  DTEND: 'Until',
  DTSTART: 'From',
  DUE: 'Due',
  EMAIL: 'E-mail',
  LOCATION: 'Place',
  NICKNAME: 'Nickname',
  NOTE: 'Note',
  ORG: 'Organisation',
  ORGANIZER: 'Organiser',
  ROLE: 'Role',
  RRULE: 'Repeats',
  STATUS: 'Status',
  TEL: 'Phone',
  TITLE: 'Position',
  URL: 'Address on the web',
};
const entries = new Set(['VCARD', 'VEVENT', 'VTODO', 'VJOURNAL']);

/** Reads address books (vCard) and calendars (iCalendar): each entry a section under its name, a line for each thing it says. */
export function parseContactsAndEvents(input: ParserInput): ParsedDocument {
  const canonical = createCanonicalText({ fileName: input.fileName, charactersMax: input.limits.charactersMax });
  const text = decodeOrRefuse(input);
  let title: string | null = null;
  let entry: Property[] | undefined;
  const open: string[] = [];
  for (const property of listProperties(text)) {
    const { name, value } = property;
    const kind = value.trim().toUpperCase();
    if (name === 'BEGIN') {
      open.push(kind);
      if (entries.has(kind)) entry = [];
    } else if (name === 'END') {
      open.pop();
      if (entries.has(kind) && entry !== undefined) {
        canonical.add({ kind: 'heading', level: 1, text: nameOf(entry) });
        canonical.add({ kind: 'paragraph', text: entry.flatMap(describe).join('\n') });
        entry = undefined;
      }
    } else if (name === 'X-WR-CALNAME') title = value.trim() || null;
    // An alarm inside of an event is none of what it says.
    else if (entry !== undefined && entries.has(open.at(-1) ?? '')) entry.push(property);
  }
  const mediaType = /^\s*BEGIN:VCARD/i.test(text) ? 'text/vcard' : 'text/calendar';
  return { ...canonical.finish(), title, mediaType, pageCount: null, warnings: [] };
}

/** Lines are folded: what begins with a space goes on with the one before, as does what ends with `=` where it is quoted-printable. */
function* listProperties(text: string): Generator<Property> {
  const unfolded = text.replace(/\r\n?/g, '\n').replace(/\n[ \t]/g, '');
  const joined = unfolded.replace(
    /^([^:\n]{0,500}QUOTED-PRINTABLE[^:\n]{0,500}:)((?:.*=\n)+.*)$/gim,
    (_, head: string, value: string) => {
      return head + value.replace(/=\n/g, '');
    },
  );
  for (const line of joined.split('\n')) {
    const [, name, parameters = '', value = ''] =
      /^(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^";:])*)*):([^]*)$/.exec(line) ?? [];
    if (name !== undefined) yield { name: name.toUpperCase(), parameters, value };
  }
}

function nameOf(entry: readonly Property[]): string {
  const find = (wanted: string) => entry.find(({ name }) => name === wanted);
  const named = find('FN') ?? find('SUMMARY') ?? find('ORG') ?? find('N');
  return named === undefined ? 'Without a name' : plainValue(named).replaceAll('\n', ' ');
}

function describe(property: Property): string[] {
  const { name, parameters } = property;
  const label = shownNames[name];
  const value = name.startsWith('DT') || name === 'DUE' ? dateText(property) : plainValue(property);
  const who = /;CN="?([^";:]+)"?/i.exec(parameters)?.[1];
  if (label === undefined || value === '') return [];
  return [`${label}: ${who === undefined ? value : `${who} <${value}>`}`];
}

function plainValue({ parameters, value }: Property): string {
  const decoded = /QUOTED-PRINTABLE/i.test(parameters) ? fromQuotedPrintable(value) : value;
  return decoded
    .replace(/^mailto:/i, '')
    .replace(/\\n/gi, '\n')
    .replace(/(?<!\\);+/g, ', ')
    .replace(/\\([\\,;:])/g, '$1')
    .replace(/^[\s,]+|(?<![\s,])[\s,]+$/g, '');
}

function fromQuotedPrintable(value: string): string {
  const bytes = value.replace(/=([\dA-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** `20240504T093000` as `2024-05-04 09:30`, with the zone it is meant in. */
function dateText({ parameters, value }: Property): string {
  const [, year, month, day, hour, minute, utc] =
    /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2})(?::?\d{2})?(Z?))?/.exec(value.trim()) ?? [];
  if (year === undefined) return plainValue({ name: '', parameters, value });
  const zone = utc === 'Z' ? ' UTC' : (/;TZID="?([^";:]+)/i.exec(parameters)?.[1]?.replace(/^/, ' ') ?? '');
  return `${year}-${month}-${day}${hour === undefined ? '' : ` ${hour}:${minute}${zone}`}`;
}
