import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { LoadState } from '../../components/load-state.tsx';
import { notify, notifyProblem } from '../../components/toaster.tsx';
import { formatDate, formatDateTime, formatNumber } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import type { ShareLink } from '../../views.ts';
import { Section } from './section.tsx';
import { ShareLinkDialog } from './share-link-dialog.tsx';

/** A date stays whole where the words before it break. */
const whole = (date: string) => date.replaceAll(' ', '\u00a0');

const stateWords: Record<ShareLink['state'], (until: string | null) => string> = {
  open: (until) => (until === null ? 'Open until revoked' : `Open until ${whole(until)}`),
  revoked: () => 'Revoked',
  expired: (until) => (until === null ? 'Ended' : `Ended ${whole(until)}`),
};

const columnsFor = (keptDays: number): Column<ShareLink>[] => [
  { name: 'Name', cell: ({ name }) => name },
  {
    name: 'State',
    wholeWords: true,
    cell: ({ state, expiresAt }) => stateWords[state](expiresAt && formatDate(expiresAt)),
  },
  { name: 'Visitors', numeric: true, cell: ({ visitors }) => formatNumber(visitors) },
  { name: 'Questions', numeric: true, cell: ({ questions }) => formatNumber(questions) },
  { name: 'Today', numeric: true, cell: ({ questionsToday }) => formatNumber(questionsToday) },
  { name: 'Last used', cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'Not yet' : formatDateTime(lastUsedAt)) },
  {
    name: 'Action',
    numeric: true,
    cell: (link) => link.state === 'open' && <RevokeButton link={link} keptDays={keptDays} />,
  },
];

const title = 'Public links';
const whatItOpens =
  'Whoever has one can ask the twin anything, and is shown passages of every document. You see how much is asked, not what.';
const whatIsKept = (keptDays: number) =>
  `Visitors’ conversations are deleted ${keptDays} days after their last question, or by themselves before; a visitor counts while one is kept.`;

/** Links by which anyone may talk to the twin without an account. */
export function ShareLinks({ access }: { access: 'local' | 'owner' | undefined }) {
  if (access === 'local') {
    return (
      <Section title={title}>
        <p className="max-w-prose text-soft">
          Only this computer can reach this twin, so a link would work for nobody. Once it runs at an address of its
          own, behind sign-in, you can make links here that let others talk to it.
        </p>
      </Section>
    );
  }
  return access === 'owner' && <OpenLinks />;
}

function OpenLinks() {
  const [isMaking, setMaking] = useState(false);
  const query = useQuery(trpc.shareLinks.list.queryOptions());
  const { data } = query;
  return (
    <Section title={title} note={data === undefined ? whatItOpens : `${whatItOpens} ${whatIsKept(data.keptDays)}`}>
      {data === undefined && <LoadState query={query} label="Loading the links" bars={['h-5 w-2/3']} />}
      {data?.links.length === 0 && <p className="text-soft">There are none: only you can reach this twin.</p>}
      {data !== undefined && data.links.length > 0 && (
        <DataTable caption={title} columns={columnsFor(data.keptDays)} rows={data.links} keyOf={({ id }) => id} />
      )}
      <Button className="mt-4" disabled={data === undefined} onClick={() => setMaking(true)}>
        <Link2 aria-hidden className="size-4" />
        Make a link
      </Button>
      {isMaking && data !== undefined && <ShareLinkDialog rules={data} onClose={() => setMaking(false)} />}
    </Section>
  );
}

function RevokeButton({ link: { id, name }, keptDays }: { link: ShareLink; keptDays: number }) {
  const [isAsked, setAsked] = useState(false);
  const queryClient = useQueryClient();
  const revoking = useMutation(
    trpc.shareLinks.revoke.mutationOptions({
      onSuccess: () => notify(`“${name}” no longer works`),
      onError: (error) => notifyProblem('The link still works', error),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.shareLinks.list.queryKey() }),
    }),
  );
  return (
    <>
      <Button look="danger" size="small" aria-label={`Revoke “${name}”`} onClick={() => setAsked(true)}>
        Revoke
      </Button>
      <ConfirmDialog
        open={isAsked}
        onOpenChange={setAsked}
        title={`Revoke “${name}”?`}
        description={`Whoever came by it is shut out at once, and it can never be opened again. Their conversations are deleted within ${keptDays} days.`}
        action="Revoke link"
        onConfirm={() => revoking.mutate({ id })}
      />
    </>
  );
}
