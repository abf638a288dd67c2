import { limits } from '../limits.ts';
import type { ReadLimits } from '../ports.ts';

/** What reading one file may take. */
export const readLimits: ReadLimits = {
  durationMsMax: limits.readDurationMsMax,
  memoryMbMax: limits.readMemoryMbMax,
  charactersMax: limits.canonicalCharactersMax,
  tableCharactersMax: limits.tableCharactersMax,
  partCharacters: limits.textPartCharacters,
  pagesMax: limits.pagesMax,
  recognisedPagesMax: limits.recognisedPagesMax,
  recognitionMsMax: limits.recognitionMsMax,
};
