import { describe, expect, it } from 'vitest';
import { addDays, dayLabel, daysBetween, instantOf, localDueDate, spanLabel, wallClock, wallOf } from './dates';

describe('a wall clock and its instant', () => {
  it.each([
    ['2026-01-31', '09:00', 'Europe/Berlin', '2026-01-31T08:00:00.000Z'],
    ['2026-07-31', '09:00', 'Europe/Berlin', '2026-07-31T07:00:00.000Z'],
    ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'], // skipped: an hour later
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'], // twice: the first
    ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-09-06', '00:00', 'America/Santiago', '2026-09-06T04:00:00.000Z'], // midnight is skipped
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'], // by half an hour
    ['2026-01-01', '00:00', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z'],
    ['2026-06-01', '12:00', 'UTC', '2026-06-01T12:00:00.000Z'],
  ])('%s %s in %s is %s', (day, time, zone, instant) => {
    expect(instantOf(day, time, zone).toISOString()).toBe(instant);
  });

  it('is what the clock there shows', () => {
    expect(wallClock(new Date('2026-03-29T01:30:00Z'), 'Europe/Berlin')).toEqual({ day: '2026-03-29', time: '03:30' });
    expect(wallClock(new Date('2025-12-31T23:00:00Z'), 'Europe/Berlin')).toEqual({ day: '2026-01-01', time: '00:00' });
  });
});

describe('a due date', () => {
  it('is read in each of its forms', () => {
    expect(wallOf('2026-03-10', 'Europe/Berlin')).toEqual({ day: '2026-03-10', time: null });
    expect(wallOf('2026-03-10T08:00:00Z', 'Europe/Berlin')).toEqual({ day: '2026-03-10', time: '09:00' });
    expect(wallOf('2026-03-10T09:00:00', 'Europe/Berlin')).toEqual({ day: '2026-03-10', time: '09:00' });
  });

  it('is said without an offset, or as a day', () => {
    expect(localDueDate('2026-03-10', '09:00')).toBe('2026-03-10T09:00:00');
    expect(localDueDate('2026-03-10', null)).toBe('2026-03-10');
  });
});

describe('days', () => {
  it('are counted over the ends of months and years', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2); // across a clock change
  });

  it.each([
    ['2026-03-09', 'Yesterday'],
    ['2026-03-10', 'Today'],
    ['2026-03-11', 'Tomorrow'],
    ['2026-03-13', 'Friday'],
    ['2026-03-17', 'Mar 17'],
    ['2026-03-08', 'Mar 8'],
    ['2027-03-10', 'Mar 10, 2027'],
  ])('%s is called %s', (day, label) => {
    expect(dayLabel(day, '2026-03-10', 'en-US')).toBe(label);
  });
});

it('names days in a row without saying the month twice, where the locale allows it', () => {
  const span = (first: string, last: string, locale: string) => spanLabel(first, last, locale).replaceAll(/\s/g, ' '); // some spaces are thin
  expect(span('2026-12-02', '2026-12-04', 'en-GB')).toBe('Wed 2 – Fri 4 December');
  expect(span('2026-11-30', '2026-12-02', 'en-GB')).toBe('Mon 30 November – Wed 2 December');
  expect(span('2026-12-02', '2026-12-04', 'en-US')).toBe('Wed, December 2 – Fri, December 4');
  expect(span('2026-12-02', '2026-12-04', 'de')).toBe('Mi., 2. – Fr., 4. Dezember');
});
