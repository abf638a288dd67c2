import type { z } from 'zod';

const types: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};
const formats: Record<string, string> = {
  guid: 'an id as this server makes them (a UUID)',
  uuid: 'an id as this server makes them (a UUID)',
  datetime: 'a time such as 2026-01-31T12:00:00Z',
  email: 'an email address',
  safeint: 'a whole number',
};

/** What is wrong with a field, for the person who sent it, to be read after the field's name. Undefined: Zod's own words. */
export function wordsOfIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return wordsOfType(issue);
    case 'too_small':
      return bound(issue.origin, { least: true, count: Number(issue.minimum), inclusive: issue.inclusive ?? true });
    case 'too_big':
      return bound(issue.origin, { least: false, count: Number(issue.maximum), inclusive: issue.inclusive ?? true });
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_format':
      return formats[issue.format] && `must be ${formats[issue.format]}`;
    default:
      return undefined;
  }
}

function wordsOfType({ expected, input }: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidType>): string | undefined {
  const wanted = types[expected];
  if (wanted === undefined) return undefined;
  if (input === undefined) return `is missing; send ${wanted}`;
  const sent = types[typeOf(input)];
  return sent === undefined || sent === wanted || expected === 'int'
    ? `must be ${wanted}`
    : `must be ${wanted}, not ${sent}`;
}

function typeOf(input: unknown): string {
  if (input === null) return 'null';
  return Array.isArray(input) ? 'array' : typeof input;
}

interface Bound {
  least: boolean;
  count: number;
  inclusive: boolean;
}

function bound(origin: string, { least, count, inclusive }: Bound): string {
  const unit = { string: ['character', 'characters'], array: ['entry', 'entries'] }[origin];
  if (unit !== undefined) return `must have at ${least ? 'least' : 'most'} ${count} ${unit[count === 1 ? 0 : 1]}`;
  if (inclusive) return `must be ${count} or ${least ? 'more' : 'less'}`;
  return `must be ${least ? 'more' : 'less'} than ${count}`;
}
