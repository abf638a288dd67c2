export interface CodeTracker {
  see(character: string): void;
  /** Whether the last seen character is inside Markdown code, or part of its fence. */
  inside(): boolean;
  /** Whether the next character would be, should it be `character`. */
  insideAfter(character: string): boolean;
}

/**
 * Follows Markdown code, character by character: inline code ends at its own run of backticks or with the line, a
 * fence of three or more at the next such fence.
 */
export function createCodeTracker(): CodeTracker {
  let ticks = 0;
  /** Length of the run that opened the code; 0 outside. */
  let opened = 0;

  const openedAfter = (character: string): number => {
    let after = opened;
    if (character !== '`' && ticks > 0) {
      if (opened === 0) after = ticks;
      else if (opened >= 3 ? ticks >= 3 : ticks === opened) after = 0;
    }
    return character === '\n' && after < 3 ? 0 : after;
  };
  return {
    see(character) {
      opened = openedAfter(character);
      ticks = character === '`' ? ticks + 1 : 0;
    },
    inside: () => opened > 0 || ticks > 0,
    insideAfter: (character) => openedAfter(character) > 0,
  };
}
