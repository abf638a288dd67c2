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

test('an answer is copied as Markdown and with its format, its sources under it', async ({ page, model }) => {
  await loadSamples(page);
  model.enqueue({
    kind: 'answer',
    text: 'It was **wrong** [1: "the printed tide table was wrong by forty minutes"]. Nobody knows.',
  });
  await page.goto('/');
  await ask(page, 'Why did Ada Quill build the tide clock?');
  await answerIsOver(page);
  await latestTurn(page).getByRole('button', { name: 'Copy answer' }).click();
  await expect(page.getByText('Answer copied, with its sources')).toBeVisible();
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (type: string) => await (await item?.getType(type))?.text();
    return { text: await read('text/plain'), html: await read('text/html') };
  });
  expect(copied.text).toContain('It was **wrong** [1]');
  expect(copied.html).toContain('<strong>wrong</strong>');
  expect(copied.html).toContain('<sup>[1]</sup>');
  expect(copied.html).toMatch(/<p>\[1\] [^<]*: “[^<]*wrong by forty minutes[^<]*”<\/p>/);
  expect(copied.html).not.toMatch(/<button|class=/);
});
