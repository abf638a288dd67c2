const DARK = 128;
const WHITE = 255;
/** Letters have no straight stroke this long; the rules of tables and forms do. Share of the picture's longer side. */
const RULE_SHARE = 0.03;
/** Thicker than this share is a bar or a filled cell, which may hold text. */
const THICKNESS_SHARE = 0.003;

/**
 * Erases thin straight rules from a grey picture, in place: the engine takes the cells of a ruled table for a drawing
 * and leaves out what is written in them.
 */
export function eraseRules(grey: Uint8Array, width: number, height: number): void {
  const long = Math.max(width, height);
  const lengthMin = Math.max(30, Math.round(long * RULE_SHARE));
  const thicknessMax = Math.max(3, Math.round(long * THICKNESS_SHARE));
  const erased = [
    ...findRules(grey, { along: 1, across: width, length: width, count: height }, lengthMin, thicknessMax),
    ...findRules(grey, { along: width, across: 1, length: height, count: width }, lengthMin, thicknessMax),
  ];
  for (const { start, step, length } of erased) {
    for (let index = 0; index < length; index += 1) grey[start + index * step] = WHITE;
  }
}

interface Scan {
  /** From one pixel of a line to the next, and from one line to the next. */
  along: number;
  across: number;
  /** Pixels of a line, and lines. */
  length: number;
  count: number;
}

/** Runs of dark pixels, long and with light above and below within the thickness of a rule. */
function findRules(grey: Uint8Array, scan: Scan, lengthMin: number, thicknessMax: number) {
  const { along, across, length, count } = scan;
  const rules: { start: number; step: number; length: number }[] = [];
  for (let line = 0; line < count; line += 1) {
    const origin = line * across;
    let from = 0;
    for (let index = 0; index <= length; index += 1) {
      if (index < length && (grey[origin + index * along] ?? WHITE) < DARK) continue;
      if (index - from >= lengthMin && isThin(grey, scan, { line, from, to: index }, thicknessMax)) {
        rules.push({ start: origin + from * along, step: along, length: index - from });
      }
      from = index + 1;
    }
  }
  return rules;
}

/** Measured at a few places: where the rule crosses others or touches letters it is thicker. */
function isThin(grey: Uint8Array, scan: Scan, run: { line: number; from: number; to: number }, thicknessMax: number) {
  const samples = 9;
  let thin = 0;
  for (let sample = 1; sample <= samples; sample += 1) {
    const index = Math.floor(run.from + ((run.to - run.from) * sample) / (samples + 1));
    if (thicknessAt(grey, scan, run.line, index, thicknessMax) <= thicknessMax) thin += 1;
  }
  return thin > samples / 2;
}

function thicknessAt(
  grey: Uint8Array,
  { along, across, count }: Scan,
  line: number,
  index: number,
  max: number,
): number {
  const isDark = (at: number) => at >= 0 && at < count && (grey[at * across + index * along] ?? WHITE) < DARK;
  let thickness = 1;
  for (let at = line - 1; isDark(at) && thickness <= max; at -= 1) thickness += 1;
  for (let at = line + 1; isDark(at) && thickness <= max; at += 1) thickness += 1;
  return thickness;
}
