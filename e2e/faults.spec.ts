import type { FakeModelServer } from '@twin/testing/fake-model-server';
import { answerIsOver, ask, chooseFixtures, documentRows, latestTurn } from './actions.ts';
import { expect, test } from './twin-test.ts';

test.use({ withModel: true });

/** As the messages name the model's endpoint. */
function at(model: FakeModelServer): string {
  return `The model endpoint at ${new URL(model.baseUrl).host}`;
}

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
  await expect(latestTurn(page).getByRole('alert')).toContainText(
    `${at(model)} cannot be reached. Check that it runs and that OPENAI_BASE_URL is right.`,
  );
  model.setDefault({ kind: 'answer' });
  await latestTurn(page).getByRole('button', { name: 'Retry', exact: true }).click();
  await expect(latestTurn(page)).toContainText('1911', { timeout: 30_000 });
});

test('a model that asks for patience is waited for, visibly', async ({ page, model }) => {
  model.enqueue({ kind: 'http-error', status: 429, retryAfterSeconds: 8 });
  await ask(page, question);
  await expect(latestTurn(page)).toContainText(
    `${at(model)} is taking no more requests for the moment. Trying again in`,
    { timeout: 15_000 },
  );
  await expect(latestTurn(page)).toContainText('1911', { timeout: 30_000 });
});

test('a model that stays limited fails with a countdown on Retry', async ({ page, model }) => {
  model.setDefault({ kind: 'http-error', status: 429, retryAfterSeconds: 30 });
  await ask(page, question);
  const retry = latestTurn(page).getByRole('button', { name: /^Retry in/ });
  await expect(retry).toBeDisabled({ timeout: 60_000 });
  await expect(latestTurn(page).getByRole('alert')).toContainText(
    `${at(model)} is taking no more requests for the moment. Try again shortly.`,
  );
});

test('a model that never begins is told of, and Stop ends the wait', async ({ page, model }) => {
  model.enqueue({ kind: 'stall' });
  await ask(page, question);
  await expect(latestTurn(page)).toContainText('Writing the answer…', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(latestTurn(page)).toContainText('Stopped before the first word');
  await expect.poll(() => model.requests.at(-1)?.abortedAt).not.toBeNull();
  await answerIsOver(page);
});

test('a model that falls silent in the middle keeps its words, and Stop ends it', async ({ page, model }) => {
  model.enqueue({ kind: 'stall', afterTokens: 12 });
  await ask(page, question);
  await expect(latestTurn(page).locator('.prose')).not.toBeEmpty({ timeout: 30_000 });
  const written = await latestTurn(page).locator('.prose').innerText();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(latestTurn(page)).toContainText('Stopped. What was written so far is kept.');
  await expect(latestTurn(page).locator('.prose')).toContainText(written.slice(0, 20));
  await expect.poll(() => model.requests.at(-1)?.abortedAt).not.toBeNull();
});

const text = 'The museum opened in a candle factory of 1911, long before its lamps were lit. '.repeat(4);
const brokeOff = "The model's answer broke off. Ask again to get it whole.";

for (const { kind, politely } of [
  { kind: 'cut', politely: false },
  { kind: 'ended politely before its end', politely: true },
]) {
  test(`a stream that is ${kind} keeps what was written, says so, and Retry asks again`, async ({ page, model }) => {
    model.enqueue({ kind: 'cut', text, afterTokens: 12, politely });
    await ask(page, question);
    const failed = page.getByRole('article').first();
    await expect(failed.getByRole('alert')).toContainText(brokeOff, { timeout: 30_000 });
    await expect(failed).toContainText('The museum opened in a candle factory');

    // One answer at a time: while it is written, the failed one cannot be asked for again.
    const { promise: heldUntil, resolve: letEnd } = Promise.withResolvers<void>();
    // A follow-up is rewritten first, by a request of its own.
    model.enqueue({ kind: 'answer', text: question }, { kind: 'answer', text, heldUntil });
    await failed.getByRole('button', { name: 'Retry', exact: true }).click();
    await expect(page.getByRole('article')).toHaveCount(2);
    await expect(failed.getByRole('button', { name: 'Retry', exact: true })).toBeDisabled();
    await expect(latestTurn(page)).toContainText('1911', { timeout: 30_000 });
    await expect(failed.getByRole('button', { name: 'Retry', exact: true })).toBeDisabled();
    letEnd();
    await answerIsOver(page);
    await expect(failed.getByRole('button', { name: 'Retry', exact: true })).toBeEnabled();
    await expect(latestTurn(page)).toContainText('1911');
  });
}

for (const { kind, behaviour, words } of [
  {
    kind: 'answers with an error of its own',
    behaviour: { kind: 'http-error', status: 400 },
    words: "refused the request (status 400). Its answer is in the server's log.",
  },
  {
    kind: 'sends what is no answer',
    behaviour: { kind: 'malformed' },
    words: 'sent something that is not an answer. Try again; if it stays so, check its log.',
  },
] as const) {
  test(`a model endpoint that ${kind} is told inline`, async ({ page, model }) => {
    model.setDefault(behaviour);
    await ask(page, question);
    await expect(latestTurn(page).getByRole('alert')).toContainText(`${at(model)} ${words}`, { timeout: 60_000 });
    await expect(page.getByRole('textbox', { name: 'Ask your twin' })).toBeEnabled();
  });
}

test('the limit on questions counts down where one types, keeps the text and lets go at zero', async ({ page }) => {
  // One flows back in half a minute: time enough to ask once more, and to be refused, on a busy machine too.
  const low = { policy: 'chat', limit: 1, windowSeconds: 30 };
  expect((await page.request.post('/api/trpc/rateLimits.change', { data: low })).status()).toBe(200);
  const data = { messages: [{ role: 'user', content: question }] };
  expect((await page.request.post('/api/chat', { data })).status()).toBe(200);
  await ask(page, question);
  await expect(page.getByText(/You can send again in/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
  await expect(page.getByRole('textbox', { name: 'Ask your twin' })).toHaveValue(question);
  await expect(page.getByText('You can send again now.')).toBeVisible({ timeout: 45_000 });
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(latestTurn(page)).toContainText('1911', { timeout: 30_000 });
});

test.describe('a question that is refused when its page has been left', () => {
  test.use({ expectedConsole: [/net::ERR_/] });

  test('is told of, and back where it was written', async ({ page }) => {
    const left = Promise.withResolvers<void>();
    await page.route('**/chat.send**', async (route) => {
      await left.promise;
      await route.abort('connectionreset');
    });
    await ask(page, question);
    await page.getByRole('link', { name: /^Documents/ }).click();
    await expect(documentRows(page)).toHaveCount(1);
    left.resolve();
    const notices = page.getByRole('region', { name: 'Notifications' });
    await expect(notices.getByText('Your question was not sent; it is back where you wrote it')).toBeVisible();
    await page.unrouteAll();
    await page.getByRole('link', { name: 'New chat' }).click();
    await expect(page.getByRole('textbox', { name: 'Ask your twin' })).toHaveValue(question);
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(latestTurn(page)).toContainText('1911', { timeout: 30_000 });
  });
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
