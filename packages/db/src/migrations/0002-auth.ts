import { type Kysely, sql } from 'kysely';

/** The sign-in library's tables, as it compiles them for our options; a test compares the two. Unused on a loopback address. */
const statements = [
  `create table auth_user (
    id text not null primary key,
    name text not null,
    email text not null unique,
    "emailVerified" boolean not null,
    image text,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null default current_timestamp
  )`,

  `create table auth_session (
    id text not null primary key,
    "expiresAt" timestamptz not null,
    token text not null unique,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null,
    "ipAddress" text,
    "userAgent" text,
    "userId" text not null references auth_user (id) on delete cascade
  )`,
  `create index "auth_session_userId_idx" on auth_session ("userId")`,

  `create table auth_account (
    id text not null primary key,
    "accountId" text not null,
    "providerId" text not null,
    "userId" text not null references auth_user (id) on delete cascade,
    "accessToken" text,
    "refreshToken" text,
    "idToken" text,
    "accessTokenExpiresAt" timestamptz,
    "refreshTokenExpiresAt" timestamptz,
    scope text,
    password text,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null
  )`,
  `create index "auth_account_userId_idx" on auth_account ("userId")`,

  `create table auth_verification (
    id text not null primary key,
    identifier text not null,
    value text not null,
    "expiresAt" timestamptz not null,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null default current_timestamp
  )`,
  `create index "auth_verification_identifier_idx" on auth_verification (identifier)`,

  `create table auth_api_key (
    id text not null primary key,
    "configId" text not null,
    name text,
    start text,
    "referenceId" text not null,
    prefix text,
    key text not null,
    "refillInterval" integer,
    "refillAmount" integer,
    "lastRefillAt" timestamptz,
    enabled boolean,
    "rateLimitEnabled" boolean,
    "rateLimitTimeWindow" integer,
    "rateLimitMax" integer,
    "requestCount" integer,
    remaining integer,
    "lastRequest" timestamptz,
    "expiresAt" timestamptz,
    "createdAt" timestamptz not null,
    "updatedAt" timestamptz not null,
    permissions text,
    metadata text
  )`,
  `create index "auth_api_key_configId_idx" on auth_api_key ("configId")`,
  `create index "auth_api_key_referenceId_idx" on auth_api_key ("referenceId")`,
  `create index "auth_api_key_key_idx" on auth_api_key (key)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await sql.raw(statement).execute(db);
  }
}
