'use client';

import type { ComponentType } from 'react';
import { Failure } from '@/components/failure';
import { useLeftFocus } from '@/components/kept-focus';
import { ViewLink } from '@/components/view-link';
import { useSettings } from '@/lib/account';
import { classes } from '@/lib/classes';
import { useParameters } from '@/lib/location';
import { AccessTokens } from './access-tokens';
import { Appearance } from './appearance';
import { ConnectedApps } from './connected-apps';
import { DatesAndTimes } from './dates-and-times';
import { DeleteAccount } from './delete-account';
import { Devices } from './devices';
import { ExportAccount } from './export-account';
import { NotificationSettings } from './notifications/notification-settings';
import { Reminders } from './reminders';
import { SignIn } from './sign-in';
import { Webhooks } from './webhooks/webhooks';

interface Section {
  /** In the URL. */
  name: string;
  title: string;
  groups: readonly ComponentType[];
}

const GENERAL: Section = { name: 'general', title: 'General', groups: [DatesAndTimes, Appearance] };
const SECTIONS: readonly Section[] = [
  GENERAL,
  { name: 'notifications', title: 'Notifications', groups: [Reminders, NotificationSettings] },
  { name: 'account', title: 'Account', groups: [SignIn, Devices, ExportAccount, DeleteAccount] },
  { name: 'apps', title: 'Apps', groups: [ConnectedApps, AccessTokens, Webhooks] },
];

/** The settings, in sections that the URL names. */
export function SettingsView() {
  const name = useParameters().get('section');
  const here = SECTIONS.find((section) => section.name === name) ?? GENERAL;
  const { data, error, refetch } = useSettings();
  useLeftFocus();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto md:gutters">
      <div className="mx-auto flex max-w-column flex-col gap-section px-beside pb-16">
        <Sections here={here} />
        {error && !data && <Failure error={error} onAgain={() => void refetch()} />}
        {here.groups.map((Settings, at) => (
          <Settings key={`${here.name} ${at}`} />
        ))}
      </div>
    </div>
  );
}

function Sections({ here }: { here: Section }) {
  return (
    <nav aria-label="Settings" className="-mx-3 flex gap-1 overflow-x-auto px-0.5 py-0.5 text-sm">
      {SECTIONS.map((section) => (
        <ViewLink
          key={section.name}
          href={section === GENERAL ? '/settings' : `/settings?section=${section.name}`}
          {...(section === here ? { 'aria-current': 'page' } : {})}
          className={classes(
            'flex h-9 shrink-0 items-center rounded-row px-3 hover:bg-hover',
            section === here ? 'bg-chosen font-medium' : 'text-quiet',
          )}
        >
          {section.title}
        </ViewLink>
      ))}
    </nav>
  );
}
