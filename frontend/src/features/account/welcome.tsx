'use client';

import { useEffect } from 'react';
import { fetchSettings, saveSettings } from '@/lib/account';

/** Where a new user begins, with the examples of quick-add; not one who came for something else. */
const START = '/today';

export function Welcome({ userId, to }: { userId: string; to: string }) {
  useEffect(() => {
    // If this fails, the time zone can still be chosen in the settings.
    void adoptTimeZone(userId)
      .catch(() => undefined)
      .then(() => location.replace(to === START ? `${START}?welcome=123` : to));
  }, [userId, to]);
  return (
    <p role="status" className="p-12 text-center text-quiet">
      One moment …
    </p>
  );
}

const UNCHOSEN = 'UTC';

/** Saves the browser's time zone if the user has chosen none. */
async function adoptTimeZone(userId: string): Promise<void> {
  const settings = await fetchSettings(userId);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (settings.time_zone === UNCHOSEN) await saveSettings(userId, { ...settings, time_zone: timeZone });
}
