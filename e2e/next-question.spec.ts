import { answerIsOver, ask, chooseFixtures, documentRows, latestTurn } from './actions.ts';
import { expect, test } from './twin-test.ts';

test.use({ withModel: true });

test.beforeEach(async ({ page, model }) => {
  await page.goto('/documents');
  await chooseFixtures(page, 'museum.html');
  await expect(documentRows(page).filter({ hasText: 'Ready' })).toHaveCount(1, { timeout: 30_000 });
  await page.goto('/');
  model.setDefault({ kind: 'answer', text: 'The museum opened in 1911. '.repeat(30), msPerToken: 30 });
  await ask(page, 'When did the lamp museum open?');
  await expect(latestTurn(page).locator('.prose')).not.toBeEmpty({ timeout: 30_000 });
});

test('a question that is sent while another is answered is asked when that is done', async ({ page, model }) => {
  const field = page.getByRole('textbox', { name: 'Ask your twin' });
  await field.fill('What was the museum before?');
  await field.press('Enter');
  await expect(page.getByText('Asked as soon as this answer is done')).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(1);

  model.setDefault({ kind: 'answer' });
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
