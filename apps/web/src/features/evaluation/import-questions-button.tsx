import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { notify, notifyProblem } from '../../components/toaster.tsx';
import { formatCount } from '../../format.ts';
import { trpc } from '../../trpc.ts';

/** Reads a file of JSON lines, each a question with what is expected. */
export function ImportQuestionsButton() {
  const input = useRef<HTMLInputElement>(null);
  const queryClient = useQueryClient();
  const importing = useMutation(
    trpc.evaluation.importQuestions.mutationOptions({
      onSuccess: ({ count }) => {
        notify(`${formatCount(count, 'question')} imported`);
        return queryClient.invalidateQueries({ queryKey: trpc.evaluation.questions.queryKey() });
      },
      onError: (error) => notifyProblem('The file was not imported', error),
    }),
  );

  async function read(file: File | undefined) {
    if (file !== undefined) importing.mutate({ lines: await file.text() });
  }

  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".jsonl,.ndjson,.json,.txt"
        onChange={(event) => {
          void read(event.target.files?.[0]);
          // Choosing the same file again must count as a choice.
          event.target.value = '';
        }}
      />
      <Button disabled={importing.isPending} onClick={() => input.current?.click()}>
        Import JSON lines
      </Button>
    </>
  );
}
