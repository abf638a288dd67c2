import type { Page } from '@playwright/test';
import { answerIsOver, citations, latestTurn, sourcePassage } from './actions.ts';
import { expectNoViolations } from './expect-no-violations.ts';
import { expect, test } from './twin-test.ts';

test.use({ serverEnv: { HOST: '0.0.0.0' }, contextOptions: { reducedMotion: 'reduce' } });

const phone = { width: 320, height: 640 };
const content = 'The tide clock was built by Ada Quill in 1987. It shows high water at the old harbour.';

/** Makes the owner, who gives the twin a name and a document, unless it is to stay without one. */
async function becomeOwner(page: Page, output: string, { withDocument = true } = {}): Promise<void> {
  const code = /one-time code:\s+(\S+)/.exec(output)?.[1] ?? '';
  await page.goto('/admin');
  await page.getByLabel('One-time code').fill(code);
  await page.getByLabel('Your name').fill('Ann');
  await page.getByLabel('Email').fill('ann@example.org');
  await page.getByLabel('Password').fill('ten chars!');
  await page.getByRole('button', { name: 'Become the owner' }).click();
  await expect(page.getByText('Signed in as Ann').first()).toBeVisible();
  if (!withDocument) return;
  const documents = [{ id: 'clock', title: 'The tide clock', content }];
  expect((await page.request.post('/api/ingest', { data: { documents } })).status()).toBe(200);
}

/** Makes a link in Admin, and returns what is shown to be copied. */
async function makeLink(page: Page, name: string): Promise<string> {
  await page.goto('/admin');
  await page.getByRole('button', { name: 'Make a link' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Make the link' }).click();
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible();
  // Copying takes a secure origin, which this server's is not.
  const link = await page.getByLabel('Link', { exact: true }).inputValue();
  expect(link).toMatch(/\/visit#visit_[\w-]{43}$/);
  await expectNoViolations(page, 'the link that was made');
  await page.getByRole('button', { name: 'Done' }).click();
  return link;
}

async function askAsVisitor(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Ask a question' }).fill(question);
  await page.getByRole('button', { name: 'Send' }).click();
  await answerIsOver(page);
}

test('a link lets somebody without an account ask, read what an answer stands on, and delete it all, until it is revoked', async ({
  page,
  twin,
  browser,
  contextOptions,
  baseURL,
}) => {
  await becomeOwner(page, twin.output());
  const link = await makeLink(page, 'Friends');
  const table = page.getByRole('table', { name: 'Public links' });
  await expect(table.getByRole('row', { name: /Friends Open/ })).toBeVisible();
  // On a phone each cell names its column: what it holds stands beside that, in one line.
  await page.setViewportSize({ width: 390, height: 800 });
  const state = table.getByRole('row', { name: /Friends/ }).locator('[data-column=State]');
  expect((await state.boundingBox())?.height).toBeLessThan(45);
  await page.setViewportSize({ width: 1280, height: 720 });

  const context = await browser.newContext({
    ...contextOptions,
    ...(baseURL !== undefined && { baseURL }),
    viewport: phone,
  });
  const visitor = await context.newPage();
  const problems: string[] = [];
  visitor.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  const addresses: string[] = [];
  visitor.on('request', (request) => addresses.push(request.url()));
  await visitor.goto(link);
  await expect(visitor.getByRole('heading', { level: 1, name: 'What would you like to know?' })).toBeVisible();
  await expect(visitor).toHaveURL(/\/visit$/);
  expect(addresses.filter((address) => address.includes('visit_') && !address.includes('#'))).toEqual([]);
  await expectNoViolations(visitor, 'the visit, at phone width');
  expect(await visitor.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
  await expect(visitor.getByRole('link', { name: 'Documents' })).toHaveCount(0);

  await askAsVisitor(visitor, 'Who built the tide clock?');
  await expect(visitor).toHaveURL(/\/visit\?c=[\w-]+$/);
  await expect(latestTurn(visitor)).toContainText('Ada Quill');
  await citations(latestTurn(visitor)).first().click();
  const passage = sourcePassage(visitor);
  await expect(passage.locator('mark')).toContainText('Ada Quill');
  await expect(passage.getByRole('link')).toHaveCount(0);
  await expectNoViolations(visitor, 'an open citation of a visit');
  await visitor.getByRole('button', { name: 'Close source' }).click();
  await visitor.emulateMedia({ colorScheme: 'dark' });
  await expectNoViolations(visitor, 'an answer of a visit, in the dark');
  await visitor.reload();
  await expect(latestTurn(visitor)).toContainText('Ada Quill');

  // What is quoted in doubt is marked, also for who does not read the words before it.
  await askAsVisitor(visitor, 'Which harbour has ferries to Norway?');
  await expect(latestTurn(visitor)).toContainText('Not a sure answer: quotes of what comes nearest');
  // Its sources name the document alone: the words stand above them.
  await expect(latestTurn(visitor).getByRole('heading', { name: 'Sources' })).toBeVisible();
  await expect(latestTurn(visitor).getByText('at the old harbour')).toHaveCount(1);
  await expectNoViolations(visitor, 'an answer in doubt');

  await visitor.getByRole('textbox', { name: 'Ask a question' }).fill('Is it still running?');
  await visitor.getByRole('button', { name: 'Your conversations' }).click();
  await expectNoViolations(visitor, 'a visitor’s conversations');
  // A finger slips: nothing is deleted for good before that was asked.
  await visitor.getByRole('button', { name: /^Delete “/ }).click();
  await visitor.getByRole('button', { name: 'Cancel' }).click();
  await expect(visitor.getByRole('button', { name: /^Delete “/ })).toHaveCount(1);
  await visitor.getByRole('button', { name: 'Delete all my data' }).click();
  await visitor.getByRole('button', { name: 'Delete everything' }).click();
  await expect(visitor.getByRole('heading', { level: 1, name: 'Everything was deleted' })).toBeVisible();
  await expectNoViolations(visitor, 'a visit that was ended');
  expect(await context.cookies()).toEqual([]);
  expect(await visitor.evaluate(() => JSON.stringify(localStorage))).not.toContain('Is it still running?');
  await visitor.goto(link);
  await askAsVisitor(visitor, 'Who built the tide clock?');
  await expect(latestTurn(visitor)).toContainText('Ada Quill');
  expect(problems).toEqual([]);

  await page.reload();
  await expect(table.getByRole('row', { name: /Friends Open/ })).toContainText('1');
  await expect(page.getByRole('navigation', { name: 'Conversations' }).first()).not.toContainText('tide clock');
  await table.getByRole('button', { name: 'Revoke “Friends”' }).click();
  await page.getByRole('button', { name: 'Revoke link' }).click();
  await expect(table.getByRole('row', { name: /Friends Revoked/ })).toBeVisible();
  await visitor.getByRole('textbox', { name: 'Ask a question' }).fill('And when?');
  await visitor.getByRole('button', { name: 'Send' }).click();
  await expect(visitor.getByRole('heading', { level: 1, name: 'This link no longer works' })).toBeVisible();
  await expectNoViolations(visitor, 'a link that was revoked');
  await visitor.goto('about:blank');
  await visitor.goto(link);
  await expect(visitor.getByText('Its owner has revoked this link.')).toBeVisible();
  await context.close();
});

test('a visitor is told of a limit and when it is over, of an empty library, and of a link that is none', async ({
  page,
  twin,
  browser,
  contextOptions,
  baseURL,
}) => {
  await becomeOwner(page, twin.output(), { withDocument: false });
  const link = await makeLink(page, 'Friends');
  const context = await browser.newContext({
    ...contextOptions,
    ...(baseURL !== undefined && { baseURL }),
    viewport: phone,
  });
  const visitor = await context.newPage();
  await visitor.goto('/visit');
  await expect(visitor.getByRole('heading', { level: 1, name: 'Open the link you were sent' })).toBeVisible();
  await visitor.goto('about:blank');
  await visitor.goto(`${link}x`);
  await expect(visitor.getByRole('heading', { level: 1, name: 'This link is not known here' })).toBeVisible();
  await visitor.goto('about:blank');
  await visitor.goto(link);
  await expect(visitor.getByText('this twin has no documents')).toBeVisible();
  await expectNoViolations(visitor, 'a visit to an empty library');
  await expect(visitor.getByRole('textbox')).toHaveCount(0);

  const documents = [{ id: 'clock', title: 'The tide clock', content }];
  expect((await page.request.post('/api/ingest', { data: { documents } })).status()).toBe(200);
  const low = { policy: 'public-chat', limit: 1, windowSeconds: 3_600 };
  expect((await page.request.post('/api/trpc/rateLimits.change', { data: low })).status()).toBe(200);
  await visitor.reload();
  await askAsVisitor(visitor, 'Who built the tide clock?');
  await visitor.getByRole('textbox', { name: 'Ask a question' }).fill('And when?');
  await visitor.getByRole('button', { name: 'Send' }).click();
  await expect(visitor.getByText(/You can send again in \d+ min/)).toBeVisible();
  await expect(visitor.getByText(/Try again in \d+ s/)).toHaveCount(0);
  await expect(visitor.getByRole('textbox', { name: 'Ask a question' })).toHaveValue('And when?');
  await expectNoViolations(visitor, 'a limit that a visitor met');
  await context.close();

  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1, name: 'You are the owner' })).toBeVisible();
  await expectNoViolations(page, 'a visit by the owner');
});

test.describe('with a model that takes its time', () => {
  test.use({ withModel: true });

  test('a visitor who is being answered as much as may be is told to wait, and keeps what was written', async ({
    page,
    twin,
    model,
    browser,
    contextOptions,
  }) => {
    const { promise: heldUntil, resolve: letEnd } = Promise.withResolvers<void>();
    model.setDefault({ kind: 'answer', text: 'It is still being written. '.repeat(10), heldUntil });
    await becomeOwner(page, twin.output());
    const link = await makeLink(page, 'Friends');
    const context = await browser.newContext(contextOptions);
    const visitor = await context.newPage();
    await visitor.goto(link);
    const field = visitor.getByRole('textbox', { name: 'Ask a question' });
    const send = async (question: string) => {
      await field.fill(question);
      await visitor.getByRole('button', { name: 'Send' }).click();
    };
    for (const question of ['Who built the tide clock?', 'When was the tide clock built?']) {
      await send(question);
      await expect(visitor.getByRole('button', { name: 'Stop' })).toBeVisible();
      await expect(visitor).toHaveURL(/\/visit\?c=[\w-]+$/);
      await visitor.getByRole('button', { name: 'Your conversations' }).click();
      await visitor.getByRole('button', { name: 'New conversation' }).click();
      await expect(visitor).toHaveURL(/\/visit$/);
      // The address changes before the page: what is typed at once would be typed into the old conversation.
      await expect(visitor.getByRole('article')).toHaveCount(0);
    }
    await send('What does the tide clock show?');
    await expect(visitor.getByText('You are being answered 2 questions already.')).toBeVisible();
    await expect(visitor.getByText(/You can send again/)).toBeVisible();
    await expect(field).toHaveValue('What does the tide clock show?');
    letEnd();
    await context.close();
  });

  test('what a visitor types while a conversation gets its address stays where it is, and Stop pressed by then stops the answer', async ({
    page,
    twin,
    model,
    browser,
    contextOptions,
  }) => {
    model.setDefault({ kind: 'endless', msPerToken: 50 });
    await becomeOwner(page, twin.output());
    const link = await makeLink(page, 'Friends');
    const context = await browser.newContext(contextOptions);
    const visitor = await context.newPage();
    await visitor.goto(link);
    const { promise: letGo, resolve } = Promise.withResolvers<void>();
    await visitor.route('**/visitor.send**', async (route) => {
      await letGo;
      await route.continue();
    });
    const field = visitor.getByRole('textbox', { name: 'Ask a question' });
    await field.fill('Who built the tide clock?');
    await visitor.getByRole('button', { name: 'Send' }).click();
    await visitor.getByRole('button', { name: 'Stop' }).click();
    await field.pressSequentially('And when');
    resolve();
    await expect(visitor).toHaveURL(/\/visit\?c=[\w-]+$/);
    await visitor.keyboard.type(' was it?');
    await expect(latestTurn(visitor)).toContainText('Stopped');
    await expect(field).toHaveValue('And when was it?');
    await context.close();
  });
});

test.describe('on this computer alone', () => {
  test.use({ serverEnv: {} });

  test('no links are offered that would work for nobody', async ({ page }) => {
    await page.goto('/admin');
    const section = page.getByRole('region', { name: 'Public links' });
    await expect(section).toContainText('a link would work for nobody');
    await expect(section.getByRole('button')).toHaveCount(0);
  });
});
