'use client';

import { type SubmitEvent, useEffect, useId, useRef, useState } from 'react';
import { Button } from '@/components/button';
import { Input } from '@/components/field';
import { tell } from '@/components/toasts';
import { timeLabel } from '@/lib/clock';
import { useZone } from '@/lib/account';
import { explain } from '@/lib/api/problem';
import { ACTIONS } from '@/lib/push/opened';
import { momentLabel } from '@/lib/dates';
import { type SnoozeTime, useSnooze } from './queries';

const { soon: SOON, tomorrow: TOMORROW } = ACTIONS;
const times = (): readonly (readonly [string, SnoozeTime])[] => [
  [SOON.label, SOON.snooze],
  ['1 hour', { minutes: 60 }],
  [`${TOMORROW.label} ${timeLabel('09:00')}`, TOMORROW.snooze],
];

/** When a reminder is sent again: some usual times, or a time in words. */
export function Snooze({ taskId, title, onDone }: { taskId: number; title: string; onDone: () => void }) {
  const zone = useZone();
  const [words, setWords] = useState('');
  const snooze = useSnooze(taskId);
  const form = useRef<HTMLFormElement>(null);
  const errorId = useId();
  useEffect(() => form.current?.querySelector('button')?.focus(), []);
  const send = (time: SnoozeTime) => {
    if (snooze.isPending) return;
    snooze.mutate(time, {
      onSuccess: ({ until }) => {
        tell(`Reminder again ${momentLabel(new Date(until), zone)}`);
        onDone();
      },
    });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (words.trim()) send({ when: words.trim() });
  };
  return (
    <form ref={form} onSubmit={submit} aria-label={`Snooze “${title}”`} className="mt-1 flex flex-wrap gap-1">
      {times().map(([label, time]) => (
        <Button key={label} size="small" type="button" aria-disabled={snooze.isPending} onClick={() => send(time)}>
          {label}
        </Button>
      ))}
      <Input
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          if (snooze.error) snooze.reset();
        }}
        placeholder="or 2 hours, friday 9am"
        aria-label="Another time, in words"
        {...(snooze.error ? { 'aria-invalid': true, 'aria-describedby': errorId } : {})}
        className="h-7 min-w-32 flex-1"
        maxLength={200}
      />
      {snooze.error && (
        <p id={errorId} role="alert" className="w-full text-xs text-danger">
          {explain(snooze.error)}
        </p>
      )}
    </form>
  );
}
