/**
 * How long each part took, one to a line, and all of them together.
 *
 * @param {{ name: string, seconds: number }[]} parts
 */
export function describeDurations(parts) {
  const all = { name: 'All', seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0) };
  const rows = [...parts, all].map(({ name, seconds }) => ({ name, time: timeOf(seconds) }));
  const width = Math.max(...rows.map(({ name }) => name.length));
  const timeWidth = Math.max(...rows.map(({ time }) => time.length));
  return ['How long it took:', ...rows.map(({ name, time }) => `  ${name.padEnd(width)}  ${time.padStart(timeWidth)}`)];
}

/** @param {number} seconds */
function timeOf(seconds) {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}
