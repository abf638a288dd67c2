import { answerIsOver, ask, latestTurn, loadSamples } from './actions.ts';
import { expect, test } from './twin-test.ts';

test.use({ withModel: true });

const paragraphs = Array.from(
  { length: 18 },
  (_, n) => `Paragraph ${n + 1}. ${'The clock went on through the night. '.repeat(4)}`,
);

test('a long answer opens at its question, on a screen and on a phone, when it is written and when it is read again', async ({
  page,
  model,
}) => {
  await loadSamples(page);
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 780 },
  ]) {
    await page.setViewportSize(viewport);
    await page.goto('/');
    model.enqueue({ kind: 'answer', text: paragraphs.join('\n\n'), msPerToken: 1 });
    await ask(page, 'What did the tide clock do in the night?');
    const question = latestTurn(page).getByRole('heading', { level: 2 });
    await expect(latestTurn(page)).toContainText('Paragraph 18.', { timeout: 60_000 });
    await expect(question).toBeInViewport({ ratio: 1 });
    await answerIsOver(page);
    await expect(question).toBeInViewport({ ratio: 1 });
    await expect(latestTurn(page).getByText('Paragraph 1.')).toBeInViewport();

    await page.reload();
    await expect(latestTurn(page)).toContainText('Paragraph 18.');
    await expect(question).toBeInViewport({ ratio: 1 });
  }
});
