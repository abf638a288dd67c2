import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { notify, notifyProblem } from '../../components/toaster.tsx';
import { trpc } from '../../trpc.ts';
import type { GoldenQuestion } from '../../views.ts';
import { Section } from '../admin/section.tsx';
import { AddQuestionButton } from './add-question-button.tsx';
import { ImportQuestionsButton } from './import-questions-button.tsx';

const columns: Column<GoldenQuestion>[] = [
  { name: 'Question', cell: ({ question }) => <span className="break-words">{question}</span> },
  { name: 'Expected', cell: (row) => expectationWords(row) },
  { name: 'Action', numeric: true, cell: (row) => <RemoveButton question={row} /> },
];

export function GoldenQuestions({ questions }: { questions: readonly GoldenQuestion[] }) {
  return (
    <Section
      title="Questions"
      note="Add them here, import them as JSON lines, or press “Add to evaluation” under an answer that is right."
    >
      <div className="mb-5 flex flex-wrap gap-3">
        <AddQuestionButton />
        <ImportQuestionsButton />
      </div>
      {questions.length === 0 ? (
        <p className="text-soft">There are no questions yet.</p>
      ) : (
        <DataTable
          caption="Questions with what is expected of their answers"
          columns={columns}
          rows={questions}
          keyOf={({ id }) => id}
        />
      )}
    </Section>
  );
}

function expectationWords({ answerable, expected, answerTexts }: GoldenQuestion): string {
  if (!answerable) return 'A refusal';
  const documents = [...new Set(expected.map(({ documentId }) => documentId))];
  const answers = answerTexts.map((text) => `“${text}”`);
  return [...documents, ...answers].join(', ') || 'An answer';
}

function RemoveButton({ question: { id, question } }: { question: GoldenQuestion }) {
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.evaluation.removeQuestion.mutationOptions({
      onSuccess: () => {
        notify('Question removed');
        return queryClient.invalidateQueries({ queryKey: trpc.evaluation.questions.queryKey() });
      },
      onError: (error) => notifyProblem('The question could not be removed', error),
    }),
  );
  return (
    <IconButton label={`Remove ${question}`} disabled={remove.isPending} onClick={() => remove.mutate({ id })}>
      <Trash2 aria-hidden className="size-4" />
    </IconButton>
  );
}
