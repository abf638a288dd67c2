import { answerIsOver, ask, chooseFixtures, documentRows, latestTurn } from './actions.ts';
import { expect, test } from './twin-test.ts';

test.use({ withModel: true });

test.beforeEach(async ({ page }) => {
  await page.goto('/documents');
  await chooseFixtures(page, 'museum.html');
  await expect(documentRows(page).filter({ hasText: 'Ready' })).toHaveCount(1, { timeout: 30_000 });
  await page.goto('/');
});

const question = 'Which former candle factory has the lamp museum opened in?';

test('a model that is down is told inline, and Retry answers once it is back', async ({ page, model }) => {
  model.setDefault({ kind: 'hang-up' });
  await ask(page, question);
  await expect(latestTurn(page).getByRole('button', { name: /^Retry/ })).toBeVisible({ timeout: 60_000 });
  await expect(latestTurn(page)).toContainText(/model/i);
  model.setDefault({ kind: 'answer' });
  await latestTurn(page).getByRole('button', { name: 'Retry', exact: true }).click();
  await expect(latestTurn(page)).toContainText('1911', { timeout: 30_000 });
});

test('a model that asks for patience is waited for, visibly', async ({ page, model }) => {
  model.enqueue({ kind: 'http-error', status: 429, retryAfterSeconds: 8 });
  await ask(page, question);
  await expect(latestTurn(page)).toContainText(/Trying again in/, { timeout: 15_000 });
  await expect(latestTurn(page)).toContainText('1911', { timeout: 30_000 });
});

test('a model that stays limited fails with a countdown on Retry', async ({ page, model }) => {
  model.setDefault({ kind: 'http-error', status: 429, retryAfterSeconds: 30 });
  await ask(page, question);
  const retry = latestTurn(page).getByRole('button', { name: /^Retry in/ });
  await expect(retry).toBeDisabled({ timeout: 60_000 });
});

test('a stream that is cut keeps what was written, says so, and Retry asks again', async ({ page, model }) => {
  const text = 'The museum opened in a candle factory of 1911, long before its lamps were lit. '.repeat(4);
  model.enqueue({ kind: 'cut', text, afterTokens: 12 });
  await ask(page, question);
  await expect(latestTurn(page).getByRole('button', { name: /^Retry/ })).toBeVisible({ timeout: 30_000 });
  await expect(latestTurn(page)).toContainText('The museum opened in a candle factory');
  await expect(latestTurn(page).getByRole('alert')).toContainText(/broke off/);
  await latestTurn(page).getByRole('button', { name: 'Retry', exact: true }).click();
  await expect(latestTurn(page)).toContainText('1911', { timeout: 30_000 });
  await answerIsOver(page);
});

for (const { kind, behaviour, words } of [
  {
    kind: 'answers with an error of its own',
    behaviour: { kind: 'http-error', status: 400 },
    words: /refused|rejected|does not accept/i,
  },
  { kind: 'sends what is no answer', behaviour: { kind: 'malformed' }, words: /model/i },
] as const) {
  test(`a model endpoint that ${kind} is told inline`, async ({ page, model }) => {
    model.setDefault(behaviour);
    await ask(page, question);
    await expect(latestTurn(page).getByRole('alert')).toContainText(words, { timeout: 60_000 });
    await expect(page.getByRole('textbox', { name: 'Ask your twin' })).toBeEnabled();
  });
}

test('the limit on questions counts down where one types, keeps the text and lets go at zero', async ({ page }) => {
  // Calls flow back one by one: something goes on taking them until the page has been refused.
  const limited = Promise.withResolvers<void>();
  const enough = new AbortController();
  const taker = (async () => {
    while (!enough.signal.aborted) {
      const answer = await page.request.post('/api/chat', {
        data: { messages: [{ role: 'user', content: question }] },
      });
      expect([200, 429]).toContain(answer.status());
      if (answer.status() === 429) limited.resolve();
    }
  })();
  await limited.promise;
  await ask(page, question);
  await expect(page.getByText(/You can send again in/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
  enough.abort();
  await taker;
  await expect(page.getByRole('textbox', { name: 'Ask your twin' })).toHaveValue(question);
  await expect(page.getByText('You can send again now.')).toBeVisible({ timeout: 70_000 });
  // The taker may have had the call that the countdown was for; the next one flows back within three seconds.
  await page.waitForTimeout(4_000);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(latestTurn(page)).toContainText('1911', { timeout: 30_000 });
});

test.describe('more files than the limit', () => {
  // Chromium reports every refused request itself.
  test.use({ expectedConsole: [/status of 429/] });

  test('a file that is refused for now waits its turn and arrives', async ({ page }) => {
    await page.goto('/documents');
    const error = { code: 'rate-limited', message: 'Too many at once.', requestId: null, retryAfterMs: 1_500 };
    await page.route('**/api/uploads**', (route) => route.fulfill({ status: 429, json: { error } }), { times: 2 });
    await chooseFixtures(page, 'garden.md', 'voyage.pdf');
    await expect(documentRows(page).filter({ hasText: 'Ready' })).toHaveCount(3, { timeout: 30_000 });
  });
});
