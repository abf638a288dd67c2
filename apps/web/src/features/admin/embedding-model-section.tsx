import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '../../components/button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { notifyProblem } from '../../components/toaster.tsx';
import { embeddingModelName } from '../../embedding-model-name.ts';
import { formatCount, formatNumber } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import type { EmbeddingModels } from '../../views.ts';
import { Section } from './section.tsx';

type Model = EmbeddingModels['models'][number];
type Change = NonNullable<EmbeddingModels['change']>;

const refreshMs = 2_000;
const words: Record<Model['state'], string> = {
  active: 'Answers',
  building: 'Does not answer',
  retired: 'Answered before',
};

const columns: Column<Model>[] = [
  { name: 'Model', cell: embeddingModelName },
  {
    name: 'State',
    cell: ({ state, isChangedTo }) => (isChangedTo && state !== 'active' ? 'Is being filled' : words[state]),
  },
  { name: 'Dimensions', numeric: true, cell: ({ dimensions }) => formatNumber(dimensions) },
  {
    name: 'Passages',
    numeric: true,
    cell: ({ shadowed, chunks }) => `${formatNumber(shadowed)} of ${formatNumber(chunks)}`,
  },
];

/** Which models' vectors are kept, and the way to another model; answers go on during a change. */
export function EmbeddingModelSection() {
  const { data } = useQuery(
    trpc.embeddingModels.overview.queryOptions(undefined, {
      refetchInterval: (query) => (isUnderWay(query.state.data?.change) ? refreshMs : false),
    }),
  );
  if (data === undefined || data.models.length === 0) return null;
  const { models, change } = data;
  return (
    <Section
      title="Embedding models"
      note="Another model is filled beside the one that answers, compared with it, and then takes over at once."
    >
      {change !== null && <ChangeNotice change={change} models={models} />}
      <DataTable caption="Embedding models" columns={columns} rows={models} keyOf={({ id }) => String(id)} />
      {!isUnderWay(change) && <ChangeButtons overview={data} />}
    </Section>
  );
}

function isUnderWay(change: Change | null | undefined): boolean {
  return change?.state === 'queued' || change?.state === 'running';
}

function ChangeNotice({ change, models }: { change: Change; models: readonly Model[] }) {
  if (change.state === 'failed') {
    return (
      <div className="mb-4">
        <Notice tone="warn">{change.error}</Notice>
      </div>
    );
  }
  if (change.state === 'done' && change.note !== null) {
    return (
      <div className="mb-4">
        <Notice>{change.note}</Notice>
      </div>
    );
  }
  if (!isUnderWay(change)) return null;
  const target = models.find(({ name, state }) => name === change.model && state !== 'active');
  const share = target === undefined || target.chunks === 0 ? null : target.shadowed / target.chunks;
  return (
    <div className="mb-6">
      <Notice actions={<CancelButton change={change} />}>
        Changing to {shownName(models, change.model)}: {formatCount(change.embedded, 'passage')} embedded. Answers go on
        with the model before.
      </Notice>
      <ProgressLine label={`Passages embedded by ${shownName(models, change.model)}`} value={share} className="mt-3" />
    </div>
  );
}

/** Changes know their model by its name alone. */
function shownName(models: readonly Model[], name: string): string {
  const model = models.find((each) => each.name === name);
  return model === undefined ? name : embeddingModelName(model);
}

function useChanged() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: trpc.embeddingModels.overview.queryKey() });
}

function CancelButton({ change }: { change: Change }) {
  const onSuccess = useChanged();
  const cancel = useMutation(
    trpc.embeddingModels.cancelChange.mutationOptions({
      onSuccess,
      onError: (error) => notifyProblem('The change could not be canceled', error),
    }),
  );
  return (
    <Button size="small" disabled={cancel.isPending} onClick={() => cancel.mutate({ id: change.id })}>
      Cancel
    </Button>
  );
}

function ChangeButtons({ overview: { models, switchTo, rollBackTo } }: { overview: EmbeddingModels }) {
  const onSuccess = useChanged();
  const start = useMutation(
    trpc.embeddingModels.change.mutationOptions({
      onSuccess,
      onError: (error) => notifyProblem('The model could not be changed', error),
    }),
  );
  if (switchTo === null && rollBackTo === null) return null;
  return (
    <div className="mt-4 flex flex-wrap gap-3">
      {switchTo !== null && (
        <Button look="solid" disabled={start.isPending} onClick={() => start.mutate({ kind: 'switch' })}>
          Change to {shownName(models, switchTo)}
        </Button>
      )}
      {rollBackTo !== null && (
        <Button disabled={start.isPending} onClick={() => start.mutate({ kind: 'rollback' })}>
          Go back to {shownName(models, rollBackTo)}
        </Button>
      )}
    </div>
  );
}
