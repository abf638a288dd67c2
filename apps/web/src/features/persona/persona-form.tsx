import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ChoiceCards } from '../../components/choice-cards.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextArea } from '../../components/text-area.tsx';
import { TextField } from '../../components/text-field.tsx';
import { problemWords } from '../../problem.ts';
import type { Persona, TwinSettings } from '../../views.ts';
import { PersonaPreview } from './persona-preview.tsx';
import { useSaveSettings } from './use-save-settings.ts';

const persons = [
  { value: 'third', label: 'Third person', note: '“Ada built the clock in 1987.”' },
  { value: 'first', label: 'First person', note: '“I built the clock in 1987.” It says that it is a twin when asked.' },
] as const;

const strictnesses = [
  { value: 'strict', label: 'To the letter', note: 'Says only what a passage says.' },
  { value: 'balanced', label: 'With conclusions', note: 'Also says what plainly follows, and calls it a conclusion.' },
] as const;

export function PersonaForm({ settings }: { settings: TwinSettings }) {
  const [persona, setPersona] = useState(settings.persona);
  const [tokens, setTokens] = useState(settings.dailyTokensMax === null ? '' : String(settings.dailyTokensMax));
  const save = useSaveSettings();
  const change = (changes: Partial<Persona>) => setPersona({ ...persona, ...changes });

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate({ persona, dailyTokensMax: tokens.trim() === '' ? null : Number(tokens) });
  }

  return (
    <form onSubmit={submit} className="mt-8 grid items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex flex-col gap-6">
        <TextField
          label="Name"
          value={persona.name}
          onChange={({ target }) => change({ name: target.value })}
          maxLength={80}
          autoComplete="off"
          hint="Of the person the twin stands for."
          required
        />
        <TextArea
          label="About"
          value={persona.bio}
          onChange={({ target }) => change({ bio: target.value })}
          maxLength={1000}
          hint="A few sentences that everybody may know. Visitors read them before they ask."
        />
        <TextField
          label="Tone"
          value={persona.tone}
          onChange={({ target }) => change({ tone: target.value })}
          maxLength={120}
          autoComplete="off"
          placeholder="warm, a little dry"
          hint="In a few words. Answers follow the language of the question."
        />
        <ChoiceCards
          legend="Speaks in the"
          choices={persons}
          value={persona.person}
          onChange={(person) => change({ person })}
        />
        <ChoiceCards
          legend="Keeps to the documents"
          choices={strictnesses}
          value={persona.strictness}
          onChange={(strictness) => change({ strictness })}
        />
        <TextField
          label="Tokens a day"
          type="number"
          inputMode="numeric"
          min={1}
          step={1}
          value={tokens}
          onChange={({ target }) => setTokens(target.value)}
          placeholder="No limit"
          hint="What a model may use for this twin in one day of UTC. Beyond it, answers are quoted from the documents."
        />
        {save.isError && <Notice tone="danger">{problemWords(save.error)}</Notice>}
        <div>
          <Button type="submit" look="solid" disabled={save.isPending}>
            {save.isPending ? 'Saving…' : 'Save persona'}
          </Button>
        </div>
      </div>
      <PersonaPreview persona={persona} />
    </form>
  );
}
