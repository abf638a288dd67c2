import { contentWords } from '../retrieval/content-words.ts';
import type { Passage } from '../retrieval/passage.ts';

type Titled = Pick<Passage, 'documentTitle'>;

/**
 * Which passages are of a document that the conversation has named by its title ("the K18"), where the question names none: "How long
 * does it take to charge the battery?" is about that one. The latest question that tells titles apart counts, the question itself
 * first; none where nothing tells them apart.
 */
export function namedBefore(
  question: string,
  earlierQuestions: readonly string[],
  passages: readonly Titled[],
): (passage: Titled) => boolean {
  const titles = [...new Set(passages.map(({ documentTitle }) => documentTitle))];
  const namedBy = (asked: string) => {
    const words = contentWords(asked);
    const shared = titles.map((title) => [...contentWords(title)].filter((word) => words.has(word)).length);
    const most = Math.max(0, ...shared);
    return new Set(
      most === 0 || shared.every((count) => count === most) ? [] : titles.filter((_, at) => shared[at] === most),
    );
  };
  const named = namedBy(question).size > 0 ? undefined : earlierQuestions.map(namedBy).find(({ size }) => size > 0);
  return ({ documentTitle }) => named?.has(documentTitle) ?? false;
}
