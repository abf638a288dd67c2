import { sql } from 'kysely';
import type { Db } from '../db.ts';
import type { TwinScope } from '../scope.ts';
import { namedStatement } from '../server/name-statements.ts';

/** Where a chunk says a word: counted in words from 1, those of title and headings first. */
export interface WordPlaces {
  chunkId: number;
  lexeme: string;
  places: number[];
}

/** Where each of the chunks says each of the words, in any order; what a chunk does not say is left out. */
export async function listWordPlaces(
  db: Db,
  scope: TwinScope,
  { chunkIds, lexemes }: { chunkIds: readonly number[]; lexemes: readonly string[] },
): Promise<WordPlaces[]> {
  if (chunkIds.length === 0 || lexemes.length === 0) return [];
  const { rows } = await sql<WordPlaces>`${namedStatement('word-places')}
    select chunk.id as "chunkId", held.lexeme, held.positions::integer[] as places
    from chunk, unnest(chunk.tsv) as held
    where chunk.twin_id = ${scope.twinId} and chunk.id = any (cast(${[...chunkIds]} as bigint[]))
      and held.lexeme = any (cast(${[...lexemes]} as text[]))`.execute(db);
  return rows;
}
