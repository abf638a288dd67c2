import { PageTitle } from '../../components/page-title.tsx';
import { TwinMark } from '../../components/twin-mark.tsx';
import { ClaimForm } from './claim-form.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** The door: signing in, or claiming an installation that nobody owns yet. */
export default function SignedOut({ needsOwner }: { needsOwner: boolean }) {
  return (
    <main className="grid min-h-0 flex-1 place-items-center overflow-y-auto px-5 py-10">
      <PageTitle title={needsOwner ? 'Claim this twin' : 'Sign in'} />
      <div className="w-full max-w-sm">
        <TwinMark className="mb-6 size-10" />
        <h1 className="font-voice text-3xl font-semibold tracking-tight">
          {needsOwner ? 'Claim this twin' : 'Welcome back'}
        </h1>
        <p className="mt-2 mb-8 leading-relaxed text-soft">
          {needsOwner
            ? 'Nobody owns this installation yet. The server wrote a one-time code to its log when it started; whoever has it becomes the owner.'
            : 'Sign in to talk with your twin and manage its documents.'}
        </p>
        {needsOwner ? <ClaimForm /> : <SignInForm />}
      </div>
    </main>
  );
}
