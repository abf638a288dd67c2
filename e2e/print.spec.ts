import { answerIsOver, ask, citations, latestTurn, loadSamples, sampleQuestions, sourcePassage } from './actions.ts';
import { expect, test } from './twin-test.ts';

test.use({ colorScheme: 'dark' });

test('a conversation is printed whole, dark on light, and alone', async ({ page }) => {
  await loadSamples(page);
  const questions = await sampleQuestions(page).allInnerTexts();
  for (const question of questions) {
    await ask(page, question.trim());
    await answerIsOver(page);
  }
  await citations(latestTurn(page)).first().click();
  await expect(sourcePassage(page)).toBeVisible();
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await background();
  await page.emulateMedia({ media: 'print' });
  // A page is told of another medium a moment later.
  await expect.poll(background).not.toBe(dark);
  await expect(page.getByRole('link', { name: 'New chat' })).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Ask your twin' })).toBeHidden();
  await expect(sourcePassage(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Copy answer' }).first()).toBeHidden();
  await expect(citations(latestTurn(page)).first()).toBeVisible();
  // Nothing is left within something that would have to be scrolled.
  const article = await page.getByRole('article').last().boundingBox();
  expect((article?.y ?? 0) + (article?.height ?? 0)).toBeGreaterThan(720);
  const cut = await page.getByRole('article').evaluateAll(
    (articles) =>
      articles.filter((one) => {
        for (let around = one.parentElement; around !== null; around = around.parentElement) {
          if (getComputedStyle(around).overflowY !== 'visible' && around.scrollHeight > around.clientHeight + 1)
            return true;
        }
        return false;
      }).length,
  );
  expect(cut).toBe(0);
});
