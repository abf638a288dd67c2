import { readFileSync } from 'node:fs';
import { createSeededRandom } from '@twin/core/evaluation/seeded-random';

/** Whole words of the built-in model's vocabulary, the commonest first. */
const words = readFileSync(
  new URL('../packages/core/src/retrieval/static-model/vocabulary.txt', import.meta.url),
  'utf8',
)
  .split('\n')
  .filter((piece) => /^[a-z]{3,}$/.test(piece));

/** As unevenly common as the words of a language (Zipf and Mandelbrot): the share of all words up to each. */
const cumulative: number[] = [];
for (let rank = 0; rank < words.length; rank += 1) cumulative.push((cumulative.at(-1) ?? 0) + 1 / (rank + 20));

/** A passage of 120 to 240 words, a quarter of them on one of 997 subjects; the same for the same number. */
export function makePassage(number: number): string {
  const random = createSeededRandom(number * 7_919 + 1);
  const subjectRandom = createSeededRandom((number % 997) * 31 + 5);
  const subject = Array.from({ length: 40 }, () => drawWord(subjectRandom));
  const length = 120 + Math.floor(random() * 120);
  const drawn = Array.from({ length }, () => {
    return random() < 0.25 ? subject[Math.floor(random() * subject.length)] : drawWord(random);
  });
  return drawn.join(' ');
}

/** Four to eight words of one of the passages, common and rare as they stand there. */
export function makeQuestion(number: number, passageCount: number): string {
  const random = createSeededRandom(number + 99_991);
  const held = makePassage(Math.floor(random() * passageCount)).split(' ');
  const length = 4 + Math.floor(random() * 5);
  return Array.from({ length }, () => held[Math.floor(random() * held.length)]).join(' ');
}

function drawWord(random: () => number): string {
  const target = random() * (cumulative.at(-1) ?? 0);
  let low = 0;
  let high = words.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) < target) low = middle + 1;
    else high = middle;
  }
  return words[low] ?? '';
}
