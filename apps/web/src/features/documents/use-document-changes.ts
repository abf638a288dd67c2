import { useDeletion } from './use-deletion.ts';
import { useOrganizing } from './use-organizing.ts';
import { useReadings } from './use-readings.ts';

/** What can be done to a document: delete, retry, unlock, cancel. Failures are told; the list then shows the truth again. */
export function useDocumentChanges() {
  return { ...useDeletion(), ...useReadings(), ...useOrganizing() };
}
