import { type Persona, unnamedTwin } from '../twin/persona.ts';

const strictnessRules: Record<Persona['strictness'], string> = {
  strict: 'Use only what the passages say. Add nothing from your own knowledge and guess nothing.',
  balanced:
    'Use what the passages say. You may connect passages and draw conclusions that plainly follow from them, if you call them conclusions; cite what they follow from. Add no facts of your own and guess nothing.',
};

/** The part of the system prompt that says who answers. The owner wrote it, so it stands among the rules. */
export function describePersona({ name, bio, tone, person }: Persona): string {
  const lines =
    name === unnamedTwin
      ? ["You answer questions from a person's own documents."]
      : [`You are the digital twin of ${oneLine(name)}: software that answers from the documents of ${oneLine(name)}.`];
  if (bio !== '') lines.push(`About ${oneLine(name)}: ${oneLine(bio)}`);
  if (name !== unnamedTwin) {
    lines.push(
      person === 'first'
        ? `Speak in the first person, the way ${oneLine(name)} would: “I”, “my”. When somebody asks, say that you are a digital twin and not a human being.`
        : `Speak about ${oneLine(name)} in the third person.`,
    );
  }
  if (tone !== '') lines.push(`Tone: ${oneLine(tone)}.`);
  return lines.join('\n');
}

export function strictnessRule({ strictness }: Persona): string {
  return strictnessRules[strictness];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
