import type { Persona } from '../../views.ts';

/** The name a twin is made with; whoever keeps it has not said who the twin is. */
const unnamed = 'My twin';

export function isNamed({ name }: Pick<Persona, 'name'>): boolean {
  return name.trim() !== '' && name !== unnamed;
}

/** The first words of the page before the first question. */
export function greetingOf(persona: Pick<Persona, 'name' | 'person'>): string {
  if (!isNamed(persona)) return 'What would you like to know?';
  const name = persona.name.trim();
  return persona.person === 'first'
    ? `I am ${name}’s twin. What would you like to know?`
    : `What would you like to know about ${name}?`;
}
