import { createHash, randomBytes } from 'node:crypto';
import { VISITOR_CONVERSATION_DAYS } from '@twin/db/queries/expired-rows';
import { listRunningMessageIds } from '@twin/db/queries/messages';
import {
  countOpenShareLinks,
  findShareLinkByToken,
  insertShareLink,
  listShareLinks as listRows,
  revokeShareLink as revokeRow,
  type ShareLinkState,
  updateShareLinkUse,
} from '@twin/db/queries/share-links';
import { findTwin } from '@twin/db/queries/twins';
import type { TwinScope } from '@twin/db/scope';
import { AppError } from '../app-error.ts';
import { endAnswer } from '../chat/end-answer.ts';
import type { Deps } from '../deps.ts';
import { limits } from '../limits.ts';

/** A link as its owner sees it. Its token is nowhere: it was shown once. */
export interface ShareLinkView {
  id: string;
  name: string;
  state: ShareLinkState;
  createdAt: string;
  expiresAt: string | null;
  /** When it was last opened, to the minute, or asked through. */
  lastUsedAt: string | null;
  /** People, or rather browsers, whose conversations are kept. */
  visitors: number;
  /** In all, whatever visitors have deleted since. */
  questions: number;
  /** Since midnight UTC. */
  questionsToday: number;
}

export interface ShareLinksView {
  /** The newest first. */
  links: ShareLinkView[];
  /** So long after its last question a visitor's conversation is kept, and a link after its end. */
  keptDays: number;
  nameCharactersMax: number;
  /** Whether a model answers and no budget bounds what a day costs. */
  isSpendingOpen: boolean;
}

/** What the token of a link begins with, so that whoever finds one knows what it opens. */
const tokenPrefix = 'visit_';

/**
 * Makes a link that lets anyone who has it talk to the twin. Its token is returned this once: the database holds its hash.
 *
 * @throws AppError `invalid-input` for an end that has passed, `conflict` when there are as many open links as may be.
 */
export async function createShareLink(
  deps: Pick<Deps, 'db' | 'clock' | 'logger'>,
  scope: TwinScope,
  { name, expiresAt }: { name: string; expiresAt: string | null },
): Promise<{ id: string; token: string }> {
  const end = expiresAt === null ? null : new Date(expiresAt);
  if (end !== null && end.getTime() <= deps.clock.now()) {
    throw new AppError('invalid-input', 'The link would have ended already. Choose a later day.', { reason: 'past' });
  }
  const token = tokenPrefix + randomBytes(32).toString('base64url');
  const link = { name: name.trim(), tokenHash: hashOf(token), expiresAt: end };
  const id = await deps.db.transaction().execute(async (tx) => {
    if ((await countOpenShareLinks(tx, scope)) >= limits.shareLinksMax) {
      const message = `There are ${limits.shareLinksMax} open links already. Revoke one that is not needed, then make this one.`;
      throw new AppError('conflict', message, { reason: 'too-many-links' });
    }
    return await insertShareLink(tx, scope, link);
  });
  deps.logger.info({ shareLinkId: id }, 'a share link was made');
  return { id, token };
}

export async function listShareLinks(
  { db, chatModel }: Pick<Deps, 'db' | 'chatModel'>,
  scope: TwinScope,
): Promise<ShareLinksView> {
  const [rows, twin] = await Promise.all([listRows(db, scope), findTwin(db, scope)]);
  const links = rows.map(({ createdAt, expiresAt, lastUsedAt, ...link }) => ({
    ...link,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }));
  return {
    links,
    keptDays: VISITOR_CONVERSATION_DAYS,
    nameCharactersMax: limits.shareLinkNameCharactersMax,
    isSpendingOpen: chatModel !== undefined && twin?.dailyTokensMax === null,
  };
}

/**
 * Lets nobody in by this link any more: no question is taken from here on, in whichever process, and answers under way to its
 * visitors are stopped, which ends whatever they watch. What they can still read, they read for seconds (`createVisitors`).
 *
 * @throws AppError `not-found`.
 */
export async function revokeShareLink(deps: Deps, scope: TwinScope, id: string): Promise<void> {
  if (!(await revokeRow(deps.db, scope, id))) {
    throw new AppError('not-found', 'This link does not exist; it may have been removed after its end.');
  }
  deps.announcements.publish('share-links', { twinId: scope.twinId });
  for (const messageId of await listRunningMessageIds(deps.db, scope, id)) {
    await endAnswer(deps, scope, messageId, { state: 'stopped', model: null });
  }
  deps.logger.info({ shareLinkId: id }, 'a share link was revoked');
}

/**
 * The link that a token opens.
 * @throws AppError `not-found` for a token that was never made, `forbidden` for one whose link has ended, saying why.
 */
export async function openShareLink({ db }: Pick<Deps, 'db'>, scope: TwinScope, token: string): Promise<string> {
  const link = await findShareLinkByToken(db, scope, hashOf(token));
  if (link === undefined) {
    const message = 'This link is not complete, or it is none of ours. Open it again as it was sent to you.';
    throw new AppError('not-found', message, { reason: 'link-unknown' });
  }
  if (link.state !== 'open') {
    const why = link.state === 'revoked' ? 'Its owner has revoked this link.' : 'This link has expired.';
    throw new AppError('forbidden', `${why} Ask for a new one.`, { reason: `link-${link.state}` });
  }
  await updateShareLinkUse(db, scope, link.id);
  return link.id;
}

/** 256 random bits need no slow hash. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
