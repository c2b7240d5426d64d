'use client';

import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { instant, stateOf } from './labels';
import { sendAgain, useMessages, useWebhookChange, type Webhook } from './queries';

/** The newest messages of a webhook, and how each of them fared. */
export function Messages({ webhook }: { webhook: Webhook }) {
  const { data, error, refetch } = useMessages(webhook);
  const again = useWebhookChange(sendAgain, 'It is sent again');
  if (error && !data) return <Failure error={error} onAgain={() => void refetch()} />;
  if (!data) return <p className="text-xs text-quiet">Loading…</p>;
  if (data.items.length === 0) return <p className="text-xs text-quiet">Nothing was sent within 30 days.</p>;
  return (
    <ul aria-label="Log" className="divide-y divide-edge rounded-row border border-edge">
      {data.items.map((message) => (
        <li key={message.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2 text-xs">
          <div className="min-w-0 flex-1 basis-44">
            <p>
              <code className="font-mono">{message.type}</code> {instant(message.created_at)}
            </p>
            <p className="break-words text-quiet">{stateOf(message)}</p>
            {message.state !== 'sent' && message.answer && (
              <p className="line-clamp-2 font-mono break-all text-quiet">{message.answer}</p>
            )}
          </div>
          {!webhook.paused && message.state !== 'waiting' && (
            <Button
              size="small"
              aria-label={`Send again: ${message.type}, ${instant(message.created_at)}`}
              aria-disabled={again.isPending}
              onClick={() => !again.isPending && again.mutate({ webhook, message })}
            >
              Send again
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
