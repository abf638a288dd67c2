import { AppError } from '@twin/core/app-error';
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
    serializers: { error: serialize, err: serialize, cause: serialize },
  };
  if (destination !== undefined) {
    return pino(options, destination);
  }
  return forPerson
    ? pino(options, pretty({ destination: 2, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }))
    : pino(options);
}

const serialize = (error: unknown): object => describe(error);

/**
 * SDK errors carry requests and headers, database errors carry rows: only these fields of any error are written. Where an
 * error arose tells nothing when it was foreseen (a file that cannot be read, a model that is away): then neither it nor its
 * cause fills the log with a stack.
 */
function describe(error: unknown, isForeseen = false): object {
  if (!(error instanceof Error)) {
    return { message: redact(String(error)) };
  }
  const isKnown = isForeseen || (error instanceof AppError && error.code !== 'internal');
  return {
    name: error.name,
    message: redact(error.message),
    ...('code' in error ? { errorCode: String(error.code) } : {}),
    ...(error instanceof AppError && error.reason !== undefined ? { reason: error.reason } : {}),
    ...(isKnown ? {} : { stack: redact(error.stack ?? '') }),
    ...(error.cause === undefined ? {} : { cause: describe(error.cause, isKnown) }),
  };
}

/** Keys and passwords as providers and drivers quote them in their messages. */
function redact(text: string): string {
  return text
    .replaceAll(/\b(sk|twin)[-_][\w*-]{6,}/g, '[redacted]')
    .replaceAll(/Bearer\s+\S+/gi, 'Bearer [redacted]')
    .replaceAll(/(\w+:\/\/[^\s:/@]*):[^\s@]+@/g, '$1:[redacted]@');
}
