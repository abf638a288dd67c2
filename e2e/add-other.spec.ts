import { ask, documentRows, latestTurn, sampleQuestions } from './actions.ts';
import { expectNoViolations } from './expect-no-violations.ts';
import { expect, test } from './twin-test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('pasted text is read and answers, also beside the samples', async ({ page }) => {
  await page.goto('/documents');
  await page.getByRole('button', { name: 'Add other' }).first().click();
  await page.getByRole('menuitem', { name: /paste/i }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused();
  await expectNoViolations(page, 'text being pasted');
  await page.keyboard.type('The lighthouse');
  await page.getByRole('textbox', { name: 'Text' }).fill('# Keepers\n\nMara Voss kept the lighthouse until 1923.');
  await page.getByRole('button', { name: 'Add text' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(documentRows(page).filter({ hasText: 'The lighthouse' }).filter({ hasText: 'Ready' })).toHaveCount(1, {
    timeout: 30_000,
  });
  await page.goto('/');
  await ask(page, 'Who kept the lighthouse?');
  await expect(latestTurn(page)).toContainText('Mara Voss', { timeout: 30_000 });

  // The samples come to a library that is not empty, once.
  await page.goto('/documents');
  await page.getByRole('button', { name: 'Add other' }).click();
  await page.getByRole('menuitem', { name: 'Sample collection' }).click();
  await expect(sampleQuestions(page)).toHaveCount(3, { timeout: 30_000 });
  await page.goto('/documents');
  await expect(documentRows(page)).toHaveCount(6);
  await page.getByRole('button', { name: 'Add other' }).click();
  await expect(page.getByRole('menuitem')).toHaveCount(3);
});

test.describe('an address inside the own network', () => {
  // Chromium reports every refused request itself.
  test.use({ expectedConsole: [/status of 4\d\d/] });

  test('is refused beside the field, which keeps what was typed', async ({ page }) => {
    await page.goto('/documents');
    await page.getByRole('button', { name: 'Add other' }).first().click();
    await page.getByRole('menuitem', { name: /web page/i }).click();
    const address = page.getByRole('textbox', { name: 'Address' });
    await expect(address).toBeFocused();
    await page.keyboard.type('http://127.0.0.1:5432/');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toContainText(/127\.0\.0\.1/, { timeout: 15_000 });
    await expect(address).toHaveValue('http://127.0.0.1:5432/');
    await expectNoViolations(page, 'an address that is refused');
    await page.getByRole('radio', { name: /whole site/ }).check();
    await page.getByRole('button', { name: 'Find pages' }).click();
    await expect(page.getByRole('dialog')).toContainText(/robots\.txt.*ports 80 and 443/, { timeout: 15_000 });
  });
});
