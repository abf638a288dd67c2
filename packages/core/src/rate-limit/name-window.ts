const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
];

/** "minute", "5 minutes", "90 seconds": in the largest unit that it is a whole number of. */
export function nameWindow(windowSeconds: number): string {
  const { unit, seconds } = units.find((candidate) => windowSeconds % candidate.seconds === 0) ?? {
    unit: 'second',
    seconds: 1,
  };
  const count = windowSeconds / seconds;
  return count === 1 ? unit : `${count} ${unit}s`;
}
