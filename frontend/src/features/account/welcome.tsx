'use client';

import { useEffect } from 'react';
import { saveSettings } from '@/features/settings/queries';

export function Welcome({ userId, to }: { userId: string; to: string }) {
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    // When it fails, the settings still have the time zone as a choice.
    void saveSettings(userId, { time_zone: timeZone, default_reminder_lead_time: null })
      .catch(() => undefined)
      .then(() => location.replace(to));
  }, [userId, to]);
  return (
    <p role="status" className="p-12 text-center text-quiet">
      One moment …
    </p>
  );
}
