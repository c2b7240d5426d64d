/** What a screen reader is told of lists and of the details. */
import { expect, type Person, test } from './person';

async function someTasks(person: Person): Promise<void> {
  const create = (data: object) => ({ op: 'create', data });
  await person.api('POST', '/tasks/bulk', {
    operations: [
      create({ title: 'Return the books', due_date: '2020-01-01' }),
      create({
        title: 'Pay rent',
        description: 'By **transfer**, see https://example.com',
        due_date: '2035-01-31T09:00:00',
        time_zone: 'Europe/Berlin',
        recurrence_pattern: 'monthly',
        recurrence: { last_day: true },
        reminders: [{ minutes_before: 30 }],
        priority: 'High',
        tags: ['home', 'money'],
      }),
      create({ title: 'Read', priority: 'Low' }),
    ],
  });
}

test('a row says what a task is called, and what it is like', async ({ person }) => {
  await someTasks(person);
  await person.open('all?sort=due_date');
  await expect(person.page.getByRole('main')).toMatchAriaSnapshot(`
    - region "All":
      - heading "All" [level=1]
      - search:
        - searchbox "Search in this list"
      - button "Calendar"
      - button "Filter"
      - button "Sort"
      - form "Add a task":
        - textbox "New task"
      - list "Tasks":
        - listitem:
          - checkbox "Complete “Return the books”"
          - button "Return the books, overdue, due 1 Jan 2020"
          - time: "Overdue: 1 Jan 2020"
        - listitem:
          - checkbox "Complete “Pay rent”"
          - button "Pay rent, due 31 Jan 2035 9:00, High priority"
          - text: home money
          - img "Recurring"
          - img "Has a reminder"
          - time: 31 Jan 2035 9:00
        - listitem:
          - checkbox "Complete “Read”"
          - button "Read, Low priority"
  `);
});

test('days are headings of their tasks', async ({ person }) => {
  await someTasks(person);
  await person.open('upcoming');
  await expect(person.page.getByRole('list', { name: 'Tasks' })).toMatchAriaSnapshot(`
    - list "Tasks":
      - listitem:
        - heading "Overdue" [level=2]
      - listitem:
        - checkbox "Complete “Return the books”"
      - listitem:
        - heading /Today/ [level=2]
        - button /Add a task on .+/
      - listitem:
        - heading "31 Jan 2035 Wednesday" [level=2]
        - button "Add a task on Wednesday, 31 January 2035"
      - listitem:
        - checkbox "Complete “Pay rent”"
  `);
});

test('the details are a form of named properties', async ({ person }) => {
  await someTasks(person);
  await person.open('all?task=2');
  await expect(person.page.getByRole('complementary', { name: 'Task details' })).toMatchAriaSnapshot(`
    - complementary "Task details":
      - button "Previous task"
      - button "Next task"
      - button "More actions"
      - button "Close the details"
      - group:
        - checkbox "Complete “Pay rent”"
        - textbox "Title": Pay rent
        - group "Description":
          - paragraph:
            - strong: transfer
            - link "https://example.com"
        - 'button "Date: 31 Jan 2035, 9:00"'
        - 'button "Repeat: Every month on the last day"'
        - 'button "Reminders: 30 minutes before"'
        - 'button "Priority: High"'
        - 'button "Tags: home money"'
      - region "History":
        - button "History"
  `);
});
