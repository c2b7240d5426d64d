import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { Toasts } from '@/components/toasts';
import { renderInPage } from '@/testing/page';
import { task } from '@/testing/tasks';
import { undo } from '@/features/undo/undo';
import { useChange } from './mutations';
import { useTasks } from './provider';

interface Operation {
  op: string;
  id: number;
}

/** The bulk requests. */
let sent: Operation[][];
/** The steps of the requests, and the steps that were undone. */
let steps: (string | null)[];
let undone: string[];
/** Whether the undo of a step is refused. */
let refused: boolean;
/** The first request is held back until this is called. */
let release: (() => void) | undefined;
/** Error statuses of the bulk requests after the first, one per request. */
let refusals: number[];

beforeEach(() => {
  [sent, refusals, steps, undone] = [[], [], [], []];
  [refused, release] = [false, undefined];
  vi.stubGlobal('navigator', { onLine: true, locks: { request: vi.fn() } });
  vi.stubGlobal('fetch', async (request: string | Request) => {
    if (typeof request === 'string') return Response.json({ token: `e30.${btoa('{"iat":0,"exp":600}')}.x` });
    if (request.url.endsWith('/undo')) {
      undone.push(((await request.json()) as { step: string }).step);
      if (refused) return Response.json({ code: 'not_undone', detail: 'task 1 changed since' }, { status: 409 });
      return Response.json({ undone: [], tasks: [] });
    }
    if (!request.url.endsWith('/bulk')) return Response.json({}, { status: 404 });
    const { operations } = (await request.json()) as { operations: Operation[] };
    const refusal = sent.length > 0 && refusals.shift();
    if (refusal) return Response.json({ detail: 'not these' }, { status: refusal });
    sent.push(operations);
    steps.push(request.headers.get('Undo-Step'));
    const status = operations[0]?.op === 'complete' ? 'completed' : 'pending';
    return Response.json({
      results: operations.map(({ id }, index) => ({ index, status: 200, task: task({ id, status, version: 2 }) })),
    });
  });
});

function CompleteMany() {
  const { store } = useTasks();
  const { act } = useChange();
  const ids = Array.from({ length: 150 }, (_, at) => at + 1);
  return (
    <button
      onClick={() => {
        for (const id of ids) store.receive(task({ id }));
        act('complete', ids);
      }}
    >
      Complete
    </button>
  );
}

async function complete(): Promise<void> {
  renderInPage(
    <>
      <CompleteMany />
      <Toasts />
    </>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Complete' }));
}

it('says how many of many were not changed and why, and undoes all that was as one step', async () => {
  refusals = [422];
  await complete();
  expect(await screen.findByText('Not changed: 50 of 150 tasks. not these')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(undone).toEqual(steps));
  expect(await screen.findByText('Undone: 100 tasks completed')).toBeVisible();
});

it('tries again what was not changed', async () => {
  refusals = [422];
  await complete();
  await screen.findByText('Not changed: 50 of 150 tasks. not these');
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]?.map(({ op, id }) => `${op} ${id}`).slice(0, 2)).toEqual(['complete 101', 'complete 102']);
});

it('goes on after a part that was not answered, and does not send those before again', async () => {
  refusals = [503];
  await complete();
  await waitFor(() => expect(sent).toHaveLength(2), { timeout: 3000 });
  expect(sent.map((operations) => operations[0]?.id)).toEqual([1, 101]);
  expect(screen.queryByRole('alert')).toBeNull();
});

function CompleteAndReopen() {
  const { store } = useTasks();
  const { act } = useChange();
  const ids = [1, 2];
  return (
    <button
      onClick={() => {
        for (const id of ids) store.receive(task({ id }));
        act('complete', ids);
        act('reopen', ids);
      }}
    >
      Both
    </button>
  );
}

it('drops a change that was not sent yet instead of undoing it', async () => {
  const answer = globalThis.fetch;
  const held = new Promise<void>((resolve) => (release = resolve));
  vi.stubGlobal('fetch', async (request: string | Request) => {
    if (typeof request !== 'string' && request.url.endsWith('/bulk')) await held;
    return answer(request);
  });
  renderInPage(
    <>
      <CompleteAndReopen />
      <Toasts />
    </>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Both' }));
  await userEvent.click((await screen.findAllByRole('button', { name: 'Undo' })).at(-1) as HTMLElement);
  expect(await screen.findByText('Undone: 2 tasks reopened')).toBeVisible();
  release?.();
  act(() => undo());
  await waitFor(() => expect(undone).toEqual(steps));
  expect(sent.map((operations) => operations[0]?.op)).toEqual(['complete']);
});

it('says why a step was not undone', async () => {
  refused = true;
  await complete();
  await waitFor(() => expect(sent).toHaveLength(2));
  await userEvent.click((await screen.findAllByRole('button', { name: 'Undo' })).at(-1) as HTMLElement);
  expect(await screen.findByText('Undo: not done. task 1 changed since')).toBeVisible();
  refused = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(undone).toEqual([steps[0], steps[0]]));
});
