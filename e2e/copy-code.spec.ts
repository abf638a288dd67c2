import { answerIsOver, ask, latestTurn, loadSamples } from './actions.ts';
import { expect, test } from './twin-test.ts';

test.use({ withModel: true, permissions: ['clipboard-read', 'clipboard-write'] });

test('code in an answer is copied without the words around it', async ({ page, model }) => {
  await loadSamples(page);
  model.enqueue({
    kind: 'answer',
    text: 'The clock in code:\n\n```python\ndef tide(h):\n    return h * 2\n```\n\nThat is all.',
  });
  await page.goto('/');
  await ask(page, 'How does the tide clock count?');
  await answerIsOver(page);
  await expect(latestTurn(page).getByText('python', { exact: true })).toBeVisible();
  await latestTurn(page).getByRole('button', { name: 'Copy code' }).click();
  await expect(page.getByText('Code copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('def tide(h):\n    return h * 2\n');
});
