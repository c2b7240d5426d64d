/** The assistant's panel as a person has it, over a ChatKit server that a test answers for. */
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, vi } from 'vitest';
import { AssistantPanel } from '@/features/assistant/assistant-panel';
import { current } from '@/features/assistant/talks';
import { Answer, type ChatServer, chatServer, created } from './chat';
import { renderInPage } from './page';

/** Before each test: somebody who has talked to nobody. */
export function freshServer(): ChatServer {
  localStorage.clear();
  current.set(null);
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = vi.fn();
      disconnect = vi.fn();
    },
  );
  return chatServer();
}

export function open(chatkitDomainKey = '') {
  return renderInPage(<AssistantPanel chatkitDomainKey={chatkitDomainKey} />);
}

export function composer(): HTMLElement {
  return screen.getByRole('textbox', { name: 'Message' });
}

export function log(): HTMLElement {
  return screen.getByRole('log', { name: 'Conversation' });
}

/** Sends a first message; its answer is given by the test. */
export async function ask(server: ChatServer, text: string, id = 'thr_1'): Promise<Answer> {
  const answer = new Answer();
  server.will('threads.create', answer);
  await userEvent.type(composer(), `${text}{Enter}`);
  answer.say(...created(id, text));
  await waitFor(() => expect(current.get()?.state.get().thread?.id).toBe(id));
  return answer;
}

export async function end(answer: Answer): Promise<void> {
  act(() => answer.end());
  await screen.findByRole('button', { name: 'Send' });
}
