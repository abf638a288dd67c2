import type { RateLimitView } from '../../views.ts';

type Policy = RateLimitView['policy'];

/** What each limit is on, as people call it. */
const limitNames: Record<Policy, string> = {
  chat: 'Questions at once',
  'chat-day': 'Questions a day',
  'chat-twin-day': 'All questions a day',
  search: 'Searches',
  ingest: 'Documents over REST',
  upload: 'Uploads',
  write: 'Changes',
  read: 'Looking things up',
  page: 'Looking at pages',
  'public-chat': 'Visitors’ questions at once',
  'public-chat-address': 'Visitors’ questions by address',
  'public-chat-address-day': 'Visitors’ questions by address a day',
  'public-chat-link-day': 'Questions by one link a day',
  'public-chat-twin-day': 'All visitors’ questions a day',
  'public-read': 'Visitors’ looking things up',
  'public-write': 'Visitors’ changes',
  visit: 'Openings of a link',
  unproven: 'Unknown callers',
  'sign-in': 'Sign-ins at once',
  'sign-in-day': 'Sign-ins a day',
  account: 'Account changes',
  session: 'Session checks',
};

/** "Questions a day" of `chat-day`; a limit that is newer than this page goes by its own name. */
export function limitName(policy: string): string {
  return Object.hasOwn(limitNames, policy) ? limitNames[policy as Policy] : policy;
}

const callerKinds: Record<string, string> = {
  owner: 'Owner',
  key: 'API key',
  visitor: 'Visitor',
  link: 'Public link',
  address: 'Address',
};

/** "Address 10.0.0.7" of `chat:address:10.0.0.7`. The owner is one person and needs no id; a link goes by its name, if that is known. */
export function callerName(key: string, linkNames?: ReadonlyMap<string, string>): string {
  const [, kind = '', ...rest] = key.split(':');
  const name = callerKinds[kind];
  if (name === undefined) return kind === 'everyone' ? 'Everyone together' : [kind, ...rest].join(':');
  if (kind === 'owner') return name;
  const id = rest.join(':');
  const linkName = kind === 'link' ? linkNames?.get(id) : undefined;
  return linkName === undefined ? `${name} ${id}` : `${name} “${linkName}”`;
}
