/** Live events of the task API. The stream uses fetch, because the token goes in a header. */
import { EventSource } from 'eventsource';
import { authorised, SignedOut } from '@/lib/auth/token';

type LiveType = 'TaskChanged' | 'TagColorChanged' | 'NotificationCreated' | 'NotificationRead';

interface Listeners {
  event: (type: LiveType, data: Record<string, unknown>) => void;
  /** The stream has started: from now on no event is missed. */
  started: () => void;
  /** Events may have been missed: shown data must be reloaded. */
  reset: () => void;
  connected: (connected: boolean) => void;
  signedOut: () => void;
}

const TYPES: readonly LiveType[] = ['TaskChanged', 'TagColorChanged', 'NotificationCreated', 'NotificationRead'];
const AGAIN_MS = 2000;

/** Follows the stream until the returned function is called. Reconnects with the id of the last event. */
export function follow(userId: string, listeners: Listeners): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = '';

  function open(): void {
    source = new EventSource(`${location.origin}/api/${encodeURIComponent(userId)}/events`, { fetch: request });
    source.addEventListener('ready', (event) => {
      if (last === '') listeners.started();
      last ||= event.lastEventId;
      listeners.connected(true);
    });
    source.addEventListener('reset', (event) => {
      last = event.lastEventId;
      listeners.connected(true);
      listeners.reset();
    });
    for (const type of TYPES)
      source.addEventListener(type, (event: MessageEvent<string>) => {
        last = event.lastEventId;
        listeners.event(type, JSON.parse(event.data) as Record<string, unknown>);
      });
    source.addEventListener('error', () => {
      listeners.connected(false);
      // EventSource does not reconnect after a response that is not an event stream.
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, AGAIN_MS);
    });
  }

  function request(url: string | URL, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (last !== '') headers.set('Last-Event-ID', last);
    return authorised(new Request(url, { ...init, headers })).catch((error: unknown) => {
      if (error instanceof SignedOut) listeners.signedOut();
      throw error;
    });
  }

  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
