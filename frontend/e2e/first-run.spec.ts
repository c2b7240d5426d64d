import { violations } from './axe';
import { expect, test, webUrl } from './person';

for (const [locale, first, title] of [
  ['en-GB', 'Pay rent every month on the 1st', 'Pay rent'],
  ['de-DE', 'Miete zahlen jeden Monat am 1.', 'Miete zahlen'],
  ['es-ES', 'Pagar el alquiler el 1 de cada mes', 'Pagar el alquiler'],
] as const)
  test.describe(`in a browser for ${locale}`, () => {
    test.use({ locale });

    test('a new user has three tasks with three clicks', async ({ person }) => {
      const { page } = person;
      await page.goto(`${webUrl()}/welcome?back=/today`);
      await page.waitForURL('**/today?*');
      await expect(page.getByRole('textbox', { name: 'New task' })).toBeFocused();
      const examples = page.getByRole('region', { name: 'Examples' });
      await expect(examples.getByRole('listitem')).toHaveCount(3);
      expect(await violations(page)).toEqual([]);
      await examples.getByRole('button', { name: first }).click();
      await expect(examples.getByRole('listitem')).toHaveCount(2);
      await page.reload();
      await expect(examples.getByRole('listitem')).toHaveCount(2);
      for (const left of [1, 0]) {
        await examples.getByRole('listitem').first().getByRole('button').click();
        await expect(examples.getByRole('listitem')).toHaveCount(left);
      }
      await expect(page.getByRole('textbox', { name: 'New task' })).toBeFocused();
      await expect
        .poll(() => person.api('GET', '/tasks?sort=created_at&order=asc'))
        .toMatchObject({
          items: [
            { title, recurrence_pattern: 'monthly' },
            { due_date: expect.stringMatching(/T17:00/), tags: [expect.stringMatching(/^famil/)] },
            { recurrence_pattern: 'weekly' },
          ],
        });
    });
  });

test('the sign-in page says what the product is', async ({ page }) => {
  for (const [width, height] of [
    [1280, 800],
    [320, 640],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto(`${webUrl()}/sign-in`);
    await expect(page.getByText('Type what is to be done and when')).toBeVisible();
    await expect(page.getByLabel('E-mail')).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  }
});
