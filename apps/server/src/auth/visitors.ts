import { createHmac, hkdfSync, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Visitor } from '@twin/core/principal';
import type { Db } from '@twin/db/db';
import { VISITOR_CONVERSATION_DAYS } from '@twin/db/queries/expired-rows';
import { findOpenShareLink } from '@twin/db/queries/share-links';
import type { TwinScope } from '@twin/db/scope';
import { parse } from 'hono/utils/cookie';

/** Tells which visitor a browser is, and makes a browser one. */
export interface Visitors {
  /** Null without a credential that is ours and whose link is open. A forged one costs no query. */
  find(request: Request): Promise<Visitor | null>;
  /** The cookie of a browser that has opened a link: of the visitor it was before, by whichever link, or of a new one. */
  admit(request: Request, linkId: string): string;
  /** The same cookie for longer, for a visitor whose own is more than a day old; to be sent to whom `find` has found. */
  renew(request: Request): string | undefined;
  /** The cookie that ends a browser's being a visitor. */
  leave(): string;
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

interface Claims {
  linkId: string;
  visitorId: string;
  /** Negative once it has ended. */
  leftSeconds: number;
}

/** So long an open link is believed without a look. */
export const believedMs = 5_000;
const daySeconds = 24 * 3600;
/** So long a conversation is kept after its last question: a cookie that lets one ask lasts longer yet. */
const keptSeconds = VISITOR_CONVERSATION_DAYS * daySeconds;
/** Renewed by use, once a day. */
const cookieSeconds = keptSeconds + daySeconds;
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
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  const links = createLinkLook(db, scope, monotonicMs);
  const sign = (claims: string) => createHmac('sha256', key).update(claims).digest('base64url');

  /** Whoever is named in a cookie of ours, also in one that has ended. */
  function read(request: Request): Claims | undefined {
    const sent = parse(request.headers.get('cookie') ?? '', name)[name];
    const [, linkId = '', visitorId = '', ends = '', signature = ''] = credentialForm.exec(sent ?? '') ?? [];
    if (linkId === '') return undefined;
    const expected = sign(`v1.${linkId}.${visitorId}.${ends}`);
    if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return undefined;
    return { linkId, visitorId, leftSeconds: Number(ends) - Date.now() / 1000 };
  }

  function write({ linkId, visitorId }: Omit<Claims, 'leftSeconds'>): string {
    const claims = `v1.${linkId}.${visitorId}.${Math.floor(Date.now() / 1000) + cookieSeconds}`;
    return `${name}=${claims}.${sign(claims)}; Max-Age=${cookieSeconds}; ${attributes}`;
  }

  return {
    async find(request) {
      const proven = read(request);
      if (proven === undefined || proven.leftSeconds <= 0 || !(await links.look(proven.linkId))) return null;
      const { visitorId, linkId } = proven;
      return { kind: 'visitor', scope, visitorId, linkId, label };
    },
    admit: (request, linkId) => write({ linkId, visitorId: read(request)?.visitorId ?? randomUUID() }),
    renew(request) {
      const proven = read(request);
      return proven !== undefined && proven.leftSeconds < keptSeconds ? write(proven) : undefined;
    },
    leave: () => `${name}=; Max-Age=0; ${attributes}`,
    forget: () => links.forget(),
  };
}

/** The `__Host-` prefix makes browsers refuse the cookie from a sibling domain or over plain HTTP. */
function visitorCookieName(secure: boolean): string {
  return secure ? '__Host-twin-visitor' : 'twin-visitor';
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
