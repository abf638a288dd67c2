import { type Persona, unnamedTwin } from '../twin/persona.ts';
import type { Answer } from './answer-event.ts';
import type { AnswerReader } from './answer-reader.ts';

type Language = 'en' | 'de' | 'fr' | 'es' | 'it' | 'pt' | 'nl';

interface Phrases {
  /** Before any of the others. */
  greeting: string;
  /** Who answers: documents may introduce that person. */
  who: string;
  /** What answers, and what it can do. */
  itself: string;
  /** How much there is to answer from. */
  count: string;
  /** Said in passing, and asking for nothing. */
  passing: string;
  named: (name: string) => string;
  unnamed: string;
  documents: (count: number) => string;
  invitation: string;
  /** To who has no documents here. */
  visitorInvitation: string;
}

const phrases: Record<Language, Phrases> = {
  en: {
    greeting: '(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: there)?',
    who: 'who are you|who (?:is|s) this|what do you do|tell me (?:something |a bit |more )?about (?:yourself|you)|introduce yourself',
    itself:
      'what are you|what (?:is|s) your name|what should i call you|are you (?:a |an )?(?:real |actual )?(?:bot|robot|ai|machine|computer|human|human being|person)|are you real|what can you do(?: for me)?|how do you work|(?:can|could) you help(?: me)?',
    count:
      'how many (?:documents|files|docs) (?:do you have|are there|have you(?: got| read)?|do you know)|how big is (?:the|your|my) library',
    passing:
      'how are you(?: doing)?(?: today)?|how is it going|ok|okay|alright|all right|i see|got it|(?:good )?bye|goodbye|see you(?: later)?|good ?night|have a nice day',
    named: (name) => `I am the digital twin of ${name}: software, not a human being.`,
    unnamed: 'I am a digital twin: software, not a human being.',
    documents: (count) =>
      `I answer from ${count === 1 ? 'one document' : `${count} documents`} and show where each answer stands.`,
    invitation: 'Ask me anything about your documents, or “What is in my documents?” to see what they hold.',
    visitorInvitation: 'What would you like to know?',
  },
  de: {
    greeting: 'hallo|guten (?:tag|morgen|abend)|hi',
    who: 'wer (?:bist du|sind sie)|(?:erzähle?|erzählen sie)(?: mir)?(?: etwas)? (?:von|über) (?:dir|dich|sich)|(?:stelle? dich|stellen sie sich) vor',
    itself:
      'was (?:bist du|sind sie)|wie (?:hei(?:ß|ss)t du|hei(?:ß|ss)en sie)|was (?:kannst du|können sie)(?: für mich)?(?: tun)?|(?:bist du|sind sie) (?:ein |eine )?(?:bot|roboter|ki|maschine|mensch|person)|(?:kannst du|können sie) (?:mir )?helfen',
    count: 'wie ?viele dokumente (?:hast du|haben sie|gibt es)',
    passing:
      'wie geht(?: es|s) (?:dir|ihnen)|ok|okay|alles klar|verstanden|tschüss|auf wiedersehen|bis (?:bald|später)|gute nacht',
    named: (name) => `Ich bin der digitale Zwilling von ${name}: ein Programm, kein Mensch.`,
    unnamed: 'Ich bin ein digitaler Zwilling: ein Programm, kein Mensch.',
    documents: (count) =>
      `Ich antworte aus ${count === 1 ? 'einem Dokument' : `${count} Dokumenten`} und zeige, wo jede Antwort steht.`,
    invitation:
      'Fragen Sie mich etwas über Ihre Dokumente, oder „Was steht in meinen Dokumenten?“, um zu sehen, was sie enthalten.',
    visitorInvitation: 'Was möchten Sie wissen?',
  },
  fr: {
    greeting: 'bonjour|salut|bonsoir',
    who: 'qui (?:es tu|êtes vous)|(?:parle|parlez) moi de (?:toi|vous)|(?:présente toi|présentez vous)',
    itself:
      'comment (?:t appelles tu|vous appelez vous)|(?:es tu|êtes vous) (?:un |une )?(?:robot|ia|machine|humain|personne)|que (?:peux tu|pouvez vous) faire|(?:peux tu|pouvez vous) m aider',
    count: 'combien de documents (?:as tu|avez vous|y a t il)',
    passing: 'comment (?:vas tu|allez vous)|ça va|ok|d accord|au revoir|à bientôt|bonne nuit',
    named: (name) => `Je suis le jumeau numérique de ${name} : un programme, pas un être humain.`,
    unnamed: 'Je suis un jumeau numérique : un programme, pas un être humain.',
    documents: (count) =>
      `Je réponds à partir de ${count === 1 ? 'un document' : `${count} documents`} et je montre où se trouve chaque réponse.`,
    invitation: 'Posez-moi une question sur vos documents.',
    visitorInvitation: 'Que souhaitez-vous savoir ?',
  },
  es: {
    greeting: 'hola|buenos días|buenas (?:tardes|noches)',
    who: 'quién (?:eres|es usted)|(?:háblame|hábleme|cuéntame) (?:de|sobre) (?:ti|usted)',
    itself:
      'cómo (?:te llamas|se llama usted)|(?:eres|es usted) (?:un |una )?(?:robot|ia|máquina|humano|persona)|qué (?:puedes|puede)(?: usted)? hacer|(?:me puedes|me puede|puedes|puede) ayudar(?:me)?',
    count: 'cuántos documentos (?:tienes|tiene|hay)',
    passing: 'cómo (?:estás|está usted)|ok|de acuerdo|adiós|hasta luego|buenas noches',
    named: (name) => `Soy el gemelo digital de ${name}: un programa, no una persona.`,
    unnamed: 'Soy un gemelo digital: un programa, no una persona.',
    documents: (count) =>
      `Respondo a partir de ${count === 1 ? 'un documento' : `${count} documentos`} y muestro dónde está cada respuesta.`,
    invitation: 'Pregúnteme lo que quiera sobre sus documentos.',
    visitorInvitation: '¿Qué le gustaría saber?',
  },
  it: {
    greeting: 'ciao|buongiorno|buonasera',
    who: 'chi (?:sei|è lei)|(?:parlami|mi parli) di (?:te|lei)',
    itself:
      'come (?:ti chiami|si chiama)|(?:sei|lei è) (?:un |una )?(?:robot|ia|macchina|umano|persona)|(?:che )?cosa (?:puoi|può) fare|(?:mi puoi|puoi|può) aiutar(?:e|mi)',
    count: 'quanti documenti (?:hai|ha|ci sono)',
    passing: 'come (?:stai|sta)|ok|va bene|capito|arrivederci|a presto|buonanotte',
    named: (name) => `Sono il gemello digitale di ${name}: un programma, non una persona.`,
    unnamed: 'Sono un gemello digitale: un programma, non una persona.',
    documents: (count) =>
      `Rispondo da ${count === 1 ? 'un documento' : `${count} documenti`} e mostro dove si trova ogni risposta.`,
    invitation: 'Mi chieda ciò che vuole sui suoi documenti.',
    visitorInvitation: 'Che cosa vorrebbe sapere?',
  },
  pt: {
    greeting: 'olá|bom dia|boa (?:tarde|noite)',
    who: 'quem (?:és|é você|és tu)|(?:fala me|fale me) (?:de|sobre) (?:ti|si|você)',
    itself:
      '(?:como te chamas|como se chama|qual é o (?:teu|seu) nome)|(?:és|você é) (?:um |uma )?(?:robô|ia|máquina|humano|pessoa)|o que (?:podes|pode|você pode) fazer|(?:podes|pode) ajudar(?: me)?',
    count: 'quantos documentos (?:tens|tem|há)',
    passing: 'como (?:estás|está|vai)|tudo bem|ok|está bem|adeus|até (?:logo|breve)|boa noite',
    named: (name) => `Sou o gémeo digital de ${name}: um programa, não uma pessoa.`,
    unnamed: 'Sou um gémeo digital: um programa, não uma pessoa.',
    documents: (count) =>
      `Respondo a partir de ${count === 1 ? 'um documento' : `${count} documentos`} e mostro onde está cada resposta.`,
    invitation: 'Pergunte o que quiser sobre os seus documentos.',
    visitorInvitation: 'O que gostaria de saber?',
  },
  nl: {
    greeting: 'hallo|hoi|goede(?:morgen|middag|navond)|dag',
    who: 'wie (?:ben je|ben jij|bent u)|vertel (?:me )?(?:iets )?over (?:jezelf|uzelf)',
    itself:
      'hoe (?:heet je|heet u)|(?:ben je|bent u) (?:een )?(?:bot|robot|ai|machine|mens|persoon)|wat (?:kun je|kan je|kunt u) doen|(?:kun je|kan je|kunt u) (?:me|mij) helpen',
    count: 'hoeveel documenten (?:heb je|heeft u|zijn er)',
    passing: 'hoe gaat het(?: met (?:je|jou|u))?|ok|oké|begrepen|doei|tot ziens|welterusten',
    named: (name) => `Ik ben de digitale tweeling van ${name}: software, geen mens.`,
    unnamed: 'Ik ben een digitale tweeling: software, geen mens.',
    documents: (count) =>
      `Ik antwoord uit ${count === 1 ? 'één document' : `${count} documenten`} en laat zien waar elk antwoord staat.`,
    invitation: 'Vraag gerust iets over uw documenten.',
    visitorInvitation: 'Wat wilt u weten?',
  },
};
const languages = Object.values(phrases).map((known) => {
  const whole = (asked: string) => new RegExp(`^(?:(?:${known.greeting}) )?(?:${asked})(?: please)?$`);
  return {
    ...known,
    asksWho: whole(known.who),
    asksItself: whole(`${known.who}|${known.itself}`),
    asksCount: whole(known.count),
    saysInPassing: whole(known.passing),
  };
});

/** Said after other questions, it may mean who these were about: German "sie" is "you" and "they". */
const mayMeanOthers =
  /(?:^| )(?:this|it|sie|ihnen|usted|puede|tiene|lei|si chiama|può|ha|sta|se chama|o seu|pode|tem|está|vai)(?= |$)/u;

/**
 * What is said to a question about the twin itself ("Who are you?", "How many documents do you have?"), and to what asks for
 * nothing ("How are you?", "Bye", "OK"); undefined for any other. In seven languages, of questions that are nothing else.
 *
 * @param isFirst of its conversation: no other question stands before it that it could be about.
 */
export function replyAboutItself(
  question: string,
  { name, bio }: Pick<Persona, 'name' | 'bio'>,
  { documentCount, isFirst, reader }: { documentCount: number; isFirst: boolean; reader?: AnswerReader | undefined },
): string | undefined {
  const folded = fold(question);
  if (!isFirst && mayMeanOthers.test(folded)) return undefined;
  for (const { asksItself, asksCount, saysInPassing, ...known } of languages) {
    const documents = known.documents(documentCount);
    const invitation = reader === 'visitor' ? known.visitorInvitation : known.invitation;
    if (asksCount.test(folded)) return `${documents} ${invitation}`;
    if (saysInPassing.test(folded)) return invitation;
    if (!asksItself.test(folded)) continue;
    const introduction = name === unnamedTwin ? known.unnamed : known.named(name);
    return [introduction, bio.trim(), documents, invitation].filter((said) => said !== '').join(' ');
  }
  return undefined;
}

/** Whether a question is who answers it ("Tell me about yourself", "What do you do?"), which documents may tell. */
export function asksWho(question: string): boolean {
  const folded = fold(question);
  return languages.some((known) => known.asksWho.test(folded));
}

function fold(question: string): string {
  return question
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** What no document answers, and no search or model is asked for. */
export async function* answerFixed(reply: string): Answer {
  yield await Promise.resolve({ type: 'search-end', sources: [] });
  yield { type: 'text-delta', text: reply };
  return { outcome: 'answered', model: null };
}
