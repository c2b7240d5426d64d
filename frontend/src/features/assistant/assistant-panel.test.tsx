import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { ask, composer, end, freshServer, log, open } from '@/testing/assistant';
import { Answer, AWAY, card, type ChatServer, done, Refusal, said, thread } from '@/testing/chat';

let server: ChatServer;

beforeEach(() => {
  server = freshServer();
});

it('shows a message at once and its answer as it comes', async () => {
  open();
  expect(composer()).toHaveFocus();
  expect(await screen.findByText(/^Answered by rules/)).toBeVisible();
  const answer = await ask(server, 'Buy milk');
  expect(within(log()).getByText('Buy milk')).toBeVisible();
  answer.say({ type: 'progress_update', text: 'Working on your tasks…' });
  expect(await screen.findByText('Working on your tasks…')).toBeVisible();
  answer.say(
    { type: 'thread.item.added', item: said('itm_2', '') },
    {
      type: 'thread.item.updated',
      item_id: 'itm_2',
      update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'Added <b>' },
    },
  );
  expect(await within(log()).findByText('Added <b>')).toBeVisible();
  expect(log()).toHaveAttribute('aria-busy', 'true');
  answer.say(done(said('itm_2', 'Added <b>milk</b>.')), {
    type: 'thread.updated',
    thread: thread('thr_1', 'Buy milk today'),
  });
  await end(answer);
  expect(within(log()).getByText('Added <b>milk</b>.')).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Buy milk today' })).toBeVisible();
  expect(screen.queryByRole('alert')).toBeNull();
});

it('asks before what it may not do by itself, and a pressed card cannot be pressed again', async () => {
  open();
  const answer = await ask(server, 'Delete the meeting');
  answer.say(done(card('itm_2', ['Put 3 “Meeting” into the trash?'], 'Approve', 'No')));
  await end(answer);
  const decided = new Answer();
  server.will('threads.custom_action', decided);
  const question = screen.getByRole('group', { name: /Put 3/ });
  await userEvent.click(within(question).getByRole('button', { name: 'Approve' }));
  expect(within(question).getByRole('button', { name: 'No' })).toBeDisabled();
  expect(server.asked.at(-1)).toEqual({
    type: 'threads.custom_action',
    params: { thread_id: 'thr_1', item_id: 'itm_2', action: { type: 'approve', payload: { item: 'pending' } } },
  });
  decided.say(
    { type: 'thread.item.replaced', item: card('itm_2', ['Put 3 “Meeting” into the trash?', 'Approved']) },
    done(card('itm_3', ['Deleted', '3  Meeting'], 'Undo')),
    done(said('itm_4', 'It is in the trash.')),
  );
  await end(decided);
  expect(within(question).queryByRole('button')).toBeNull();
  const undone = new Answer();
  server.will('threads.custom_action', undone);
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
  undone.say({ type: 'notice', message: 'This was answered before.' });
  await end(undone);
  expect(screen.getByText('This was answered before.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Undo' })).toBeDisabled();
});

it('opens a task that a card names', async () => {
  open();
  const answer = await ask(server, 'Buy milk');
  answer.say(done(card('itm_2', ['Added', '3  Buy milk'], 'Undo')));
  await end(answer);
  await userEvent.click(screen.getByRole('button', { name: '3 Buy milk' }));
  expect(window.location.search).toBe('?task=3');
});

it('stops when it is told to', async () => {
  open();
  const answer = await ask(server, 'Tell me everything');
  answer.say({ type: 'thread.item.added', item: said('itm_2', 'Once upon') });
  expect(await within(log()).findByText('Once upon')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
  expect(await screen.findByText('Stopped.')).toBeVisible();
  expect(within(log()).getByText('Once upon')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Send' })).toBeVisible();
});

it.each(['torn', 'ended too early'])('keeps what came of an answer that was %s, and tries it again', async (how) => {
  open();
  const answer = await ask(server, 'Buy milk');
  answer.say({ type: 'thread.item.added', item: said('itm_2', 'I am ad') });
  expect(await within(log()).findByText('I am ad')).toBeVisible();
  act(() => (how === 'torn' ? answer.cut() : answer.end()));
  expect(await screen.findByRole('alert')).toHaveTextContent('The answer was cut off.');
  expect(within(log()).getByText('I am ad')).toBeVisible();
  const again = new Answer();
  server.will('threads.retry_after_item', again);
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(server.asked.at(-1)?.params).toEqual({ thread_id: 'thr_1', item_id: 'message of thr_1' });
  again.say({ type: 'stream_options' });
  await waitFor(() => expect(within(log()).queryByText('I am ad')).toBeNull());
  again.say(done(said('itm_3', 'Added.')));
  await end(again);
  expect(within(log()).getByText('Added.')).toBeVisible();
  expect(within(log()).getAllByText('Buy milk')).toHaveLength(1);
});

it.each([
  ['refused', new Refusal(429, 'too many messages within a minute'), /too many messages/],
  ['offline', AWAY, /cannot be reached/],
])('gives a message back that was %s', async (_, answer, words) => {
  open();
  server.will('threads.create', answer);
  await userEvent.type(composer(), 'Buy milk{Enter}');
  expect(await screen.findByRole('alert')).toHaveTextContent(words);
  expect(composer()).toHaveValue('Buy milk');
  expect(within(log()).queryByText('Buy milk')).toBeNull();
  server.will('threads.create', new Answer());
  await userEvent.type(composer(), '{Enter}');
  expect(server.asked).toHaveLength(2);
});

it('says that there is no connection, and keeps what is written', () => {
  vi.stubGlobal('navigator', { onLine: false });
  open();
  expect(screen.getByText(/^You are offline/)).toBeVisible();
});

it('tells of an error, and offers what the server says can be done', async () => {
  open();
  const answer = await ask(server, 'Buy milk');
  answer.say({ type: 'error', message: 'The provider is away.', allow_retry: true });
  await end(answer);
  expect(screen.getByRole('alert')).toHaveTextContent('The provider is away.');
  expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
});

it('keeps a draft when it is closed, and brings the last message back', async () => {
  const { unmount } = open();
  await userEvent.type(composer(), 'one{Shift>}{Enter}{/Shift}two');
  unmount();
  open();
  expect(composer()).toHaveValue('one\ntwo');
  await userEvent.clear(composer());
  const answer = await ask(server, 'Buy milk');
  answer.say(done(said('itm_2', 'Done.')));
  await end(answer);
  await userEvent.type(composer(), '{ArrowUp}');
  expect(composer()).toHaveValue('Buy milk');
});

it('loads the official component when it is set, and nothing of it otherwise', () => {
  const { unmount } = open();
  expect(document.querySelector('script, openai-chatkit')).toBeNull();
  unmount();
  open('key');
  expect(document.querySelector('script')).toHaveAttribute(
    'src',
    'https://cdn.platform.openai.com/deployments/chatkit/chatkit.js',
  );
  expect(screen.queryByRole('textbox', { name: 'Message' })).toBeNull();
});
