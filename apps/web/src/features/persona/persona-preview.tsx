import { TwinMark } from '../../components/twin-mark.tsx';
import type { Persona } from '../../views.ts';
import { greetingOf, isNamed } from './greeting.ts';

/** What whoever opens the twin reads first, as it is being written. */
export function PersonaPreview({ persona }: { persona: Persona }) {
  return (
    <aside aria-label="Preview" className="rounded-2xl border border-line bg-surface px-6 py-6 lg:sticky lg:top-6">
      <p className="text-sm text-muted">How it greets</p>
      <TwinMark className="mt-5 size-8" />
      <p className="mt-4 font-voice text-2xl leading-tight font-semibold tracking-tight text-balance break-words">
        {greetingOf(persona)}
      </p>
      {persona.bio.trim() !== '' && (
        <p className="mt-3 font-voice leading-relaxed break-words whitespace-pre-line text-soft">{persona.bio}</p>
      )}
      {!isNamed(persona) && (
        <p className="mt-3 text-sm leading-relaxed text-muted">Give it a name, and it greets with it.</p>
      )}
    </aside>
  );
}
