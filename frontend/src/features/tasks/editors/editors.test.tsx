import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderInPage } from '@/testing/page';
import { instantOf, wallClock } from '@/lib/dates';
import { setRegion } from '@/lib/region';
import { recurrenceLabel } from '@/features/tasks/data/labels';
import { type Fields, PLAIN, type Reminder } from '@/features/tasks/data/model';
import { DueEditor } from './due-editor';
import { RecurrenceEditor } from './recurrence-editor';
import { RemindersEditor } from './reminders-editor';
import { TagsEditor } from './tags-editor';

// It is loaded on demand, which a busy machine takes long for.
beforeAll(() => import('@/components/calendar'));

beforeEach(() => {
  setRegion({});
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no server in this test')));
});

describe('the reminders of a task', () => {
  const render = (dueDate: string | null, reminders: Reminder[]) => {
    const onChange = vi.fn<(reminders: Reminder[]) => void>();
    renderInPage(<RemindersEditor reminders={reminders} dueDate={dueDate} onChange={onChange} />);
    return onChange;
  };
  const options = () => screen.getAllByRole('option').map((option) => option.textContent);

  it('of an all-day task say at which time of which day they come', () => {
    render('2026-03-10', [{ minutes_before: 30 }]);
    expect(screen.getByText('On the day at 6:00 PM')).toBeVisible();
    expect(options()).toEqual([
      'Add a reminder…',
      'On the day at 6:30 PM',
      '1 day before at 6:30 PM',
      '2 days before at 6:30 PM',
      '7 days before at 6:30 PM',
      '1 day before at 6:00 PM',
      'On a date, at a time…',
    ]);
  });

  it('are added to those there are, and offered once', async () => {
    const onChange = render('2026-03-10T09:00:00Z', [{ minutes_before: 30 }]);
    expect(options()).not.toContain('30 minutes before');
    await userEvent.selectOptions(screen.getByLabelText('Add a reminder'), '1 hour before');
    expect(onChange).toHaveBeenLastCalledWith([{ minutes_before: 30 }, { minutes_before: 60 }]);
    await userEvent.selectOptions(screen.getByLabelText('Add a reminder'), '1 day before at 6:00 PM');
    expect(onChange).toHaveBeenLastCalledWith([{ minutes_before: 30 }, { days_before: 1, time: '18:00' }]);
  });

  it('come at an instant, too', async () => {
    const onChange = render('2026-03-10T09:00:00Z', []);
    await userEvent.selectOptions(screen.getByLabelText('Add a reminder'), 'On a date, at a time…');
    const group = within(screen.getByRole('group', { name: 'Remind on' }));
    await userEvent.click(group.getByRole('button', { name: 'Day of the reminder' }));
    await userEvent.click(await screen.findByLabelText(/^Today, /));
    await userEvent.clear(group.getByLabelText('Time of the reminder'));
    await userEvent.type(group.getByLabelText('Time of the reminder'), '12:30{Enter}');
    await userEvent.click(group.getByRole('button', { name: 'Add' }));
    const today = wallClock(new Date(), 'Europe/Berlin').day;
    const at = instantOf(today, '12:30', 'Europe/Berlin').toISOString();
    expect(onChange).toHaveBeenLastCalledWith([{ at }]);
  });

  it.each(['half past', ''])('are not set at a time that is shown as wrong: “%s”', async (text) => {
    const onChange = render('2026-03-10', []);
    await userEvent.selectOptions(screen.getByLabelText('Add a reminder'), 'On a date, at a time…');
    const group = within(screen.getByRole('group', { name: 'Remind on' }));
    await userEvent.click(group.getByRole('button', { name: 'Day of the reminder' }));
    await userEvent.click(await screen.findByLabelText(/^Today, /));
    const time = group.getByLabelText('Time of the reminder');
    await userEvent.clear(time);
    if (text !== '') await userEvent.type(time, text);
    await userEvent.click(group.getByRole('button', { name: 'Add' }));
    expect(onChange).not.toHaveBeenCalled();
    expect(time).toHaveFocus();
    expect(time).toHaveValue(text);
    await userEvent.clear(time);
    await userEvent.type(time, '12:30');
    await userEvent.click(group.getByRole('button', { name: 'Add' }));
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it('are removed one by one', async () => {
    const onChange = render('2026-03-10T09:00:00Z', [{ minutes_before: 30 }, { at: '2026-03-09T11:00:00Z' }]);
    await userEvent.click(screen.getByRole('button', { name: 'Remove reminder: 30 minutes before' }));
    expect(onChange).toHaveBeenLastCalledWith([{ at: '2026-03-09T11:00:00Z' }]);
  });

  it('need a due date', () => {
    render(null, []);
    expect(screen.getByText('A reminder needs a due date.')).toBeVisible();
    expect(screen.queryByLabelText('Add a reminder')).toBeNull();
  });
});

describe('a due date', () => {
  const render = (dueDate: string | null, timeZone = 'Europe/Berlin') => {
    const onChange = vi.fn<(fields: Fields) => void>();
    renderInPage(<DueEditor dueDate={dueDate} timeZone={timeZone} onChange={onChange} />);
    return onChange;
  };

  it('is shown as the wall has it in its own zone, and keeps that time in another', async () => {
    const onChange = render('2026-03-10T13:00:00Z', 'America/New_York');
    expect(await chosenDay()).toHaveAccessibleName(/March 10, 2026/);
    expect(screen.getByLabelText('Time')).toHaveValue('9:00 AM');
    await userEvent.selectOptions(screen.getByLabelText('Time zone'), 'Asia/Tokyo');
    expect(onChange).toHaveBeenCalledWith({ time_zone: 'Asia/Tokyo', due_date: '2026-03-10T09:00:00' });
  });

  it('keeps its time on another day, and its day at another time or without one', async () => {
    const onChange = render('2026-03-10T08:00:00Z');
    await userEvent.click(await screen.findByRole('button', { name: /March 12, 2026/ }));
    expect(onChange).toHaveBeenLastCalledWith({ due_date: '2026-03-12T09:00:00' });
    await userEvent.click(screen.getByRole('button', { name: /^Today \w+$/ }));
    expect(onChange.mock.lastCall?.[0].due_date).toMatch(/T09:00:00$/);
    await userEvent.clear(screen.getByLabelText('Time'));
    await userEvent.type(screen.getByLabelText('Time'), '5pm{Enter}');
    expect(onChange).toHaveBeenLastCalledWith({ due_date: '2026-03-10T17:00:00' });
    await userEvent.clear(screen.getByLabelText('Time'));
    await userEvent.tab();
    expect(onChange).toHaveBeenLastCalledWith({ due_date: '2026-03-10' });
  });

  it('is chosen with the keyboard', async () => {
    const onChange = render('2026-03-10');
    (await chosenDay()).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{Enter}');
    expect(onChange).toHaveBeenLastCalledWith({ due_date: '2026-03-18' });
    (await chosenDay()).focus();
    await userEvent.keyboard('{PageDown}{Enter}');
    expect(onChange).toHaveBeenLastCalledWith({ due_date: '2026-04-10' });
  });

  it('has a time as one types it, and keeps what is not one', async () => {
    const onChange = render('2026-03-10T08:00:00Z');
    const time = screen.getByLabelText('Time');
    await userEvent.clear(time);
    await userEvent.type(time, 'soon{Enter}');
    expect(screen.getByText('“soon” is not a time; write it like 5:30 PM.')).toBeVisible();
    expect(time).toHaveValue('soon');
    await userEvent.keyboard('{Escape}');
    expect(time).toHaveValue('9:00 AM');
    await userEvent.keyboard('{ArrowUp}{Enter}');
    expect(onChange).toHaveBeenCalledExactlyOnceWith({ due_date: '2026-03-10T09:15:00' });
  });

  it('begins the week and writes the time as the settings say', async () => {
    const region = { locale: 'en-GB', week_start: 'SU', hour_cycle: 'h12' } as const;
    setRegion(region); // the page has its settings before a task is opened
    const editor = <DueEditor dueDate="2026-03-10T13:00:00Z" timeZone="Europe/Berlin" onChange={vi.fn()} />;
    renderInPage(editor, '/all', region);
    await chosenDay();
    expect(screen.getAllByRole('columnheader', { hidden: true })[0]).toHaveTextContent('Sun');
    expect(screen.getByLabelText('Time')).toHaveValue('2:00 pm');
  });

  it('takes along what needs it when it goes', async () => {
    const onChange = render('2026-03-10');
    await userEvent.click(screen.getByRole('button', { name: 'No date' }));
    expect(onChange).toHaveBeenCalledWith({
      due_date: null,
      recurrence_pattern: 'none',
      recurrence: null,
      reminders: [],
    });
  });
});

const chosenDay = async () => within(await screen.findByRole('gridcell', { selected: true })).getByRole('button');

describe('a recurrence', () => {
  const render = (fields: Partial<Parameters<typeof RecurrenceEditor>[0]> = {}) => {
    const onChange = vi.fn<(fields: Fields) => void>();
    renderInPage(
      <RecurrenceEditor
        dueDate="2026-03-10"
        timeZone="Europe/Berlin"
        pattern="weekly"
        recurrence={{ ...PLAIN, weekdays: ['TU'] }}
        leadTime={null}
        onChange={onChange}
        {...fields}
      />,
    );
    return onChange;
  };

  it('has its weekdays in the order of the week', async () => {
    const onChange = render();
    await userEvent.click(screen.getByRole('button', { name: 'Monday' }));
    expect(onChange).toHaveBeenCalledWith({ recurrence: { ...PLAIN, weekdays: ['MO', 'TU'] } });
  });

  it('begins with the weekday that the due date is in its month', async () => {
    const onChange = render({ pattern: 'monthly', recurrence: null });
    await userEvent.selectOptions(screen.getByLabelText('On'), 'a weekday of the month');
    expect(onChange).toHaveBeenCalledWith({ recurrence: { ...PLAIN, weekdays: ['2TU'] } });
  });

  it('of a year needs a month for its weekday', async () => {
    const onChange = render({ pattern: 'yearly', recurrence: null });
    await userEvent.selectOptions(screen.getByLabelText('On'), 'a weekday of the month');
    expect(onChange).toHaveBeenCalledWith({ recurrence: { ...PLAIN, weekdays: ['2TU'], months: [3] } });
  });

  it('takes another place and another weekday of the month', async () => {
    const onChange = render({ pattern: 'monthly', recurrence: { ...PLAIN, weekdays: ['2TU'] } });
    await userEvent.selectOptions(screen.getByLabelText('Which one in the month'), 'last');
    expect(onChange).toHaveBeenLastCalledWith({ recurrence: { ...PLAIN, weekdays: ['-1TU'] } });
    await userEvent.click(screen.getByRole('button', { name: 'Another weekday' }));
    expect(onChange).toHaveBeenLastCalledWith({ recurrence: { ...PLAIN, weekdays: ['2TU', '1TU'] } });
  });

  it('keeps its end and its months with another pattern, and drops its weekdays', async () => {
    const onChange = render({ recurrence: { ...PLAIN, weekdays: ['TU'], months: [6, 7], until: '2026-12-31' } });
    await userEvent.selectOptions(screen.getByLabelText('Repeats'), 'Monthly');
    expect(onChange).toHaveBeenLastCalledWith({
      recurrence_pattern: 'monthly',
      recurrence: { ...PLAIN, months: [6, 7], until: '2026-12-31' },
    });
  });

  it('shows the days that are left out, and takes them back', async () => {
    const onChange = render({ recurrence: { ...PLAIN, excluded_dates: ['2026-12-24', '2026-12-25'] } });
    await userEvent.click(screen.getByRole('button', { name: /Also on .*24/ }));
    expect(onChange).toHaveBeenLastCalledWith({ recurrence: { ...PLAIN, excluded_dates: ['2026-12-25'] } });
  });

  it('keeps days from the end of the month that were not made here', async () => {
    const onChange = render({ pattern: 'monthly', recurrence: { ...PLAIN, month_days: [1, -2] } });
    expect(screen.getByRole('button', { name: 'Second last day' })).toHaveAttribute('aria-pressed', 'true');
    await userEvent.click(screen.getByRole('button', { name: 'Day 15' }));
    expect(onChange).toHaveBeenLastCalledWith({ recurrence: { ...PLAIN, month_days: [1, 15, -2] } });
  });

  it('of a task with a time has several times a day', async () => {
    const onChange = render({ dueDate: '2026-03-10T08:00:00Z', pattern: 'daily', recurrence: null });
    await userEvent.type(screen.getByLabelText('Also at'), '8pm{Enter}');
    expect(onChange).toHaveBeenLastCalledWith({ recurrence: { ...PLAIN, times: ['09:00', '20:00'] } });
  });

  it('counted from the completion has one time', async () => {
    const onChange = render({
      dueDate: '2026-03-10T08:00:00Z',
      pattern: 'daily',
      recurrence: { ...PLAIN, times: ['09:00', '20:00'] },
    });
    await userEvent.selectOptions(screen.getByLabelText('Counted from'), 'the completion');
    expect(onChange).toHaveBeenLastCalledWith({ recurrence: { ...PLAIN, mode: 'completion' } });
    await userEvent.click(screen.getByRole('button', { name: 'Not at 8:00 PM' }));
    expect(onChange).toHaveBeenLastCalledWith({ recurrence: PLAIN });
  });

  it('keeps one of its days of the month', async () => {
    const onChange = render({ pattern: 'monthly', recurrence: { ...PLAIN, month_days: [15] } });
    await userEvent.click(screen.getByRole('button', { name: 'Last day' }));
    expect(onChange).toHaveBeenCalledExactlyOnceWith({ recurrence: { ...PLAIN, month_days: [15, -1] } });
    await userEvent.click(screen.getByRole('button', { name: 'Day 15' }));
    expect(onChange).toHaveBeenCalledOnce();
  });

  it('is named with its days and months', () => {
    expect(recurrenceLabel('monthly', { ...PLAIN, weekdays: ['2TU', '-1FR'] })).toBe(
      'every month on the second Tue, the last Fri',
    );
    expect(recurrenceLabel('monthly', { ...PLAIN, month_days: [1, 22, -1] })).toBe(
      'every month on the 1st, the 22nd, the last day',
    );
    expect(recurrenceLabel('monthly', { ...PLAIN, workday: -1 })).toBe('every month on the last working day');
    expect(recurrenceLabel('weekly', { ...PLAIN, weekdays: ['SA'], months: [1, 2, 3, 11, 12] })).toBe(
      'every Saturday in Nov–Mar',
    );
    expect(recurrenceLabel('weekly', { ...PLAIN, weekdays: ['MO', 'WE', 'FR'] })).toBe(
      'every Monday, Wednesday and Friday',
    );
    expect(recurrenceLabel('weekly', { ...PLAIN, weekdays: ['MO', 'TU', 'WE', 'TH', 'FR'] })).toBe('every weekday');
    expect(recurrenceLabel('weekly', { ...PLAIN, interval: 2, weekdays: ['MO'] })).toBe('every 2 weeks on Mon');
    expect(recurrenceLabel('yearly', { ...PLAIN, month_days: [1], months: [1, 4, 7, 10] })).toBe(
      'every year on the 1st in Jan, Apr, Jul, Oct',
    );
    expect(recurrenceLabel('daily', { ...PLAIN, times: ['08:00', '20:30'] })).toBe('every day at 8:00 AM, 8:30 PM');
    expect(recurrenceLabel('daily', { ...PLAIN, excluded_dates: ['2026-12-24'] })).toMatch(/^every day except .*24/);
  });

  it('ends on a day or after a number of times, never both', async () => {
    const onChange = render({ recurrence: { ...PLAIN, until: '2026-12-31' } });
    await userEvent.selectOptions(screen.getByLabelText('Ends'), 'after a number of times');
    expect(onChange).toHaveBeenCalledWith({ recurrence: { ...PLAIN, until: null, count: 10 } });
  });

  it('needs a due date', () => {
    render({ dueDate: null, pattern: 'none', recurrence: null });
    expect(screen.getByLabelText('Repeats')).toBeDisabled();
    expect(screen.getByText(/needs a due date/)).toBeVisible();
  });
});

it('a tag is added once, with or without its sign', async () => {
  const onChange = vi.fn();
  renderInPage(<TagsEditor tags={['home']} onChange={onChange} />);
  await userEvent.type(screen.getByPlaceholderText('Add a tag'), '#work{Enter}');
  expect(onChange).toHaveBeenCalledExactlyOnceWith(['home', 'work']);
  await userEvent.type(screen.getByPlaceholderText('Add a tag'), 'home{Enter}');
  expect(onChange).toHaveBeenCalledOnce();
});
