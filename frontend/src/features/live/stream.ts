/** The live events of the task API, for as long as the page is open: by fetch, since the token goes in a header. */
import { EventSource } from 'eventsource';
import { authorised, SignedOut } from '@/lib/auth/token';

type LiveType = 'TaskChanged' | 'NotificationCreated' | 'NotificationRead';

interface Listeners {
  event: (type: LiveType, data: Record<string, unknown>) => void;
  /** From now on nothing is missed. */
  started: () => void;
  /** Something may have been missed: what is shown is to be loaded anew. */
  reset: () => void;
  connected: (connected: boolean) => void;
  signedOut: () => void;
}

const TYPES: readonly LiveType[] = ['TaskChanged', 'NotificationCreated', 'NotificationRead'];
const AGAIN_MS = 2000;

/** Follows until it is stopped. Comes back after a lost connection, with the last event that it has had. */
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
      // After an answer that is no stream it does not come back by itself.
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
