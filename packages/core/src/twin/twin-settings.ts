import { findTwin, updateTwin } from '@twin/db/queries/twins';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import type { Deps } from '../deps.ts';
import { type Persona, personaOf } from './persona.ts';

/** What the owner decides about a twin. */
export interface TwinSettings {
  persona: Persona;
  /** Tokens a model may use for this twin in one day of UTC; null for any number. Beyond it, answers are quoted. */
  dailyTokensMax: number | null;
}

/** @throws AppError `not-found`. */
export async function getTwinSettings({ db }: Pick<Deps, 'db'>, scope: TwinScope): Promise<TwinSettings> {
  const twin = await findTwin(db, scope);
  if (!twin) throw new AppError('not-found', 'This twin does not exist.');
  return { persona: personaOf(twin), dailyTokensMax: twin.dailyTokensMax };
}

/** In force from the next question on. */
export async function updateTwinSettings(
  deps: Pick<Deps, 'db'>,
  scope: TwinScope,
  { persona, dailyTokensMax }: TwinSettings,
): Promise<TwinSettings> {
  const { name, bio, tone, person, strictness } = persona;
  const trimmed = { name: name.trim(), bio: bio.trim(), tone: tone.trim() };
  await updateTwin(deps.db, scope, { ...trimmed, person, strictness, dailyTokensMax });
  return await getTwinSettings(deps, scope);
}
