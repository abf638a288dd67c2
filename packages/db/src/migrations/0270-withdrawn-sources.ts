import { type Kysely, sql } from 'kysely';

/** Of a list of what was found: all but the place goes of the documents that `condition` names. */
const withoutWords = (sources: string, condition: string) => `(
  select coalesce(jsonb_agg(
    case when ${condition} then source || '{"documentTitle": "", "headingPath": [], "excerpt": ""}' else source end
    order by place), '[]')
  from jsonb_array_elements(${sources}) with ordinality as found (source, place))`;
const withoutQuotes = (expected: string) => `(
  select coalesce(jsonb_agg(
    case when source ->> 'documentId' = any (document_ids) then source || '{"quote": null}' else source end
    order by place), '[]')
  from jsonb_array_elements(${expected}) with ordinality as wanted (source, place))`;

const isNamed = "source ->> 'documentId' = any (document_ids)";
const isGone =
  "not exists (select from document d where d.twin_id = message.twin_id and d.id = source ->> 'documentId')";
const idsRead = `jsonb_path_query_array(sources, '$[*] ? (@.excerpt != "").documentId')`;
const idsEvaluated = "coalesce(result -> 'documentIds', result -> 'ranking')";
const idsQuoted = (expected: string) => `jsonb_path_query_array(${expected}, '$[*] ? (@.quote != null).documentId')`;

const statements = [
  // What was deleted before: answers and runs kept what they had found in it.
  `update message set sources = ${withoutWords('sources', isGone)}
    where sources <> '[]' and exists (select from jsonb_array_elements(sources) as found (source) where ${isGone})`,
  `update evaluation_result set result = result || '{"text": null}'
    where exists (
      select from jsonb_array_elements_text(${idsEvaluated}) as read (id)
      where not exists (select from document d where d.twin_id = evaluation_result.twin_id and d.id = read.id))`,

  // By document, what still holds words of it: a row leaves the index with the last of them.
  `create index message_reading on message using gin ((${idsRead})) where sources <> '[]'`,
  `create index evaluation_result_reading on evaluation_result using gin ((${idsEvaluated}))
    where result ->> 'text' is not null`,
  `create index evaluation_result_quoting on evaluation_result using gin ((${idsQuoted("(question -> 'expected')")}))`,

  // Names, headings and words of these documents go from what answers list as found, and from their logs; quotes that are
  // cited stay. So many answers at most, or with null all; returns how many.
  `create function erase_from_answers(of_twin integer, document_ids text[], at_most integer) returns integer
    language plpgsql set plan_cache_mode = force_custom_plan as $$
  declare
    message_ids uuid[];
  begin
    select coalesce(array_agg(id), '{}') into message_ids from (
      select id from message where twin_id = of_twin and sources <> '[]' and ${idsRead} ?| document_ids
      limit at_most) as reading;
    -- In one order, so that two erasures never wait for each other.
    perform from message where twin_id = of_twin and id = any (message_ids) order by id for update;
    update message set sources = ${withoutWords('sources', isNamed)}
      where twin_id = of_twin and id = any (message_ids);
    -- An answer that is being written lists nothing yet but in its log.
    update turn_event set event = case event ->> 'type'
        when 'search-end' then jsonb_set(event, '{sources}', ${withoutWords("event -> 'sources'", isNamed)})
        else jsonb_set(event, '{message,sources}', ${withoutWords("event #> '{message,sources}'", isNamed)}) end
      where twin_id = of_twin and event ->> 'type' in ('search-end', 'answer-end') and message_id = any (
        message_ids || array(select id from message where twin_id = of_twin and state = 'running'));
    return cardinality(message_ids);
  end $$`,

  // Of what is expected the quotes go, and of results the answers that read these documents. Measures stay.
  `create function erase_from_evaluations(of_twin integer, document_ids text[]) returns void
    language plpgsql set plan_cache_mode = force_custom_plan as $$
  begin
    update golden_question set expected = ${withoutQuotes('expected')}
      where twin_id = of_twin and ${idsQuoted('expected')} ?| document_ids;
    update evaluation_result
      set question = jsonb_set(question, '{expected}', ${withoutQuotes("question -> 'expected'")})
      where twin_id = of_twin and ${idsQuoted("(question -> 'expected')")} ?| document_ids;
    update evaluation_result set result = result || '{"text": null}'
      where twin_id = of_twin and result ->> 'text' is not null and ${idsEvaluated} ?| document_ids;
  end $$`,

  // However a document goes.
  `create function erase_words_of_documents() returns trigger language plpgsql as $$
  declare
    gone record;
  begin
    for gone in select twin_id, array_agg(id) as ids from deleted group by twin_id loop
      perform erase_from_answers(gone.twin_id, gone.ids, null);
      perform erase_from_evaluations(gone.twin_id, gone.ids);
    end loop;
    return null;
  end $$`,
  `create trigger erase_words_of_documents after delete on document
    referencing old table as deleted for each statement execute function erase_words_of_documents()`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
