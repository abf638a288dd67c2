import type { Locator, Page, Request } from '@playwright/test';
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

test('the formats that are named at a press have the focus, which does not fall back to the top', async ({ page }) => {
  await page.goto('/documents');
  const more = page.getByRole('button', { name: /^\d+ more kinds$/ });
  await more.first().press('Enter');
  await expect(page.locator(':focus')).toContainText('LaTeX');
});

/** Answers calls of a procedure as the server does; the site is one that the server is not let to in a test. */
async function answerCalls(page: Page, procedure: string, data: unknown, before?: Promise<void>): Promise<void> {
  await page.route(`**/${procedure}**`, async (route) => {
    await before;
    const calls = new URL(route.request().url()).pathname.split(',').map((_, at) => at);
    const head = Object.fromEntries(calls.map((at) => [at, [[0], [null, 0, at]]]));
    const lines = calls.flatMap((at) => [
      [at, 0, [[{ result: 0 }], ['result', 0, 100 + at]]],
      [100 + at, 0, [[{ data: 0 }], ['data', 0, 200 + at]]],
      [200 + at, 0, [[data]]],
    ]);
    await route.fulfill({
      contentType: 'application/json',
      body: [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''),
    });
  });
}

/** Asks for the pages of a site, and returns the dialog that tells of them. */
async function findPages(page: Page): Promise<Locator> {
  await page.goto('/documents');
  await page.getByRole('button', { name: 'Add other' }).first().click();
  await page.getByRole('menuitem', { name: /web page/i }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Address' }).fill('https://example.org/');
  await dialog.getByRole('radio', { name: /whole site/ }).check();
  await dialog.getByRole('button', { name: 'Find pages' }).click();
  return dialog;
}

test('the pages of a site are read out when they are found; a double click adds them and does not stop', async ({
  page,
}) => {
  const fetched = Promise.withResolvers<void>();
  const addresses = ['a', 'b', 'c'].map((name) => `https://example.org/${name}`);
  await answerCalls(page, 'documents.listSitePages', { addresses, beyondLimit: 0, elsewhere: 1 });
  await answerCalls(page, 'documents.importWebPage', { outcome: 'created' }, fetched.promise);
  const dialog = await findPages(page);
  await expect(page.locator(':focus')).toHaveText('The site map names 3 pages. 1 of another site is left out.');
  await expectNoViolations(page, 'the pages of a site');

  await dialog.getByRole('button', { name: 'Add 3 pages' }).dblclick();
  fetched.resolve();
  await expect(dialog).toContainText('3 of 3: 3 added', { timeout: 15_000 });
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toHaveCount(0);
});

/** The calls of a batch in a request, each with its place and its input. */
function callsOf(request: Request): { at: number; input: unknown }[] {
  return Object.entries((request.postDataJSON() ?? {}) as Record<string, unknown>).map(([at, input]) => ({
    at: Number(at),
    input,
  }));
}

test.describe('a site one of whose pages fails', () => {
  test.use({ expectedConsole: [/status of 5\d\d/] });

  test('is added but for that page; what a reload cuts short is told of and can go on', async ({ page }) => {
    const addresses = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `https://example.org/${name}`);
    const asked: string[] = [];
    const reloaded = Promise.withResolvers<void>();
    await answerCalls(page, 'documents.listSitePages', { addresses, beyondLimit: 0, elsewhere: 0 });
    await page.route('**/documents.importWebPage**', async (route) => {
      const calls = callsOf(route.request()).map(({ at, input }) => ({ at, url: urlIn(input) }));
      asked.push(...calls.map(({ url }) => url));
      // Until the reload, no page behind the second comes: two are asked for at a time, and perhaps in one request.
      if (calls.some(({ url }) => /[c-f]$/.test(url))) await reloaded.promise;
      const lines = calls.map(({ at, url }) => {
        const data = {
          code: 'BAD_REQUEST',
          httpStatus: 400,
          appCode: 'invalid-input',
          requestId: 'r',
          retryAfterMs: null,
        };
        const message = `“${url}” answers with 500. Try again later.`;
        const answer = url.endsWith('/b')
          ? { error: { message, code: -32600, data } }
          : { result: { data: { outcome: 'created' } } };
        return [at, 0, [[answer]]];
      });
      const head = Object.fromEntries(calls.map(({ at }) => [at, [[0], [null, 0, at]]]));
      const body = [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
      await route.fulfill({ contentType: 'application/json', body }).catch(() => undefined);
    });
    const dialog = await findPages(page);
    await dialog.getByRole('button', { name: 'Add 6 pages' }).click();
    await expect(dialog).toContainText('2 of 6: 1 added, 1 not added', { timeout: 15_000 });
    await expect(dialog.getByRole('list', { name: /not added/ })).toContainText('/b” answers with 500');

    await page.reload();
    const left = page.getByText('5 of 6 pages of example.org are not added yet.');
    await expect(left).toBeVisible();
    await expectNoViolations(page, 'a site of which pages are left');
    reloaded.resolve();
    asked.length = 0;
    await page.getByRole('button', { name: 'Go on' }).click();
    await dialog.getByRole('button', { name: 'Add 5 pages' }).click();
    await expect(dialog).toContainText('5 of 5: 4 added, 1 not added', { timeout: 15_000 });
    expect(new Set(asked.map((url) => url.at(-1)))).toEqual(new Set(['b', 'c', 'd', 'e', 'f']));
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible();
    await expect(left).toHaveCount(0);
  });
});

/** The address that a call was given, as it is or in the form of a serialiser. */
function urlIn(input: unknown): string {
  return /"url":"([^"]+)"/.exec(JSON.stringify(input))?.[1] ?? '';
}
