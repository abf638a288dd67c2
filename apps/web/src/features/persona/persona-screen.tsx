import { useQuery } from '@tanstack/react-query';
import { LoadProblem } from '../../components/load-problem.tsx';
import { Skeleton, textBars } from '../../components/skeleton.tsx';
import { trpc } from '../../trpc.ts';
import { PersonaForm } from './persona-form.tsx';

/** Where the owner says who the twin is, how it speaks, and what it may spend. */
export function PersonaScreen() {
  const query = useQuery(trpc.twin.settings.queryOptions(undefined, { staleTime: 0 }));
  const settings = query.data;
  return (
    <div className="mx-auto w-full max-w-4xl px-5 pt-6 pb-20">
      <h1 className="font-voice text-3xl font-semibold tracking-tight">Persona</h1>
      <p className="mt-1.5 max-w-prose leading-relaxed text-soft">
        Who answers, and how. A model that writes the answers keeps to this; what it says still comes from the documents
        alone.
      </p>
      {settings === undefined && (
        <div className="mt-6">
          {query.isError ? <LoadProblem query={query} /> : <Skeleton label="Loading the persona" bars={textBars} />}
        </div>
      )}
      {settings !== undefined && <PersonaForm settings={settings} />}
    </div>
  );
}
