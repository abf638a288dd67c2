import { makePdf } from '@twin/testing/fixtures/pdf';
import { ask, chooseFiles, documentRows, latestTurn, openDocument } from './actions.ts';
import { expectNoViolations } from './expect-no-violations.ts';
import { expect, test } from './twin-test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('a locked PDF asks for its password, says when it is wrong, and answers once it is right', async ({ page }) => {
  const will = makePdf([['The grandfather clock goes to Ines.']], { password: 'open sesame' });
  await page.goto('/documents');
  await chooseFiles(page, [{ name: 'will.pdf', mimeType: 'application/pdf', buffer: Buffer.from(will) }]);
  const row = documentRows(page).filter({ hasText: 'will' });
  await expect(row).toContainText('is locked with a password', { timeout: 30_000 });
  await expect(row).toContainText('Locked');

  await row.getByRole('button', { name: 'Enter password for will' }).click();
  const password = page.getByLabel('Password of the file');
  await expect(password).toBeFocused();
  await expectNoViolations(page, 'a password being asked for');
  await page.keyboard.type('open says me');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const refusal = row.getByText('that password does not open it');
  await expect(refusal).toBeVisible({ timeout: 30_000 });
  await expect(refusal).toHaveClass(/text-danger/);

  await openDocument(page, 'will');
  // The server would refuse: only what is ready can be read again.
  await page.getByRole('button', { name: 'Actions for will' }).click();
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Read again' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Enter password for will' }).click();
  await expect(page.getByRole('dialog')).toContainText('The last one did not open it.');
  await expect(password).toHaveValue('');
  await page.keyboard.type('open sesame');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Ready')).toBeVisible({ timeout: 30_000 });

  await page.goto('/');
  await ask(page, 'Who gets the grandfather clock?');
  await expect(latestTurn(page)).toContainText('Ines', { timeout: 30_000 });
});
