import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { formFieldOf } from '../../components/form-field-of.ts';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { problemWords } from '../../problem.ts';
import { signIn } from './session.ts';
import { useSessionAction } from './use-session-action.ts';

export function SignInForm() {
  const action = useSessionAction((input: { email: string; password: string }) => signIn(input.email, input.password));

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    action.mutate({ email: formFieldOf(form, 'email'), password: formFieldOf(form, 'password') });
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <TextField label="Email" name="email" type="email" autoComplete="username" required />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
      {action.isError && <Notice tone="danger">{problemWords(action.error)}</Notice>}
      <Button type="submit" look="solid" disabled={action.isPending}>
        {action.isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}
