'use client';

import { useRef, useState } from 'react';
import { Button } from '@/components/button';
import { Group } from '@/features/settings/setting';
import { Unloaded } from '@/features/settings/unloaded';
import { WebhookEntry } from './entry';
import { NewWebhook } from './new-webhook';
import { useWebhooks } from './queries';

/** Where events of the user's tasks are sent to. */
export function Webhooks() {
  const heading = useRef<HTMLHeadingElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const query = useWebhooks();
  if (!query.data) return <Unloaded title="Webhooks" query={query} />;
  const { items } = query.data;
  return (
    <Group
      title="Webhooks"
      heading={heading}
      note="A webhook calls a URL of yours when something happens to your tasks. Each call is signed."
    >
      {items.length === 0 && <p className="px-4 py-3 text-sm text-quiet">No webhooks.</p>}
      <ul className="divide-y divide-edge">
        {items.map((webhook) => (
          <li key={webhook.id}>
            <WebhookEntry webhook={webhook} onDeleted={() => heading.current?.focus()} />
          </li>
        ))}
      </ul>
      <div className="px-4 py-3">
        <Button size="small" onClick={() => setIsOpen(true)}>
          New webhook…
        </Button>
      </div>
      {isOpen && <NewWebhook onDone={() => setIsOpen(false)} />}
    </Group>
  );
}
