import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { ask, end, freshServer, log, open } from '@/testing/assistant';
import { type ChatServer, done, Refusal, said, thread, userMessage } from '@/testing/chat';

let server: ChatServer;

beforeEach(() => {
  server = freshServer();
});

it('goes on with the last conversation after a reload, and shows what came before', async () => {
  localStorage.setItem('conversation of ann', 'thr_9');
  server.will('threads.get_by_id', thread('thr_9', 'Plans'));
  server.will('items.list', {
    data: [said('itm_2', 'Hello.'), userMessage('itm_1', 'Hi')],
    has_more: true,
    after: 'c',
  });
  open();
  expect(await within(log()).findByText('Hello.')).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Plans' })).toBeVisible();
  server.will('items.list', { data: [userMessage('itm_0', 'The very first')], has_more: false, after: null });
  await userEvent.click(screen.getByRole('button', { name: 'Show earlier' }));
  expect(await within(log()).findByText('The very first')).toBeVisible();
  expect(server.asked.at(-1)?.params).toMatchObject({ after: 'c' });
  expect(log().textContent).toBe('You: The very firstYou: HiAssistant: Hello.');
  expect(screen.queryByRole('button', { name: 'Show earlier' })).toBeNull();
});

it('begins a new one when the last is gone', async () => {
  localStorage.setItem('conversation of ann', 'thr_9');
  for (const type of ['threads.get_by_id', 'items.list'])
    server.will(type, new Refusal(404, 'there is no conversation'));
  open();
  expect(await screen.findByRole('alert')).toHaveTextContent('This conversation no longer exists.');
  const answer = await ask(server, 'Buy milk', 'thr_10');
  answer.say(done(said('itm_2', 'Added.')));
  await end(answer);
  expect(localStorage.getItem('conversation of ann')).toBe('thr_10');
});

it('talks in two conversations at once', async () => {
  open();
  const first = await ask(server, 'First', 'thr_3');
  await userEvent.click(screen.getByRole('button', { name: 'New conversation' }));
  const second = await ask(server, 'Second', 'thr_4');
  second.say(done(said('itm_2', 'To the second.')));
  first.say(done(said('itm_1', 'To the first.')));
  await end(second);
  act(() => first.end());
  expect(log().textContent).toBe('You: SecondAssistant: To the second.');
  server.will('threads.list', { data: [thread('thr_4', 'Second'), thread('thr_3', 'First')], has_more: false });
  await userEvent.click(screen.getByRole('button', { name: 'Conversations' }));
  server.will('threads.get_by_id', new Refusal(503, 'away for a moment'));
  await userEvent.click(await screen.findByText('First'));
  expect(within(log()).getByText('To the first.')).toBeVisible();
});

it('renames and deletes conversations', async () => {
  open();
  const threads = [thread('thr_1', 'One'), thread('thr_2', 'Two')];
  server.will('threads.list', { data: threads, has_more: false });
  await userEvent.click(screen.getByRole('button', { name: 'Conversations' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Rename “One”' }));
  server.will('threads.update', thread('thr_1', 'Plans'));
  server.will('threads.list', { data: [thread('thr_1', 'Plans'), threads[1]], has_more: false });
  const title = screen.getByRole('textbox', { name: 'Title of the conversation' });
  await userEvent.clear(title);
  await userEvent.type(title, 'Plans{Enter}');
  await userEvent.click(await screen.findByRole('button', { name: 'Delete “Plans”' }));
  server.will('threads.delete', {});
  server.will('threads.list', { data: [threads[1]], has_more: false });
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(screen.queryByText('Plans')).toBeNull());
  expect(server.asked.map((one) => one.type)).toEqual([
    'threads.list',
    'threads.update',
    'threads.list',
    'threads.delete',
    'threads.list',
  ]);
});
