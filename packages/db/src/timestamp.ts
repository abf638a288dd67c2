/**
 * Parses a Postgres `timestamp` (without a zone), which this schema always keeps in UTC. Both drivers would read it
 * in the zone of the process.
 */
export function parseUtcTimestamp(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}Z`);
}
