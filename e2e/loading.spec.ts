import { expect, test } from './twin-test.ts';

// Chromium reports every request that fails.
test.use({ expectedConsole: [/Failed to load resource/] });

test('what is not here yet has its place held, then says why it cannot be had, and comes by Retry', async ({
  page,
}) => {
  for (const { path, calls, waits } of [
    {
      path: '/admin/evaluation',
      calls: /trpc\/[^?]*evaluation\./,
      waits: ['Loading the runs', 'Loading the questions'],
    },
    {
      path: '/documents',
      calls: /trpc\/[^?]*(?:twin\.status|documents\.list)/,
      waits: ['Loading', 'Loading the documents'],
    },
  ]) {
    const looked = Promise.withResolvers<void>();
    await page.route(calls, async (route) => {
      await looked.promise;
      await route.abort();
    });
    await page.goto(path);
    for (const said of waits) await expect(page.getByRole('main').getByText(said, { exact: true })).toBeAttached();
    looked.resolve();
    const problems = page.getByRole('main').getByRole('alert');
    await expect(problems).toHaveText(waits.map(() => /cannot be reached/));
    await page.unroute(calls);
    await expect(async () => {
      if ((await problems.count()) > 0)
        await problems.first().getByRole('button', { name: 'Retry' }).click({ timeout: 1_000 });
      expect(await problems.count()).toBe(0);
    }).toPass();
    for (const said of waits) await expect(page.getByRole('main').getByText(said, { exact: true })).toHaveCount(0);
  }
});
