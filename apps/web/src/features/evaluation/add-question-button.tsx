import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { FormDialog } from '../../components/dialog.tsx';
import { formFieldOf } from '../../components/form-field-of.ts';
import { Notice } from '../../components/notice.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { notify } from '../../components/toaster.tsx';
import { problemWords } from '../../problem.ts';
import { trpc } from '../../trpc.ts';

const kinds = [
  { value: 'answer', label: 'The documents answer it' },
  { value: 'refusal', label: 'The documents do not answer it' },
];

export function AddQuestionButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Add a question</Button>
      <FormDialog open={open} onOpenChange={setOpen} title="Add a question">
        <QuestionForm onAdded={() => setOpen(false)} />
      </FormDialog>
    </>
  );
}

function QuestionForm({ onAdded }: { onAdded: () => void }) {
  const queryClient = useQueryClient();
  const add = useMutation(
    trpc.evaluation.addQuestion.mutationOptions({
      onSuccess: async () => {
        notify('Question added');
        onAdded();
        await queryClient.invalidateQueries({ queryKey: trpc.evaluation.questions.queryKey() });
      },
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fieldOf = (name: string) => formFieldOf(event.currentTarget, name).trim();
    add.mutate({
      question: fieldOf('question'),
      answerable: fieldOf('kind') === 'answer',
      documentIds: fieldOf('documents')
        .split(/\s*,\s*/)
        .filter((id) => id !== ''),
      answerTexts: [fieldOf('answer')].filter((text) => text !== ''),
    });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <TextField label="Question" name="question" required />
      <SelectField label="Right is" name="kind" options={kinds} defaultValue="answer" />
      <TextField label="Words a right answer holds" name="answer" hint="Optional, for example “14 days”." />
      <TextField
        label="Documents that answer it"
        name="documents"
        hint="Optional: their ids, as in the address of a document’s page, with commas between."
      />
      {add.error !== null && <Notice tone="danger">{problemWords(add.error)}</Notice>}
      <div className="flex justify-end">
        <Button type="submit" look="solid" disabled={add.isPending}>
          Add
        </Button>
      </div>
    </form>
  );
}
