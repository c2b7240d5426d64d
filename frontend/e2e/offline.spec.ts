import { copyHas, filesAreKept } from './kept';
import { expect, Person, test, webUrl } from './person';

test('what is loaded when it is wanted is there without a connection', async ({ person, context }) => {
  const { page } = person;
  await person.add('Buy milk');
  await person.open('all');
  await expect(person.title('Buy milk')).toBeVisible();
  await filesAreKept(page);
  const browser = await context.newCDPSession(page);
  await browser.send('Network.clearBrowserCache'); // the HTTP cache may also hold the files for a while
  await context.setOffline(true);
  const details = await person.details('Buy milk');
  await expect(details.getByLabel('Title')).toHaveValue('Buy milk');
  await page.getByRole('button', { name: 'Sort' }).click();
  await expect(page.getByRole('menuitemradio', { name: 'Title' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
});

test('a page that is opened without a connection and without a copy says so, and goes on when it returns', async ({
  person,
  context,
}) => {
  await person.add('Buy milk');
  await expect(person.page.getByText('“Buy milk” added')).toBeVisible();
  await filesAreKept(person.page);
  await copyHas(person.page, true);
  await person.page.evaluate(() => indexedDB.deleteDatabase('offline'));
  await person.page.close();
  await context.setOffline(true);
  const page = await context.newPage();
  await page.goto(`${webUrl()}/all`);
  await expect(page.getByRole('heading', { name: 'No connection' })).toBeVisible();
  await expect(page).toHaveURL(/\/all$/);
  await context.setOffline(false);
  await expect(new Person(page, person.email).title('Buy milk')).toBeVisible();
});

test('the worker keeps nothing of a person', async ({ person }) => {
  const { page } = person;
  await person.add('My secret');
  await filesAreKept(page);
  await person.open('all?task=1');
  await person.signOut();
  await page.waitForURL('**/sign-in*');
  const kept = await page.evaluate(async () => {
    const found: [string, string][] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        found.push([new URL(request.url).pathname, (await (await cache.match(request))?.text()) ?? '']);
    }
    return found;
  });
  expect(kept.length).toBeGreaterThan(10);
  for (const [path, text] of kept) {
    expect(path).toMatch(/^(\/_next\/static\/.*|\/offline)$/);
    expect(text).not.toContain(person.email);
    expect(text).not.toContain('My secret');
  }
});

test.describe('without the worker', () => {
  test.use({ serviceWorkers: 'block' });

  test('a part that cannot be loaded says so in its place, and can be tried again', async ({ person }) => {
    const { page } = person;
    await person.add('Buy milk');
    await person.open('all');
    await expect(person.title('Buy milk')).toBeVisible();
    await page.route('**/_next/static/**', (route) => route.abort());
    await person.title('Buy milk').click();
    const place = page.getByRole('alert').filter({ hasText: 'This could not be loaded' });
    await expect(place).toHaveCount(1);
    await page.getByRole('button', { name: 'Sort' }).click();
    await expect(place).toHaveCount(2);
    await expect(person.title('Buy milk')).toBeVisible();
    await page.unroute('**/_next/static/**');
    await page.getByLabel('Messages').getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('menuitemradio', { name: 'Title' })).toBeVisible();
    await page.keyboard.press('Escape');
    await place.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('complementary', { name: 'Task details' }).getByLabel('Title')).toBeVisible();
  });
});
