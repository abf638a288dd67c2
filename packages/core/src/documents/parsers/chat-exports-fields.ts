export interface Chat {
  name: string | undefined;
  messages: { writer: string; time: string; text: string }[];
  /** How many messages have nothing to show. */
  leftOut: number;
}

export type Fields = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isEach<Kind extends Fields>(
  values: readonly unknown[],
  isKind: (value: unknown) => value is Kind,
): values is readonly Kind[] {
  return values.length > 0 && values.every(isKind);
}

export function textIn(record: unknown, name: string): string | undefined {
  const value = isRecord(record) ? record[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Those of the texts that are there. */
export function textsIn(record: unknown, names: readonly string[]): string[] {
  return names.map((name) => textIn(record, name)).filter((text) => text !== undefined);
}

export function recordsIn(record: Fields, name: string): Fields[] {
  const value = record[name];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The minute, of which it says that it is in no zone of anybody's. */
export function timeInUtc(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A chat of the messages that say something. */
export function toChat(name: string | undefined, messages: Chat['messages']): Chat {
  const told = messages.filter(({ text }) => text.trim() !== '');
  return { name, messages: told, leftOut: messages.length - told.length };
}
