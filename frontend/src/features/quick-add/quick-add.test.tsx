import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { Toasts } from '@/components/toasts';
import { renderInPage } from '@/testing/page';
import { task } from '@/testing/tasks';
import { QuickAdd } from './quick-add';

/** Answers each request to understand something. */
let answers: (() => void)[];
/** Whether nobody is there to understand anything. */
let away: boolean;
/** The tasks that were made. */
let made: unknown[];

beforeEach(() => {
  [answers, made, away] = [[], [], false];
  localStorage.clear();
  vi.stubGlobal('fetch', async (request: string | Request) => {
    if (typeof request === 'string') return Response.json({ token: `e30.${btoa('{"iat":0,"exp":600}')}.x` });
    if (!request.url.endsWith('/parse')) {
      made.push(await request.json());
      return Response.json(task());
    }
    const { text } = (await request.json()) as { text: string };
    if (away) throw new TypeError('nobody is there');
    return new Promise<Response>((resolve, reject) => {
      const title = text.startsWith('Call') ? 'Call' : text;
      const understood = { title, fields: { priority: 'High' }, matches: [], ambiguities: [] };
      answers.push(() => resolve(Response.json(understood)));
      request.signal.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')));
    });
  });
  renderInPage(
    <>
      <QuickAdd />
      <Toasts />
    </>,
  );
});

it('understands what is entered while it is being understood', async () => {
  await userEvent.type(screen.getByLabelText('New task'), 'Call p1');
  await waitFor(() => expect(answers).toHaveLength(1));
  await userEvent.keyboard('{Enter}');
  expect(screen.getByLabelText('New task')).toHaveValue('');
  await waitFor(() => expect(answers).toHaveLength(2));
  expect(localStorage.length).toBe(1); // the page can be left
  for (const answer of answers) answer();
  await waitFor(() => expect(made).toEqual([{ title: 'Call', priority: 'High' }]));
  expect(screen.queryByText(/not understood/)).toBeNull();
  await waitFor(() => expect(localStorage.length).toBe(0));
});

it('has what nobody understands understood when it is sent', async () => {
  away = true;
  await userEvent.type(screen.getByLabelText('New task'), 'Call p1{Enter}');
  expect(await screen.findByText('“Call p1” added')).toBeVisible();
  expect(localStorage.length).toBe(1);
  away = false;
  await waitFor(() => expect(answers).not.toEqual([]), { timeout: 3000 });
  for (const answer of answers) answer();
  await waitFor(() => expect(made).toEqual([{ title: 'Call', priority: 'High' }]));
});

it('makes tasks in the order in which they were entered, whatever is answered first', async () => {
  await userEvent.type(screen.getByLabelText('New task'), 'First{Enter}Second{Enter}');
  await waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.();
  answers[0]?.();
  await waitFor(() => expect(made).toMatchObject([{ title: 'First' }, { title: 'Second' }]));
});
