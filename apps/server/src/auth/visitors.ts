import { createHmac, hkdfSync, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Visitor } from '@twin/core/principal';
import type { Db } from '@twin/db/db';
import { findOpenShareLink } from '@twin/db/queries/share-links';
import type { TwinScope } from '@twin/db/scope';

/** Tells which visitor a browser is, and makes a browser one. */
export interface Visitors {
  /** Null without a credential that is ours and whose link is open. A forged one costs no query. */
  find(request: Request): Promise<Visitor | null>;
  /** The cookie of a browser that has opened a link: the visitor it was there before, or a new one. */
  admit(request: Request, linkId: string): string;
  /** To be called after any change of the links: the next look asks the database. */
  forget(): void;
}

interface VisitorsOptions {
  db: Db;
  scope: TwinScope;
  /** Of the installation; credentials are signed with a key of their own that is made from it. */
  secret: string;
  /** Whether people open the twin over https. */
  secure: boolean;
  /** Replaces the process's clock in tests. */
  monotonicMs?: () => number;
}

/** So long an open link is believed without a look. */
export const believedMs = 5_000;
/** From the last time that the link was opened. As long as a conversation is kept: whoever comes later finds none. */
const visitorCookieSeconds = 30 * 24 * 3600;
const label = 'visitor';
const credentialForm = /^v1\.([0-9a-f-]{36})\.([0-9a-f-]{36})\.(\d{1,12})\.([\w-]{43})$/;

/**
 * A visitor is a random number that a cookie carries, signed together with its link: nobody can make one up, nothing is stored
 * of who has asked nothing, and neither a copy of the database nor a log lets anybody in. It holds for as long as its link
 * does, which is looked up: one that is revoked is refused at once in the process that did it, and within `believedMs` in every
 * other; one that expires at that moment.
 */
export function createVisitors({ db, scope, secret, secure, ...clock }: VisitorsOptions): Visitors {
  const { monotonicMs = () => performance.now() } = clock;
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'digital-twin visitor', 32));
  const name = visitorCookieName(secure);
  const links = createLinkLook(db, scope, monotonicMs);
  const sign = (claims: string) => createHmac('sha256', key).update(claims).digest('base64url');

  function read(request: Request): { linkId: string; visitorId: string } | undefined {
    const sent = cookieOf(request, name);
    const [, linkId = '', visitorId = '', ends = '', signature = ''] = credentialForm.exec(sent ?? '') ?? [];
    if (linkId === '' || Number(ends) * 1000 <= Date.now()) return undefined;
    const expected = sign(`v1.${linkId}.${visitorId}.${ends}`);
    return timingSafeEqual(Buffer.from(signature), Buffer.from(expected)) ? { linkId, visitorId } : undefined;
  }

  return {
    async find(request) {
      const proven = read(request);
      if (proven === undefined || !(await links.look(proven.linkId))) return null;
      return { kind: 'visitor', scope, ...proven, label };
    },
    admit(request, linkId) {
      const before = read(request);
      const visitorId = before?.linkId === linkId ? before.visitorId : randomUUID();
      const claims = `v1.${linkId}.${visitorId}.${Math.floor(Date.now() / 1000) + visitorCookieSeconds}`;
      const attributes = `Max-Age=${visitorCookieSeconds}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
      return `${name}=${claims}.${sign(claims)}; ${attributes}`;
    },
    forget: () => links.forget(),
  };
}

/** The `__Host-` prefix makes browsers refuse the cookie from a sibling domain or over plain HTTP. */
function visitorCookieName(secure: boolean): string {
  return secure ? '__Host-twin-visitor' : 'twin-visitor';
}

function cookieOf(request: Request, name: string): string | undefined {
  const cookies = request.headers.get('cookie')?.split(';') ?? [];
  return cookies
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

/** Only links of ours are asked about, whose ids came signed: there are no more of them than the owner has made. */
function createLinkLook(db: Db, scope: TwinScope, monotonicMs: () => number) {
  const known = new Map<string, { isOpen: boolean; untilMs: number }>();
  let changes = 0;
  return {
    async look(linkId: string): Promise<boolean> {
      const askedAtMs = monotonicMs();
      const entry = known.get(linkId);
      if (entry !== undefined && askedAtMs < entry.untilMs) return entry.isOpen;
      const changesBefore = changes;
      const link = await findOpenShareLink(db, scope, linkId);
      // An answer that a change has overtaken is good for this call alone.
      const forMs = changes === changesBefore ? Math.min(believedMs, link?.expiresInMs ?? believedMs) : 0;
      known.set(linkId, { isOpen: link !== undefined, untilMs: askedAtMs + forMs });
      return link !== undefined;
    },
    forget() {
      changes += 1;
      known.clear();
    },
  };
}
