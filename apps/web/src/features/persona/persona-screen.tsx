import { useQuery } from '@tanstack/react-query';
import { Notice } from '../../components/notice.tsx';
import { problemOf } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import { PersonaForm } from './persona-form.tsx';

/** Where the owner says who the twin is, how it speaks, and what it may spend. */
export function PersonaScreen() {
  const { data: settings, error } = useQuery(trpc.twin.settings.queryOptions(undefined, { staleTime: 0 }));
  return (
    <div className="mx-auto w-full max-w-4xl px-5 pt-6 pb-20">
      <h1 className="font-voice text-3xl font-semibold tracking-tight">Persona</h1>
      <p className="mt-1.5 max-w-prose leading-relaxed text-soft">
        Who answers, and how. A model that writes the answers keeps to this; what it says still comes from the documents
        alone.
      </p>
      {error !== null && settings === undefined && (
        <div className="mt-6">
          <Notice tone="danger">{problemOf(error).message}</Notice>
        </div>
      )}
      {settings !== undefined && <PersonaForm settings={settings} />}
    </div>
  );
}
