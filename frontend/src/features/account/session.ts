'use client';

import { tellFailure } from '@/components/toasts';
import { clearDraft } from '@/features/tasks/data/draft';
import { forgetKept } from '@/features/tasks/data/kept';
import { explain } from '@/lib/api/problem';
import { authRequest } from '@/lib/auth/client';
import { forgetToken } from '@/lib/auth/token';

const CHANNEL = 'session';

/** Ends the session here and in the other tabs. Unsaved changes are lost. */
export async function endSession(userId: string): Promise<void> {
  try {
    await authRequest('sign-out');
  } catch (error) {
    tellFailure(`You are still signed in. ${explain(error)}`);
    return;
  }
  forgetKept(userId);
  clearDraft();
  await forgetSession();
  leave();
}

/** Deletes the offline copy, and makes the other tabs leave: their session has ended, or is another account's. */
export async function forgetSession(): Promise<void> {
  await (await import('@/lib/sealed')).destroy();
  new BroadcastChannel(CHANNEL).postMessage('ended');
}

let leaving = false;

/** Loads the sign-in page anew, so that no user data stays in memory. Further calls do nothing. */
export function leave(): void {
  if (leaving) return;
  leaving = true;
  forgetToken();
  // The browser may restore this page from its back/forward cache.
  window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  const back = encodeURIComponent(location.pathname + location.search);
  location.assign(`/sign-in?back=${back}`);
}

/** Deletes the draft and calls `then` when another tab has ended the session. */
export function onSessionEnd(then: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', () => {
    clearDraft();
    then();
  });
  return () => channel.close();
}
