import type { Page } from '@playwright/test';
import { answerIsOver, ask, chooseFixtures, documentRows, latestTurn } from './actions.ts';
import { expect, test } from './twin-test.ts';

test.use({ withModel: true });

/** Lets the answers end that are being written, all of whose words are there. */
let letEnd: () => void;

test.beforeEach(async ({ page, model }) => {
  const { promise: heldUntil, resolve } = Promise.withResolvers<void>();
  letEnd = resolve;
  await page.goto('/documents');
  await chooseFixtures(page, 'museum.html');
  await expect(documentRows(page).filter({ hasText: 'Ready' })).toHaveCount(1, { timeout: 30_000 });
  await page.goto('/');
  model.setDefault({ kind: 'answer', text: 'The museum opened in 1911. '.repeat(30), heldUntil });
  await ask(page, 'When did the lamp museum open?');
  await expect(latestTurn(page).locator('.prose')).not.toBeEmpty({ timeout: 30_000 });
});

test.afterEach(() => letEnd());

test('a question that is sent while another is answered is asked when that is done', async ({ page, model }) => {
  const field = page.getByRole('textbox', { name: 'Ask your twin' });
  await field.fill('What was the museum before?');
  await field.press('Enter');
  await expect(page.getByText('Asked as soon as this answer is done')).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(1);

  model.setDefault({ kind: 'answer' });
  letEnd();
  await expect(latestTurn(page).getByRole('heading', { name: 'What was the museum before?' })).toBeVisible({
    timeout: 30_000,
  });
  await expect(field).toHaveValue('');
  await answerIsOver(page);
  await expect(page.getByRole('article')).toHaveCount(2);
});

test('what follows an answer that is stopped, or was changed since, stays with its sender', async ({ page }) => {
  const field = page.getByRole('textbox', { name: 'Ask your twin' });
  await field.fill('What was the museum before?');
  await field.press('Enter');
  await field.press('End');
  await field.pressSequentially(' And where?');
  await expect(page.getByText('Asked as soon as this answer is done')).toHaveCount(0);
  await field.press('Enter');
  await expect(page.getByText('Asked as soon as this answer is done')).toBeVisible();

  await page.getByRole('button', { name: 'Stop' }).click();
  await answerIsOver(page);
  await expect(page.getByText('Asked as soon as this answer is done')).toHaveCount(0);
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(field).toHaveValue('What was the museum before? And where?');
});

test('an arrow upwards in the empty field brings the last question back, to be asked in other words', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Stop' }).click();
  await answerIsOver(page);
  const field = page.getByRole('textbox', { name: 'Ask your twin' });
  await field.press('ArrowUp');
  await expect(field).toHaveValue('When did the lamp museum open?');
  await field.fill('When was that?');
  await field.press('ArrowUp');
  await expect(field).toHaveValue('When was that?');
});

/** Holds the next question on its way to the server. @returns what lets it go. */
async function holdQuestion(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(
    '**/chat.send**',
    async (route) => {
      await promise;
      await route.continue();
    },
    { times: 1 },
  );
  return resolve;
}

for (const { where, address } of [
  { where: 'in a conversation', address: null },
  { where: 'in a new one', address: '/' },
]) {
  test(`a question that is sent before the server has the one before it is asked after that: ${where}`, async ({
    page,
  }) => {
    const field = page.getByRole('textbox', { name: 'Ask your twin' });
    const waiting = page.getByText('Asked as soon as this answer is done');
    await page.getByRole('button', { name: 'Stop' }).click();
    await answerIsOver(page);
    if (address !== null) await page.goto(address);
    const letGo = await holdQuestion(page);
    await ask(page, 'Who built the museum?');
    await field.fill('What was the museum before?');
    await field.press('Enter');
    await expect(waiting).toBeVisible();
    letGo();

    await expect(latestTurn(page).locator('.prose')).not.toBeEmpty({ timeout: 30_000 });
    await expect(page).toHaveURL(/\/c\//);
    await expect(waiting).toBeVisible();
    await expect(field).toHaveValue('What was the museum before?');
    letEnd();
    await expect(latestTurn(page).getByRole('heading', { name: 'What was the museum before?' })).toBeVisible({
      timeout: 30_000,
    });
    await expect(field).toHaveValue('');
  });
}

test('what is typed while a new conversation gets its address goes on where it was', async ({ page }) => {
  const field = page.getByRole('textbox', { name: 'Ask your twin' });
  await page.goto('/');
  const letGo = await holdQuestion(page);
  await ask(page, 'Who built the museum?');
  await field.pressSequentially('Abefore?');
  await field.press('Home');
  await field.press('ArrowRight');
  await page.keyboard.type('nd ');
  letGo();
  await expect(page).toHaveURL(/\/c\//);
  await page.keyboard.type('what was it ');
  await expect(field).toHaveValue('And what was it before?');
  await page.getByRole('link', { name: 'New chat' }).click();
  await expect(field).toHaveValue('');
  await expect(field).toBeFocused();
  await page.goBack();
  await expect(field).toHaveValue('And what was it before?');
});

test.describe('a question whose turn has come and that is refused', () => {
  test.use({ expectedConsole: [/net::ERR_/] });

  test('stays in the field with the reason, and is not sent again and again', async ({ page, model }) => {
    const field = page.getByRole('textbox', { name: 'Ask your twin' });
    let sent = 0;
    await page.route('**/chat.send**', async (route) => {
      sent += 1;
      await route.abort('connectionreset');
    });
    await field.fill('What was the museum before?');
    await field.press('Enter');
    model.setDefault({ kind: 'answer' });
    letEnd();
    await expect.poll(() => sent, { timeout: 30_000 }).toBe(1);
    await page.waitForTimeout(1_000);
    expect(sent).toBe(1);
    await expect(field).toHaveValue('What was the museum before?');
    await expect(page.getByRole('article')).toHaveCount(1);
  });
});
