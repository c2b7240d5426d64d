import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { Toasts } from '@/components/toasts';
import { renderInPage } from '@/testing/page';
import { task } from '@/testing/tasks';
import { clearDraft } from '@/features/tasks/data/draft';
import { QuickAdd } from './quick-add';

const QUESTION = {
  field: 'due_date',
  start: 4,
  end: 8,
  text: 'at 5',
  question: 'Which hour is meant?',
  chosen: 0,
  alternatives: [
    { label: '17:00', fields: { due_date: '2026-03-10T17:00:00' } },
    { label: '05:00', fields: { due_date: '2026-03-11T05:00:00' } },
  ],
};

/** Answers each request, in no particular order. */
async function answerUntil(isDone: () => void): Promise<void> {
  await waitFor(
    () => {
      for (const answer of answers.toReversed()) answer();
      isDone();
    },
    { timeout: 5000 },
  );
}

/** One function per parse request, which sends its response. */
let answers: (() => void)[];
/** Whether parse requests fail with a network error. */
let away: boolean;
/** The bodies of the create requests. */
let made: unknown[];

beforeEach(() => {
  [answers, made, away] = [[], [], false];
  localStorage.clear();
  clearDraft();
  vi.stubGlobal('fetch', async (request: string | Request) => {
    if (typeof request === 'string') return Response.json({ token: `e30.${btoa('{"iat":0,"exp":600}')}.x` });
    if (!request.url.endsWith('/parse')) {
      made.push(await request.json());
      return Response.json(task());
    }
    const { text } = (await request.json()) as { text: string };
    if (away) throw new TypeError('nobody is there');
    return new Promise<Response>((resolve, reject) => {
      const title = text.replace(' p1', '');
      const ambiguities = text.startsWith('Ask') ? [QUESTION] : [];
      const understood = { title, fields: { priority: 'High' }, matches: [], ambiguities };
      answers.push(() => resolve(Response.json(understood)));
      request.signal.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')));
    });
  });
  renderInPage(
    <>
      <QuickAdd hasField />
      <Toasts />
    </>,
  );
});

it('creates a task for every line at once, and keeps it until it is sent', async () => {
  await userEvent.type(screen.getByLabelText('New task'), 'Call p1');
  await waitFor(() => expect(answers).toHaveLength(1));
  await userEvent.keyboard('{Enter}Next');
  expect(screen.getByLabelText('New task')).toHaveValue('Next');
  expect(await screen.findByText('“Call p1” added to All')).toBeVisible();
  expect(localStorage.length).toBe(1); // stored, so that the page can be closed
  await answerUntil(() => expect(made).toEqual([{ title: 'Call', priority: 'High' }]));
  await waitFor(() => expect(localStorage.length).toBe(0));
  expect(screen.getByLabelText('New task')).toHaveValue('Next');
});

it('reads a line when the server can be reached again', async () => {
  away = true;
  await userEvent.type(screen.getByLabelText('New task'), 'Phone p1{Enter}');
  expect(await screen.findByText('“Phone p1” added to All')).toBeVisible();
  expect(localStorage.length).toBe(1);
  away = false;
  await answerUntil(() => expect(made).toEqual([{ title: 'Phone', priority: 'High' }]));
});

it('makes tasks in the order in which they were entered, whatever is answered first', async () => {
  await userEvent.type(screen.getByLabelText('New task'), 'First{Enter}Second{Enter}');
  await waitFor(() => expect(answers.length).toBeGreaterThan(1));
  await answerUntil(() => expect(made).toMatchObject([{ title: 'First' }, { title: 'Second' }]));
});

it('never writes into the field, and asks what is open when the task is made', async () => {
  await userEvent.type(screen.getByLabelText('New task'), 'Ask at 5{Enter}milk');
  await answerUntil(() => expect(made).toHaveLength(1));
  expect(await screen.findByText(/Which hour is meant\? Taken for now: 17:00/)).toBeVisible();
  expect(screen.getByLabelText('New task')).toHaveValue('milk');
});
