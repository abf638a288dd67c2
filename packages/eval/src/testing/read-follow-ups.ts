import { readdir, readFile } from 'node:fs/promises';
import type { ChatTurn } from '@twin/core/chat/chat-turn';

/** What a follow-up is to the question before it: that again, more of it that the documents say, something near, or far from them. */
export type FollowUpKind = 'same' | 'more' | 'near' | 'far';

export interface FollowUp {
  kind: FollowUpKind;
  text: string;
  history: ChatTurn[];
}

/** A small library, and what is asked of it. */
export interface FollowUpLibrary {
  name: string;
  /** None of the sample collection, which the product holds. */
  documents: { fileName: string; text: string }[];
  /** The questions that conversations begin with; the documents answer each. */
  questions: string[];
  followUps: FollowUp[];
}

const folder = new URL('follow-ups/', import.meta.url);

/** Eight libraries in four languages, made for this: each follow-up was labelled before anything was asked. */
export async function readFollowUps(): Promise<FollowUpLibrary[]> {
  const files = (await readdir(folder)).toSorted();
  return await Promise.all(files.map(async (file) => parse(file, await readFile(new URL(file, folder), 'utf8'))));
}

function parse(file: string, text: string): FollowUpLibrary {
  const sections = text.split(/^=== /m).filter((section) => section.trim() !== '');
  const parts = sections.map((section) => {
    const end = section.indexOf('\n');
    return { fileName: section.slice(0, end).trim(), text: section.slice(end + 1).trim() };
  });
  const conversations = parts.find(({ fileName }) => fileName === 'conversations')?.text ?? '';
  const documents = parts.filter(({ fileName }) => fileName !== 'conversations');
  return { name: file.replace('.txt', ''), documents, ...parseConversations(conversations) };
}

/** A line that begins with “>” asks; where several follow each other, one conversation asks them. Each of the lines below goes on from there. */
function parseConversations(text: string): Pick<FollowUpLibrary, 'questions' | 'followUps'> {
  const questions: string[] = [];
  const followUps: FollowUp[] = [];
  let history: ChatTurn[] = [];
  let isAsking = false;
  for (const line of text.split('\n')) {
    const [kind = '', ...words] = line.split(' ');
    const said = words.join(' ');
    if (kind === '>') {
      const asked: ChatTurn = { role: 'user', text: said };
      if (!isAsking) questions.push(said);
      history = isAsking ? [...history, asked] : [asked];
    } else followUps.push({ kind: kind as FollowUpKind, text: said, history });
    isAsking = kind === '>';
  }
  return { questions, followUps };
}
