import type { Page } from '@playwright/test';
import { ask, bringToFront, chooseFiles, latestTurn } from './actions.ts';
import { expectNoViolations } from './expect-no-violations.ts';
import { expect, test } from './twin-test.ts';

test.use({ serverEnv: { HOST: '0.0.0.0' }, contextOptions: { reducedMotion: 'reduce' } });

/** A question that is not sent, pages of a site that were not added, and a document that was deleted a moment ago. */
async function leaveSomething(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('textbox', { name: 'Ask your twin' }).fill('What is in the private diary?');
  const addresses = ['https://private.example.org/diary'];
  await page.evaluate(
    (site) => localStorage.setItem('twin.site', site),
    JSON.stringify({ addresses, total: 1, at: 0 }),
  );
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toMatch(/private diary/);
  await page.goto('/documents');
  await expect(page.getByText(/1 page/).first()).toBeVisible();
  const documents = [{ id: 'diary', title: 'The private diary', content: 'Nobody reads this.' }];
  expect((await page.request.post('/api/ingest', { data: { documents } })).status()).toBe(200);
  await page.getByRole('button', { name: 'Actions for The private diary' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
}

test('beyond this machine: closed until the one-time code from the log makes an owner, who signs out and in', async ({
  page,
  twin,
}) => {
  const code = /one-time code:\s+(\S+)/.exec(twin.output())?.[1] ?? '';
  await page.goto('/documents');
  await expect(page.getByRole('heading', { level: 1, name: 'Claim this twin' })).toBeVisible();
  await expectNoViolations(page, 'the claim');

  const password = page.getByLabel('Password');
  await page.getByLabel('One-time code').fill(code);
  await page.getByLabel('Your name').fill('Ann');
  await page.getByLabel('Email').fill('ann@example.org');
  await password.pressSequentially('nine char');
  await page.getByRole('button', { name: 'Become the owner' }).click();
  expect(await password.evaluate((input: HTMLInputElement) => input.validity.tooShort)).toBe(true);
  await password.fill('ten chars!');
  await page.getByRole('button', { name: 'Become the owner' }).click();
  await expect(page.getByText('Signed in as Ann').first()).toBeVisible();
  await expectNoViolations(page, 'signed in');

  const otherTab = await page.context().newPage();
  await otherTab.goto('/');
  await bringToFront(page);
  await leaveSomething(page);
  await otherTab.getByRole('textbox', { name: 'Ask your twin' }).fill('And in the private letters?');
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  for (const tab of [page, otherTab]) {
    await expect(tab.getByRole('heading', { level: 1, name: 'Welcome back' })).toBeVisible();
    await expect(tab.getByText(/private/)).toHaveCount(0, { timeout: 2_000 });
  }
  await expectNoViolations(page, 'the sign-in');
  expect((await page.request.get('/api/trpc/twin.status')).status()).toBe(401);
  const kept = () => page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
  expect(await kept()).not.toMatch(/private/);
  await page.getByLabel('Email').fill('ann@example.org');
  await page.getByLabel('Password').fill('ten chars!');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('Signed in as Ann').first()).toBeVisible();
  await otherTab.reload();
  await expect(otherTab.getByRole('textbox', { name: 'Ask your twin' })).toHaveValue('');
  await otherTab.close();

  await page.goto('/');
  await ask(page, 'What is in my documents?');
  await expect(latestTurn(page).getByRole('link', { name: 'Add documents' })).toBeVisible({ timeout: 30_000 });
});

test('a session that was ended elsewhere leaves nothing in the browser either', async ({ page, twin }) => {
  const code = /one-time code:\s+(\S+)/.exec(twin.output())?.[1] ?? '';
  const owner = { code, name: 'Ann', email: 'ann@example.org', password: 'ten chars!' };
  expect((await page.request.post('/api/owner', { data: owner })).status()).toBe(200);
  await leaveSomething(page);
  await chooseFiles(page, [{ name: 'private letters.md', mimeType: '', buffer: Buffer.from('') }]);
  await expect(page.getByText('private letters.md')).toBeVisible();

  const headers = { origin: new URL(page.url()).origin };
  expect((await page.request.post('/api/auth/sign-out', { data: {}, headers })).status()).toBe(200);
  // Where the page has not found out by a call of its own, and the link is gone.
  await page.getByRole('link', { name: 'Persona' }).evaluateAll((links) => {
    for (const link of links) if (link instanceof HTMLElement) link.click();
  });
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome back' })).toBeVisible();
  await expect(page.getByText(/private/)).toHaveCount(0, { timeout: 2_000 });
  expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toMatch(/private/);
  await page.getByLabel('Email').fill('ann@example.org');
  await page.getByLabel('Password').fill('ten chars!');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('link', { name: /^Documents/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Documents' })).toBeVisible();
  await expect(page.getByText('private letters.md')).toHaveCount(0);
  await page.getByRole('link', { name: 'New chat' }).click();
  await expect(page.getByRole('textbox', { name: 'Ask your twin' })).toHaveValue('');
});
