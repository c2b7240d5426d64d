/** The user's formats of dates and times: from their settings, else from the browser. */

interface Region {
  locale?: string | null | undefined;
  week_start?: string | null | undefined;
  hour_cycle?: 'h12' | 'h23' | null | undefined;
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
let chosen: Region = {};

export function setRegion(region: Region): void {
  chosen = region;
}

/** Returns the locale for formatters; undefined means the browser's locale. */
export function chosenLocale(): string | undefined {
  return chosen.locale ?? undefined;
}

export function hourCycle(): { hourCycle?: 'h12' | 'h23' } {
  return chosen.hour_cycle ? { hourCycle: chosen.hour_cycle } : {};
}

/** Returns language, script and region of the browser's locale as a BCP 47 tag. */
export function browserLocale(): string | undefined {
  try {
    const { language, script, region } = new Intl.Locale(navigator.language);
    return [language, script, region].filter(Boolean).join('-');
  } catch {
    return undefined; // not a valid locale: the API has a default
  }
}

/** Returns the days of the week, beginning with the user's first day. */
export function weekdaysInOrder(): (typeof DAYS)[number][] {
  const first = DAYS.findIndex((day) => day === firstDay());
  return [...DAYS.slice(first), ...DAYS.slice(0, first)];
}

/** Returns the user's first day of the week as a number: 0 is Sunday, as in `Date.getDay`. */
export function weekStart(): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  return ((DAYS.findIndex((day) => day === firstDay()) + 1) % 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6;
}

function firstDay(): string {
  if (chosen.week_start) return chosen.week_start;
  const locale = chosen.locale ?? browserLocale();
  if (!locale) return 'MO';
  // Some browsers do not have `getWeekInfo` yet, and TypeScript has no type for it.
  const info = (new Intl.Locale(locale) as { getWeekInfo?: () => { firstDay: number } }).getWeekInfo?.();
  return DAYS[(info?.firstDay ?? 1) - 1] ?? 'MO';
}
