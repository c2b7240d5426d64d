'use client';

import { useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Dialog } from '@/components/dialog';
import { day } from '@/features/settings/day';
import { ShownOnce } from '@/features/settings/shown-once';
import { useUser } from '@/lib/user';
import { contentOf } from './labels';
import { Messages } from './messages';
import {
  deleteWebhook,
  pauseWebhook,
  replaceSecret,
  resumeWebhook,
  testWebhook,
  useWebhookChange,
  type Webhook,
} from './queries';

type Question = 'delete' | 'secret' | null;

/** A webhook, with what can be done with it. */
export function WebhookEntry({ webhook, onDeleted }: { webhook: Webhook; onDeleted: () => void }) {
  const { url, events, tags, paused, failing_since: failingSince } = webhook;
  const [question, setQuestion] = useState<Question>(null);
  const [isLogOpen, setIsLogOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const { id } = useUser();
  const test = useWebhookChange(testWebhook, 'A test is on its way');
  const pause = useWebhookChange(pauseWebhook, 'The webhook is paused');
  const resume = useWebhookChange(resumeWebhook, 'The webhook is on');
  const remove = useWebhookChange(deleteWebhook, 'The webhook is deleted', onDeleted);
  const replace = useWebhookChange(async () => setSecret(await replaceSecret(id, webhook)), 'The secret is replaced');
  const isBusy = [test, pause, resume, remove, replace].some(({ isPending }) => isPending);

  function button(label: string, onClick: () => void, look: 'plain' | 'danger' = 'plain') {
    return (
      <Button
        size="small"
        look={look}
        aria-label={`${label}: ${url}`}
        aria-disabled={isBusy}
        onClick={() => !isBusy && onClick()}
      >
        {label}
      </Button>
    );
  }

  return (
    <div className="flex flex-col gap-2 px-4 py-3 text-sm">
      <p className="break-all">{url}</p>
      <p className="text-xs break-words text-quiet">{contentOf(events, tags)}</p>
      {paused && <p className="text-xs break-words text-danger">Paused: {paused}.</p>}
      {!paused && failingSince && <p className="text-xs text-danger">Nothing has arrived since {day(failingSince)}.</p>}
      <div className="flex flex-wrap gap-2">
        {paused ? button('Turn on', () => resume.mutate(webhook)) : button('Pause', () => pause.mutate(webhook))}
        {!paused &&
          button('Send a test', () => {
            test.mutate(webhook);
            setIsLogOpen(true);
          })}
        <Button size="small" aria-expanded={isLogOpen} onClick={() => setIsLogOpen(!isLogOpen)}>
          Log
        </Button>
        {button('New secret…', () => setQuestion('secret'))}
        {button('Delete…', () => setQuestion('delete'), 'danger')}
      </div>
      {isLogOpen && <Messages webhook={webhook} />}
      {question === 'delete' && (
        <Confirm
          title="Delete this webhook?"
          description={`Nothing more is sent to ${url}, and its log is deleted.`}
          action="Delete the webhook"
          onConfirm={() => remove.mutate(webhook)}
          onClose={() => setQuestion(null)}
        />
      )}
      {question === 'secret' && (
        <Confirm
          title="Replace the secret?"
          description="For a day, calls are signed with the old and the new one. Then the old one ends."
          action="Replace the secret"
          onConfirm={() => replace.mutate(undefined)}
          onClose={() => setQuestion(null)}
        />
      )}
      {secret !== null && (
        <Dialog open kept onClose={() => setSecret(null)} title="New secret">
          <ShownOnce what="secret" secret={secret} onDone={() => setSecret(null)}>
            Copy the secret now: it is not shown again. Give it to the receiver within a day.
          </ShownOnce>
        </Dialog>
      )}
    </div>
  );
}
