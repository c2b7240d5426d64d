'use client';

import { Select } from '@/components/field';
import { weekdayName, WEEKDAYS } from '@/features/tasks/data/labels';
import { browserLocale } from '@/lib/region';
import { zonesWith } from '@/lib/zones';
import { Group, Setting } from './setting';
import { useChange } from './use-change';

const LOCALES = [
  'en-AU', 'en-CA', 'en-GB', 'en-IE', 'en-IN', 'en-NZ', 'en-US', 'en-ZA', 'cs-CZ', 'da-DK', 'de-AT', 'de-CH', 'de-DE',
  'es-ES', 'es-MX', 'fi-FI', 'fr-CA', 'fr-CH', 'fr-FR', 'he-IL', 'hu-HU', 'it-IT', 'ja-JP', 'ko-KR', 'nb-NO', 'nl-NL',
  'pl-PL', 'pt-BR', 'pt-PT', 'sv-SE', 'tr-TR', 'uk-UA', 'zh-CN', 'zh-TW',
]; // prettier-ignore
const DATE = new Date('2026-12-31T12:00:00Z');

/** Null means the default (the browser's locale, or the date format's convention). A select shows it as ''. */
export function DatesAndTimes() {
  const { settings, change } = useChange();
  if (!settings) return null;
  const { time_zone, locale, week_start, hour_cycle } = settings;
  const known = locale && !LOCALES.includes(locale) ? [locale, ...LOCALES] : LOCALES;
  const browser = browserLocale();
  return (
    <Group title="Dates and times">
      <Setting
        label="Time zone"
        hint="Today, overdue and the days of the charts are days there. Tasks keep the time zone they have."
      >
        {(control) => (
          <Select {...control} value={time_zone} onChange={({ target }) => change({ time_zone: target.value })}>
            {zonesWith(time_zone).map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </Select>
        )}
      </Setting>
      <Setting
        label="Language and region"
        hint="The language of typed dates such as “tomorrow”, and whether 12/1 is 1 December or 12 January"
      >
        {(control) => (
          <Select {...control} value={locale ?? ''} onChange={({ target }) => change({ locale: target.value || null })}>
            <option value="">As in this browser{browser && ` (${nameOf(browser)})`}</option>
            {known.map((tag) => (
              <option key={tag} value={tag}>
                {labelOf(tag)}
              </option>
            ))}
          </Select>
        )}
      </Setting>
      <Setting label="First day of the week">
        {(control) => (
          <Select
            {...control}
            value={week_start ?? ''}
            onChange={({ target }) => change({ week_start: WEEKDAYS.find((day) => day === target.value) ?? null })}
          >
            <option value="">As in the region</option>
            {WEEKDAYS.map((day) => (
              <option key={day} value={day}>
                {weekdayName(day)}
              </option>
            ))}
          </Select>
        )}
      </Setting>
      <Setting label="Time format">
        {(control) => (
          <Select
            {...control}
            value={hour_cycle ?? ''}
            onChange={({ target: { value } }) =>
              change({ hour_cycle: value === 'h12' || value === 'h23' ? value : null })
            }
          >
            <option value="">As in the region</option>
            <option value="h12">12 hours (5:30 PM)</option>
            <option value="h23">24 hours (17:30)</option>
          </Select>
        )}
      </Setting>
    </Group>
  );
}

function labelOf(tag: string): string {
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'short', timeZone: 'UTC' }).format(DATE);
  return `${nameOf(tag)}, ${date}`;
}

function nameOf(tag: string): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
}
