import { afterEach, expect, it } from 'vitest';
import { setRegion } from './region';
import { timeLabel } from './clock';
import { readTime, stepTime } from './times';

afterEach(() => setRegion({}));

it('reads a time as people write it', () => {
  const times = { '9': '09:00', '9:30': '09:30', '0930': '09:30', '930': '09:30', '17.30': '17:30', '14h30': '14:30' };
  const halves = { '5pm': '17:00', '5:30 PM': '17:30', '12am': '00:00', '12 p.m.': '12:00', '9a': '09:00' };
  for (const [text, time] of Object.entries({ ...times, ...halves })) expect(readTime(text), text).toBe(time);
});

it('reads no time from what is not one', () => {
  for (const text of ['', '25', '9:60', 'soon', '14pm', '0pm', '9:3', '12345']) expect(readTime(text), text).toBeNull();
});

it('reads what it writes, by every clock', () => {
  for (const locale of ['en-US', 'en-GB', 'de', 'fi', 'ja', 'ko', 'ar-EG', 'es-US', 'zh-TW', 'bg'])
    for (const hour_cycle of ['h12', 'h23'] as const) {
      setRegion({ locale, hour_cycle });
      for (const time of ['00:05', '09:30', '12:00', '21:45'])
        expect(readTime(timeLabel(time)), `${locale} ${hour_cycle}: ${timeLabel(time)}`).toBe(time);
    }
});

it('steps over midnight', () => {
  expect(stepTime('23:50', 15)).toBe('00:05');
  expect(stepTime('00:05', -15)).toBe('23:50');
});
