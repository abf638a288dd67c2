import { AppError } from '@twin/core/app-error';
import { operations } from './openapi/operations.ts';

/** What is said where no endpoint is: with which method there would be one, if that alone is wrong. */
export function noSuchEndpoint(method: string, path: string): AppError {
  const methods = operations
    .filter((operation) => matches(operation.path, path))
    .map((one) => one.method.toUpperCase());
  const message =
    methods.length === 0
      ? 'There is nothing at this address.'
      : `${path} is there for ${methods.join(' and ')}, not for ${method}.`;
  return new AppError('not-found', `${message} See /api/openapi.json for what there is.`);
}

function matches(template: string, path: string): boolean {
  const parts = path.split('/');
  const wanted = template.split('/');
  return parts.length === wanted.length && wanted.every((part, index) => part.startsWith('{') || part === parts[index]);
}
