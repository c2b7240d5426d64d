import { afterEach, expect, it, vi } from 'vitest';
import { momentLabel, timeLabel } from './dates';
import { browserLocale, setRegion, weekdaysInOrder } from './region';

afterEach(() => {
  setRegion({});
  vi.unstubAllGlobals();
});

const AT = new Date('2026-03-10T16:30:00Z');

it('shows times and dates as the settings say', () => {
  setRegion({ locale: 'en-US' });
  expect(timeLabel(AT, 'UTC')).toMatch(/^4:30\sPM$/);
  setRegion({ locale: 'en-US', hour_cycle: 'h23' });
  expect(timeLabel(AT, 'UTC')).toBe('16:30');
  expect(momentLabel(AT, 'UTC')).toBe('Mar 10, 2026, 16:30');
  setRegion({ locale: 'en-GB', hour_cycle: 'h12' });
  expect(timeLabel(AT, 'UTC')).toMatch(/^4:30\spm$/);
});

it('begins the week as the settings say, else as the locale does', () => {
  setRegion({ locale: 'en-GB', week_start: 'SU' });
  expect(weekdaysInOrder()).toEqual(['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']);
  setRegion({ locale: 'en-GB', week_start: 'MO' });
  expect(weekdaysInOrder()[0]).toBe('MO');
});

it('knows the locale of the browser without what the API has no use for', () => {
  for (const [language, expected] of [
    ['en-US', 'en-US'],
    ['zh-Hant-TW', 'zh-Hant-TW'],
    ['de-DE-u-co-phonebk', 'de-DE'],
    ['en-US@posix', undefined],
  ] as const) {
    vi.stubGlobal('navigator', { language });
    expect(browserLocale()).toBe(expected);
  }
});
