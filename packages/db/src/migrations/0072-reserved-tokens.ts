import { type Kysely, sql } from 'kysely';

const statements = [
  // What an answer under way may come to use of the day's budget. It ends with the answer, or with its process: of one
  // that is not running any more, what was used counts.
  `alter table message add column reserved_tokens integer`,

  // See the query reserveTokens. Whoever asks waits for the one before: a look and a note of one statement would each see the same
  // tokens left.
  `create function reserve_tokens(of_twin integer, of_message uuid, estimate integer, budget bigint, stale_ms integer)
  returns boolean
  language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(hashtext('reserve tokens'), of_twin);
    if budget <= (
        select coalesce(sum(prompt_tokens + completion_tokens), 0) from token_usage
        where twin_id = of_twin and day = (now() at time zone 'utc')::date
      ) + (
        select coalesce(sum(reserved_tokens), 0) from message
        where twin_id = of_twin and state = 'running' and id <> of_message
          and heartbeat_at > now() - stale_ms * interval '1 millisecond'
      ) then
      return false;
    end if;
    update message set reserved_tokens = estimate where twin_id = of_twin and id = of_message;
    return true;
  end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
