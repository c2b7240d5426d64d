import { expect, type Person, test } from './person';
import { violations } from './axe';

const place = (person: Person, tag: string) =>
  person.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: new RegExp(`^${tag}`) });

async function choose(person: Person, tag: string, item: RegExp): Promise<void> {
  await place(person, tag).hover();
  await person.page.getByRole('button', { name: `Change the tag ${tag}` }).click();
  await person.page.getByRole('menuitem', { name: item }).click();
}

async function tagsOf(person: Person): Promise<string[][]> {
  const { items } = (await person.api('GET', '/tasks?sort=title')) as { items: { tags: string[] }[] };
  return items.map((task) => task.tags);
}

test('a tag is renamed everywhere, keeps its colour, and comes back with one undo', async ({ person }) => {
  const { page } = person;
  for (const title of ['A', 'B']) await person.api('POST', '/tasks', { title, tags: ['wrok'] });
  await person.api('PATCH', '/tasks/2/complete');
  await person.open('tag?name=wrok');
  const dot = place(person, 'wrok').locator('[aria-hidden]').first();
  const colour = await dot.evaluate(
    (element) => getComputedStyle(element.firstElementChild ?? element).backgroundColor,
  );
  await choose(person, 'wrok', /Rename/);
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  expect(await violations(page)).toEqual([]);
  await page.getByLabel('Name', { exact: true }).fill('work');
  await page.keyboard.press('Enter');
  await expect(page.getByText('#wrok renamed to #work')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: '#work' })).toBeVisible();
  await expect(person.title('A')).toBeVisible();
  await expect(place(person, 'wrok')).toBeHidden();
  await expect
    .poll(() =>
      place(person, 'work')
        .locator('[aria-hidden]')
        .first()
        .evaluate((element) => getComputedStyle(element.firstElementChild ?? element).backgroundColor),
    )
    .toBe(colour);
  await expect.poll(() => tagsOf(person)).toEqual([['work'], ['work']]);
  await page.keyboard.press('Control+z');
  await expect.poll(() => tagsOf(person)).toEqual([['wrok'], ['wrok']]);
  await expect(place(person, 'wrok')).toBeVisible();
});

test('renaming a tag onto another one asks, and merges them', async ({ person }) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'A', tags: ['work', 'job'] });
  await person.api('POST', '/tasks', { title: 'B', tags: ['work'] });
  await person.open('all');
  await choose(person, 'work', /Rename/);
  await page.getByLabel('Name', { exact: true }).fill('Job');
  await expect(page.getByText('#job exists.')).toBeVisible();
  await page.getByRole('button', { name: 'Merge into #job' }).click();
  await expect(page.getByText('#work merged into #job')).toBeVisible();
  await expect.poll(() => tagsOf(person)).toEqual([['job'], ['job']]);
  await expect(place(person, 'work')).toBeHidden();
});

test('a tag is deleted, and its tasks stay', async ({ person }) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'A', tags: ['work', 'x'] });
  await person.open('tag?name=work');
  await choose(person, 'work', /Delete/);
  await page.getByRole('button', { name: 'Delete tag' }).click();
  await expect(page.getByText('#work deleted')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'All' })).toBeVisible();
  await expect(person.title('A')).toBeVisible();
  await expect.poll(() => tagsOf(person)).toEqual([['x']]);
});

test('all open tasks of a tag are completed at once', async ({ person }) => {
  const { page } = person;
  for (const title of ['A', 'B', 'C']) await person.api('POST', '/tasks', { title, tags: ['work'] });
  await person.open('tag?name=work');
  await choose(person, 'work', /Complete all/);
  await page.getByRole('button', { name: 'Complete 3 open tasks' }).click();
  await expect(page.getByText('3 tasks of #work completed')).toBeVisible();
  await expect(person.title('A')).toBeHidden();
  await expect.poll(() => person.api('GET', '/tasks?status=completed')).toMatchObject({ total: 3 });
});

test('a colour is chosen by keyboard, and shown in other tabs at once', async ({ person }) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'A', tags: ['work'] });
  await person.open('all');
  const other = await page.context().newPage();
  await other.goto(page.url());
  const dot = other
    .getByRole('navigation', { name: 'Views' })
    .getByRole('link', { name: /^work/ })
    .locator('.bg-tag-10');
  await expect(other.getByRole('link', { name: /^work/ })).toBeVisible();
  await expect(dot).toHaveCount(0);
  await page.getByRole('button', { name: 'Change the tag work' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  // A menu lies over the page and is part of no landmark, which the rule `region` (not WCAG) expects of it.
  expect((await violations(page)).filter((one) => !one.startsWith('region:'))).toEqual([]);
  await page.getByRole('menuitem', { name: 'Colour' }).press('ArrowRight');
  await page.getByRole('menuitemradio', { name: 'Lime' }).press('Enter');
  await expect(dot).toHaveCount(1);
  const details = await person.details('A');
  await expect(details.locator('.bg-tag-10')).toHaveCount(1);
});
