import type { Logger } from '@twin/core/ports';
import { type DestinationStream, type LevelWithSilent, pino } from 'pino';
import pretty from 'pino-pretty';

export interface LoggerOptions {
  level: LevelWithSilent;
  /** Coloured lines for a person instead of JSON, on standard error: standard output is for what a command was asked for. */
  forPerson: boolean;
  /** Where JSON lines go; standard output unless told otherwise. */
  destination?: DestinationStream;
}

const secretKeys = ['authorization', 'cookie', 'apiKey', 'password', 'secret', 'token', 'code', 'connectionString'];

/** A structured log. Errors are reduced to an allow-list, and fields that usually hold secrets are struck out. */
export function createLogger({ level, forPerson, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`]), censor: '[redacted]' },
    serializers: { error: describe, err: describe, cause: describe },
  };
  if (destination !== undefined) {
    return pino(options, destination);
  }
  return forPerson
    ? pino(options, pretty({ destination: 2, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }))
    : pino(options);
}

/** SDK errors carry requests and headers, database errors carry rows: only these fields of any error are written. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) {
    return { message: redact(String(error)) };
  }
  return {
    name: error.name,
    message: redact(error.message),
    ...('code' in error ? { errorCode: String(error.code) } : {}),
    stack: redact(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: describe(error.cause) }),
  };
}

/** Keys and passwords as providers and drivers quote them in their messages. */
function redact(text: string): string {
  return text
    .replaceAll(/\b(sk|twin)[-_][\w*-]{6,}/g, '[redacted]')
    .replaceAll(/Bearer\s+\S+/gi, 'Bearer [redacted]')
    .replaceAll(/(\w+:\/\/[^\s:/@]*):[^\s@]+@/g, '$1:[redacted]@');
}
