import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from '../../components/button.tsx';
import { LoadState } from '../../components/load-state.tsx';
import { textBars } from '../../components/skeleton.tsx';
import { notifyProblem } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';
import type { EvaluationRun } from '../../views.ts';
import { GoldenQuestions } from './golden-questions.tsx';
import { RunTable } from './run-table.tsx';

const refreshMs = 1_500;

/** Questions whose right answers are known, and how the twin has done on them. */
export function EvaluationScreen() {
  const questions = useQuery(trpc.evaluation.questions.queryOptions());
  const runs = useQuery(
    trpc.evaluation.runs.queryOptions(undefined, {
      refetchInterval: (query) => (query.state.data?.some(isUnderWay) === true ? refreshMs : false),
    }),
  );
  return (
    <div className="mx-auto w-full max-w-4xl px-5 pt-6 pb-20">
      <Link to="/admin" className="text-sm text-muted hover:text-ink">
        Admin
      </Link>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1 className="font-voice text-3xl font-semibold tracking-tight">Evaluation</h1>
        <StartButton disabled={(questions.data?.length ?? 0) === 0 || runs.data?.some(isUnderWay) === true} />
      </div>
      <p className="mt-1.5 max-w-prose text-soft">
        Questions whose right answers you know, asked again whenever something changes: another model, other documents,
        a new release. With a document that you delete go the quotes expected of it and the answers that read it;
        measures stay.
      </p>
      {runs.data === undefined ? (
        <LoadState query={runs} label="Loading the runs" bars={partBars} className="mt-8" />
      ) : (
        <RunTable runs={runs.data} />
      )}
      {questions.data === undefined ? (
        <LoadState query={questions} label="Loading the questions" bars={partBars} className="mt-10" />
      ) : (
        <GoldenQuestions questions={questions.data} />
      )}
    </div>
  );
}

const partBars = ['mb-2 h-6 w-1/4', ...textBars];

function StartButton({ disabled }: { disabled: boolean }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const start = useMutation(
    trpc.evaluation.startRun.mutationOptions({
      onSuccess: async ({ id }) => {
        await queryClient.invalidateQueries({ queryKey: trpc.evaluation.runs.queryKey() });
        await navigate({ to: '/admin/evaluation/$runId', params: { runId: id } });
      },
      onError: (error) => notifyProblem('The evaluation could not be started', error),
    }),
  );
  return (
    <Button look="solid" disabled={disabled || start.isPending} onClick={() => start.mutate({})}>
      Ask all questions
    </Button>
  );
}

export function isUnderWay({ state }: Pick<EvaluationRun, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}
