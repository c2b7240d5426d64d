'use client';

import { type SubmitEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Input } from '@/components/field';
import { tell } from '@/components/toasts';
import { useZone } from '@/lib/account';
import { explain } from '@/lib/api/problem';
import { momentLabel } from '@/lib/dates';
import { type SnoozeTime, useSnooze } from './queries';

const TIMES: readonly (readonly [string, SnoozeTime])[] = [
  ['10 minutes', { minutes: 10 }],
  ['1 hour', { minutes: 60 }],
  ['Tomorrow 9:00', { when: 'tomorrow 9:00' }],
];

/** When a reminder is sent again: some usual times, or a time in words. */
export function Snooze({ taskId, title, onDone }: { taskId: number; title: string; onDone: () => void }) {
  const zone = useZone();
  const [words, setWords] = useState('');
  const snooze = useSnooze(taskId);
  const send = (time: SnoozeTime) =>
    snooze.mutate(time, {
      onSuccess: ({ until }) => {
        tell(`Reminder again ${momentLabel(new Date(until), zone)}`);
        onDone();
      },
    });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (words.trim()) send({ when: words.trim() });
  };
  return (
    <form onSubmit={submit} aria-label={`Snooze “${title}”`} className="mt-1 flex flex-wrap gap-1">
      {TIMES.map(([label, time]) => (
        <Button key={label} size="small" type="button" disabled={snooze.isPending} onClick={() => send(time)}>
          {label}
        </Button>
      ))}
      <Input
        value={words}
        onChange={(event) => setWords(event.target.value)}
        placeholder="or friday 9am"
        aria-label="Another time, in words"
        className="h-7 min-w-32 flex-1"
        maxLength={200}
      />
      {snooze.error && (
        <p role="alert" className="w-full text-xs text-danger">
          {explain(snooze.error)}
        </p>
      )}
    </form>
  );
}
