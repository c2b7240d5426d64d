/** One journey with the keyboard alone. After every key, something has the focus and can be seen (`keys.ts`). */
import { Keys } from './keys';
import { expect, test } from './person';

test('everything is done by keyboard alone, and the focus is never lost', async ({ person }) => {
  test.setTimeout(120_000);
  const { page } = person;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await person.api('POST', '/tasks', { title: 'Gone' });
  await person.api('DELETE', '/tasks/1');
  await person.open('today');
  const keys = new Keys(page);
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const dialog = (name: string) => page.getByRole('dialog', { name, exact: true });
  const titles = page.locator('#task-list [data-title]');
  const details = page.getByRole('complementary', { name: 'Task details' });

  await test.step('add tasks, and order them', async () => {
    await keys.press('q');
    for (const title of ['Call Ann', 'Buy milk', 'Pay rent']) {
      await keys.type(`${title} 1 may 2031`);
      await keys.press('Enter');
    }
    await keys.press('Escape', 'g', 'u');
    await expect(heading('Upcoming')).toBeVisible();
    await expect(titles).toHaveText(['Call Ann', 'Buy milk', 'Pay rent']);
    await keys.press('j');
    await expect(person.title('Call Ann')).toBeFocused();
    await keys.press('Alt+ArrowDown');
    await expect
      .poll(() => person.api('GET', '/tasks?sort=position'))
      .toMatchObject({ items: [{ id: 3 }, { id: 2 }, {}] });
    await expect(person.title('Call Ann')).toBeFocused();
  });

  await test.step('give a task a date, a tag, a priority, a rule and a reminder', async () => {
    await keys.press('d');
    await expect(dialog('Date').getByLabel('Date in words')).toBeFocused();
    await keys.type('2 may 2031');
    await keys.press('Enter');
    await expect(dialog('Date')).toHaveCount(0);
    await expect.poll(() => person.task(2)).toMatchObject({ due_date: '2031-05-02' });
    const add = async (name: string) => {
      await keys.tabTo(details.getByRole('button', { name: 'Add…' }));
      await keys.press('Enter');
      await expect(page.getByRole('menuitem', { name })).toBeVisible();
      await keys.type(name.slice(0, 3).toLowerCase());
      await expect(page.getByRole('menuitem', { name })).toBeFocused();
      await keys.press('Enter');
    };
    await add('Tags');
    await expect(dialog('Tags').getByPlaceholder('Add a tag')).toBeFocused();
    await keys.type('work');
    await keys.press('Enter', 'Escape');
    await expect(details.getByRole('button', { name: 'Tags: work' })).toBeFocused();
    await add('Priority');
    await expect(page.getByRole('menuitemradio', { name: 'Medium' })).toBeVisible();
    await keys.press('Home', 'Enter');
    await expect(details.getByRole('button', { name: 'Priority: High' })).toBeVisible();
    await add('Repeat');
    await expect(dialog('Repeat').getByLabel('Repeats')).toBeFocused();
    await keys.type('w'); // chooses Weekly
    await keys.press('Escape');
    await expect(details.getByRole('button', { name: /^Repeat: / })).toBeVisible();
    await add('Reminders');
    await expect(dialog('Reminders').getByLabel('Add a reminder')).toBeFocused();
    await keys.press('ArrowDown', 'Escape');
    await expect(details.getByRole('button', { name: /^Reminders: / })).toBeVisible();
    await expect
      .poll(() => person.task(2))
      .toMatchObject({ tags: ['work'], priority: 'High', recurrence_pattern: 'weekly', reminders: [{}] });
  });

  await test.step('leave the details', async () => {
    await keys.press('Escape');
    await expect(details).toHaveCount(0);
    await expect(person.title('Call Ann')).toBeFocused();
  });

  await test.step('search, complete, undo and redo', async () => {
    await keys.press('/');
    await keys.type('rent');
    await expect(titles).toHaveText(['Pay rent']);
    await keys.press('ArrowDown');
    await expect(person.title('Pay rent')).toBeFocused();
    await keys.press('Space');
    await expect(titles).toHaveCount(0);
    await keys.press('Control+z');
    await expect(person.title('Pay rent')).toBeVisible();
    await keys.press('Control+Shift+z');
    await expect(titles).toHaveCount(0);
    await keys.press('Control+z', '/', 'Escape');
    await expect(titles).toHaveCount(3);
  });

  await test.step('the calendar', async () => {
    await keys.tabTo(page.getByRole('button', { name: 'Calendar', exact: true }));
    await keys.press('Enter');
    await expect(page.getByRole('grid')).toBeVisible();
    await keys.tabTo(page.locator('[data-cell][tabindex="0"]'));
    await keys.press('ArrowRight', 'ArrowDown', 'PageDown', 'PageUp', 'Enter');
    await expect(page.getByLabel('New task')).toBeFocused();
    await keys.press('Escape');
    await keys.tabTo(page.getByRole('button', { name: 'Calendar', exact: true }));
    await keys.press('Enter');
    await expect(titles).toHaveCount(3);
  });

  await test.step('select and change several tasks', async () => {
    await keys.press('g', 'a');
    await expect(heading('All')).toBeVisible();
    await keys.press('j');
    await expect(titles.first()).toBeFocused();
    await keys.press('Control+a');
    const bar = page.getByRole('toolbar', { name: 'Selected tasks' });
    await expect(bar).toContainText('3 selected');
    await keys.press('x');
    await expect(bar).toContainText('2 selected');
    await keys.tabTo(bar.getByRole('button', { name: 'Tags' }), 'Shift+Tab');
    await keys.press('Enter');
    await expect(dialog('Tags of the selected tasks')).toBeVisible();
    await keys.type('both');
    await keys.press('Enter');
    await expect(bar).toHaveCount(0);
    await expect.poll(() => person.api('GET', '/tasks?tags=both')).toMatchObject({ total: 2 });
    await keys.press('x');
    await expect(bar).toContainText('1 selected');
    await keys.press('Escape');
    await expect(bar).toHaveCount(0);
  });

  await test.step('the menu of a tag', async () => {
    await keys.tabTo(page.getByRole('button', { name: 'Change the tag both' }), 'Shift+Tab');
    await keys.press('Enter');
    await expect(page.getByRole('menu')).toBeVisible();
    await keys.type('ren');
    await keys.press('Enter');
    await expect(dialog('Rename the tag #both').getByLabel('Name')).toBeFocused();
    await keys.press('End');
    await keys.type('s');
    await keys.press('Enter');
    await expect(page.getByText('#both renamed to #boths')).toBeVisible();
    await expect.poll(() => person.api('GET', '/tasks?tags=boths')).toMatchObject({ total: 2 });
    await keys.press('j');
  });

  await test.step('the trash', async () => {
    await keys.press('g', 'd');
    await expect(heading('Trash')).toBeVisible();
    await keys.press('j');
    await expect(person.title('Gone')).toBeFocused();
    await keys.press('Delete');
    await expect(titles).toHaveCount(0);
    await expect.poll(() => person.task(1)).toMatchObject({ status: 'pending' });
  });

  await test.step('the palette, the sheet of shortcuts, and the theme', async () => {
    await keys.press('Control+k');
    await expect(page.getByRole('combobox')).toBeFocused();
    await keys.type('upc');
    await keys.press('Enter');
    await expect(heading('Upcoming')).toBeVisible();
    await keys.press('?');
    await expect(dialog('Keyboard shortcuts')).toBeVisible();
    await keys.press('Escape');
    await expect(dialog('Keyboard shortcuts')).toHaveCount(0);
    await keys.press('Shift+D', 'Shift+D', 'b', 'b');
  });

  await test.step('notifications and the assistant', async () => {
    await keys.tabTo(page.getByRole('button', { name: /^Notifications/ }), 'Shift+Tab');
    await keys.press('Enter');
    await expect(dialog('Notifications')).toBeVisible();
    await keys.press('Escape');
    await expect(dialog('Notifications')).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^Notifications/ })).toBeFocused();
    await keys.press('a');
    const composer = page.getByRole('complementary', { name: 'Assistant' }).getByRole('textbox');
    await expect(composer).toBeFocused();
    await keys.type('what is due today');
    await keys.press('Enter', 'Escape');
    await expect(page.getByRole('complementary', { name: 'Assistant' })).toHaveCount(0);
  });

  await test.step('the settings', async () => {
    await keys.press('g', 's');
    await expect(heading('Settings')).toBeVisible();
    await expect(page.getByLabel('Time zone')).toBeVisible(); // without the settings, Tab leaves the page
    for (let times = 0; times < 4; times++) await keys.press('Tab');
    await keys.press('q');
    await expect(dialog('New task').getByRole('textbox')).toBeFocused();
    await keys.press('Escape');
    const sections = page.getByRole('navigation', { name: 'Settings' });
    await keys.tabTo(sections.getByRole('link', { name: 'Notifications' }), 'Shift+Tab');
    await keys.press('Enter');
    await keys.tabTo(page.getByLabel('All-day reminder time'));
    await keys.press('Shift+Tab', 'Shift+Tab', 'g', 't');
    await expect(heading('Today')).toBeVisible();
  });
});
