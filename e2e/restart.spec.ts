import { answerIsOver, ask, chooseFixtures, documentRows, latestTurn } from './actions.ts';
import { expect, test } from './twin-test.ts';

// Chromium reports every call that finds no server.
test.use({ withModel: true, expectedConsole: [/net::ERR_/] });

const question = 'Which former candle factory has the lamp museum opened in?';

test('a server that is killed and started again under an open page costs no word', async ({ page, model, twin }) => {
  test.setTimeout(300_000);
  await page.goto('/documents');
  await chooseFixtures(page, 'museum.html');
  await expect(documentRows(page).filter({ hasText: 'Ready' })).toHaveCount(1, { timeout: 60_000 });
  await page.goto('/');

  // In the middle of an answer, with the next question half typed.
  model.enqueue({ kind: 'endless', msPerToken: 20 });
  await ask(page, 'Tell me all about lamps.');
  await expect(latestTurn(page)).toContainText('and so on', { timeout: 60_000 });
  const field = page.getByRole('textbox', { name: 'Ask your twin' });
  await field.fill(question);
  await twin.end('SIGKILL');
  await expect(page.getByText('The server is away. Reconnecting; nothing you wrote is lost.')).toBeVisible();
  await twin.startAgain();
  await expect(page.getByText('The server is away.')).toHaveCount(0, { timeout: 30_000 });
  await expect(latestTurn(page)).toContainText('The server stopped while answering. Ask again for a whole answer.', {
    timeout: 60_000,
  });
  await expect(latestTurn(page)).toContainText('and so on');
  await expect(field).toHaveValue(question);

  // And again, with a question that finds no server.
  await twin.end('SIGKILL');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'cannot be reached' })).toBeVisible();
  await expect(field).toHaveValue(question);
  await twin.startAgain();
  await expect(page.getByText('The server is away.')).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByRole('alert').filter({ hasText: 'cannot be reached' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(latestTurn(page)).toContainText('1911', { timeout: 60_000 });
  await answerIsOver(page);
});

test('a page on which nothing happens says within seconds that the server went away, and that it is back', async ({
  page,
  twin,
}) => {
  await page.goto('/persona');
  await expect(page.getByRole('heading', { level: 1, name: 'Persona' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await twin.end('SIGTERM');
  await expect(page.getByText('The server is away.')).toBeVisible({ timeout: 8_000 });
  await twin.startAgain();
  await expect(page.getByText('Connected again.')).toBeVisible();
  await expect(page.getByText('Connected again.')).toHaveCount(0);
});

test('files that are dropped on a server that is away arrive when it is back', async ({ page, twin }) => {
  test.setTimeout(240_000);
  await page.goto('/documents');
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await twin.end('SIGKILL');
  await chooseFixtures(page, 'garden.md', 'notes.txt', 'voyage.pdf');
  const uploads = page.getByRole('list', { name: 'Uploads' });
  await expect(uploads.getByText('Waiting for the server, then sent again')).toHaveCount(2);
  await expect(uploads.getByText('Waiting for its turn')).toHaveCount(1);
  await twin.startAgain();
  await expect(documentRows(page).filter({ hasText: 'Ready' })).toHaveCount(3, { timeout: 60_000 });
  await expect(uploads).toHaveCount(0);
});
