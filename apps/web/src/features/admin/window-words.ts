const units = [
  { name: 'day', seconds: 86_400 },
  { name: 'hour', seconds: 3_600 },
  { name: 'minute', seconds: 60 },
  { name: 'second', seconds: 1 },
];

/** "minute", "5 minutes", "day": a window in the largest unit that it is a whole number of. */
export function windowWords(windowSeconds: number): string {
  const unit = units.find(({ seconds }) => windowSeconds % seconds === 0) ?? { name: 'second', seconds: 1 };
  const count = windowSeconds / unit.seconds;
  return count === 1 ? unit.name : `${count} ${unit.name}s`;
}
