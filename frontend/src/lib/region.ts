/** How this person writes dates and times: by their settings, else as the browser does. */

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

/** What formatters take; undefined is the browser's own. */
export function chosenLocale(): string | undefined {
  return chosen.locale ?? undefined;
}

export function hourCycle(): { hourCycle?: 'h12' | 'h23' } {
  return chosen.hour_cycle ? { hourCycle: chosen.hour_cycle } : {};
}

/** Language, script and region of the browser's locale, as BCP 47 writes them. */
export function browserLocale(): string | undefined {
  try {
    const { language, script, region } = new Intl.Locale(navigator.language);
    return [language, script, region].filter(Boolean).join('-');
  } catch {
    return undefined; // not a locale: the API has a default
  }
}

/** The days of the week in the order in which this person's weeks have them. */
export function weekdaysInOrder(): (typeof DAYS)[number][] {
  const first = DAYS.findIndex((day) => day === firstDay());
  return [...DAYS.slice(first), ...DAYS.slice(0, first)];
}

function firstDay(): string {
  if (chosen.week_start) return chosen.week_start;
  const locale = chosen.locale ?? browserLocale();
  if (!locale) return 'MO';
  // `getWeekInfo` is not in every browser yet, nor in TypeScript.
  const info = (new Intl.Locale(locale) as { getWeekInfo?: () => { firstDay: number } }).getWeekInfo?.();
  return DAYS[(info?.firstDay ?? 1) - 1] ?? 'MO';
}
