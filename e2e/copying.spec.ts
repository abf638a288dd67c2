import type { Page } from '@playwright/test';
import { answerIsOver, ask, latestTurn, loadSamples } from './actions.ts';
import { expect, test } from './twin-test.ts';

test.use({ withModel: true, permissions: ['clipboard-read', 'clipboard-write'] });

/** Copies the latest answer, and returns what the clipboard holds then, by type. */
async function copyAnswer(page: Page): Promise<Partial<Record<string, string>>> {
  await latestTurn(page).getByRole('button', { name: 'Copy answer' }).click();
  await expect(page.getByText('Answer copied, with its sources')).toBeVisible();
  return await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const read = async (type: string) => [type, await (await item?.getType(type))?.text()] as const;
    return Object.fromEntries(await Promise.all((item?.types ?? []).map(read)));
  });
}

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
  await expect(latestTurn(page).locator('strong')).toHaveText('wrong');
  const { 'text/plain': text, 'text/html': html } = await copyAnswer(page);
  expect(text).toContain('It was **wrong** [1]');
  expect(html).toContain('<strong>wrong</strong>');
  expect(html).toContain('<sup>[1]</sup>');
  expect(html).toMatch(/<p>\[1\] [^<]*: “[^<]*wrong by forty minutes[^<]*”<\/p>/);
  expect(html).not.toMatch(/<button|class=/);
});

test('an answer whose format has not arrived yet is copied as Markdown alone', async ({ page, model }) => {
  await loadSamples(page);
  const asked = Promise.withResolvers<void>();
  await page.route('**/answer-markdown-*.js', async (route) => {
    await asked.promise;
    await route.continue();
  });
  model.enqueue({ kind: 'answer', text: 'It was **wrong**.' });
  await page.goto('/');
  await ask(page, 'Why did Ada Quill build the tide clock?');
  await answerIsOver(page);
  expect(await copyAnswer(page)).toEqual({ 'text/plain': expect.stringContaining('It was **wrong**') });
  asked.resolve();
  await expect(latestTurn(page).locator('strong')).toHaveText('wrong');
});

const listed =
  'To wind it:\n\n3. Open the case.\n4. Turn the key.\n\nThe state:\n\n- [x] oiled\n- [ ] cleaned\n\n| Part | Count |\n|:--|--:|\n| wheel | 12 |';

test('numbers of lists, boxes of tasks and the sides of columns are copied with an answer', async ({ page, model }) => {
  await loadSamples(page);
  model.enqueue({ kind: 'answer', text: listed });
  await page.goto('/');
  await ask(page, 'How is the tide clock wound?');
  await answerIsOver(page);
  await expect(latestTurn(page).getByRole('table')).toBeVisible();
  const { 'text/html': html } = await copyAnswer(page);
  expect(html).toContain('<ol start="3">');
  expect(html).toMatch(/<li>☑ <span>oiled[^]*<li>☐ <span>cleaned/);
  expect(html).toContain('<td align="right"><span>12');
  expect(html).not.toMatch(/<input|class=|style=/);
});

test('a browser that copies words alone copies an answer as Markdown', async ({ page, model }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'ClipboardItem'));
  await loadSamples(page);
  model.enqueue({ kind: 'answer', text: 'It was **wrong**.' });
  await page.goto('/');
  await ask(page, 'Why did Ada Quill build the tide clock?');
  await answerIsOver(page);
  expect((await copyAnswer(page))['text/plain']).toContain('It was **wrong**');
});
