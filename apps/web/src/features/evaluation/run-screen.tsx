import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from '../../components/button.tsx';
import { LoadState } from '../../components/load-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { notifyProblem } from '../../components/toaster.tsx';
import { embeddingModelName } from '../../embedding-model-name.ts';
import { formatDateTime, formatNumber } from '../../format.ts';
import { trpc } from '../../trpc.ts';
import type { EvaluationRun } from '../../views.ts';
import { isUnderWay } from './evaluation-screen.tsx';
import { formatShare, shownMeasures } from './measure-words.ts';
import { RunDifference } from './run-difference.tsx';
import { RunQuestions } from './run-questions.tsx';
import { stateWords } from './run-table.tsx';

const refreshMs = 1_500;

/** One run: what it measured, how it differs from another, and each question. */
export function RunScreen({ runId }: { runId: string }) {
  const query = useQuery(
    trpc.evaluation.run.queryOptions(
      { id: runId },
      {
        refetchInterval: (query) =>
          query.state.data !== undefined && isUnderWay(query.state.data.run) ? refreshMs : false,
      },
    ),
  );
  const { data } = query;
  return (
    <div className="mx-auto w-full max-w-4xl px-5 pt-6 pb-20">
      <Link to="/admin/evaluation" className="text-sm text-muted hover:text-ink">
        Evaluation
      </Link>
      {data === undefined ? (
        <LoadState
          query={query}
          label="Loading the run"
          bars={['h-8 w-1/3', 'mb-6 h-4 w-2/3', 'h-32 w-full rounded-2xl']}
          className="mt-3"
        />
      ) : (
        <>
          <Heading run={data.run} />
          {data.run.measures !== null && <Measures measures={data.run.measures} />}
          {data.run.state === 'done' && <RunDifference run={data.run} />}
          <RunQuestions questions={data.questions} titles={data.titles} />
        </>
      )}
    </div>
  );
}

function Heading({ run }: { run: EvaluationRun }) {
  const { embedder, embedderProvider, chatModel, corpusVersion } = run.settings;
  const model = embedder !== null && embeddingModelName({ provider: embedderProvider ?? '', name: embedder });
  return (
    <>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1 className="font-voice text-3xl font-semibold tracking-tight">{formatDateTime(run.createdAt)}</h1>
        {isUnderWay(run) && <CancelButton runId={run.id} />}
      </div>
      <p className="mt-1.5 text-soft">
        {stateWords(run)}. Found with {model || 'words alone'},{' '}
        {chatModel === null ? 'answers quoted' : `answered by ${chatModel}`}, library version{' '}
        {formatNumber(corpusVersion)}. Fingerprint <span className="font-mono text-sm">{run.hash}</span>.
      </p>
      {isUnderWay(run) && (
        <ProgressLine
          label="Questions asked"
          value={run.questionCount === 0 ? null : run.questionsDone / run.questionCount}
          className="mt-4"
        />
      )}
      {run.error !== null && (
        <div className="mt-4">
          <Notice tone="danger">{run.error}</Notice>
        </div>
      )}
    </>
  );
}

function Measures({ measures }: { measures: NonNullable<EvaluationRun['measures']> }) {
  return (
    <dl className="tabular mt-8 grid gap-px overflow-hidden rounded-2xl border border-line bg-line sm:grid-cols-2 lg:grid-cols-4">
      {shownMeasures.map(({ key, name, says }) => (
        <div key={key} className="min-w-0 bg-surface px-5 py-4">
          <dt className="text-sm text-muted">{name}</dt>
          <dd>
            <p className="mt-1 font-voice text-xl font-semibold">{formatShare(measures[key])}</p>
            <p className="mt-1 text-sm leading-relaxed text-soft">{says}</p>
          </dd>
        </div>
      ))}
      <div className="min-w-0 bg-surface px-5 py-4">
        <dt className="text-sm text-muted">Time</dt>
        <dd>
          <p className="mt-1 font-voice text-xl font-semibold">{formatNumber(measures.latencyMsP50)} ms</p>
          <p className="mt-1 text-sm leading-relaxed text-soft">
            Half of the answers took no longer; 95 % took at most {formatNumber(measures.latencyMsP95)} ms
          </p>
        </dd>
      </div>
    </dl>
  );
}

function CancelButton({ runId }: { runId: string }) {
  const queryClient = useQueryClient();
  const cancel = useMutation(
    trpc.evaluation.cancelRun.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.evaluation.run.queryKey({ id: runId }) }),
      onError: (error) => notifyProblem('The evaluation could not be canceled', error),
    }),
  );
  return (
    <Button disabled={cancel.isPending} onClick={() => cancel.mutate({ id: runId })}>
      Cancel
    </Button>
  );
}
