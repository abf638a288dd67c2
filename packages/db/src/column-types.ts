import type { ColumnType } from 'kysely';

/** JSON columns are written as JSON text: node-postgres would turn a JS array into a Postgres array. */
export type Json<T> = ColumnType<T, string, string>;
export type CreatedAt = ColumnType<Date, Date | undefined, never>;
export type UpdatedAt = ColumnType<Date, Date | undefined, Date>;
