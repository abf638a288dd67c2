import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { formFieldOf } from '../../components/form-field-of.ts';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { problemWords } from '../../problem.ts';
import { claimOwner } from './session.ts';
import { useSessionAction } from './use-session-action.ts';

export function ClaimForm() {
  const action = useSessionAction(claimOwner);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    action.mutate({
      code: formFieldOf(form, 'code').trim(),
      name: formFieldOf(form, 'name'),
      email: formFieldOf(form, 'email'),
      password: formFieldOf(form, 'password'),
    });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <TextField
        label="One-time code"
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        hint="The server prints it where it was started; with Docker: docker compose logs app."
        required
      />
      <TextField label="Your name" name="name" autoComplete="name" required />
      <TextField label="Email" name="email" type="email" autoComplete="username" required />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={10}
        hint="At least 10 characters."
        required
      />
      {action.isError && <Notice tone="danger">{problemWords(action.error)}</Notice>}
      <Button type="submit" look="solid" disabled={action.isPending}>
        {action.isPending ? 'Claiming…' : 'Become the owner'}
      </Button>
    </form>
  );
}
