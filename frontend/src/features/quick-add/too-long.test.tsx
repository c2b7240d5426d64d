import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { QuickAdd } from './quick-add';
import { renderInPage } from '@/testing/page';
import { task } from '@/testing/tasks';
import { TagsEditor } from '@/features/tasks/editors/tags-editor';
import { TextDraft } from '@/features/tasks/editors/text-draft';
import { TitleEditor } from '@/features/tasks/editors/title-editor';

const LONG = 'x'.repeat(201);

function paste(field: HTMLElement, text: string): void {
  field.focus();
  fireEvent.change(field, { target: { value: text } });
}

it('a new task keeps its text in the field, whole', { timeout: 20_000 }, async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no server in this test')));
  renderInPage(<QuickAdd hasField />);
  const field = screen.getByLabelText('New task');
  for (const text of [LONG, 'x'.repeat(600)]) {
    paste(field, text);
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent(`${text.length} characters, at most`);
    expect(field).toHaveValue(text);
    expect(field).toBeInvalid();
  }
  expect(localStorage.length).toBe(0);
});

it('a title in the list stays in its editor', async () => {
  const onDone = vi.fn();
  renderInPage(<TitleEditor task={task()} onDone={onDone} />);
  paste(screen.getByLabelText('Title'), LONG);
  await userEvent.keyboard('{Enter}');
  await userEvent.tab();
  expect(onDone).not.toHaveBeenCalled();
  expect(screen.getByLabelText('Title')).toHaveValue(LONG);
  expect(screen.getByRole('alert')).toHaveTextContent('Title too long');
  paste(screen.getByLabelText('Title'), 'Short');
  await userEvent.keyboard('{Enter}');
  expect(onDone).toHaveBeenCalledExactlyOnceWith(task(), 'Short');
});

it('a title or description in the details is there again when they are opened again', async () => {
  const onSave = vi.fn();
  const { unmount } = renderInPage(<TextDraft label="Description" task={task()} rows={3} onSave={onSave} />);
  const text = 'x'.repeat(10_001);
  paste(screen.getByLabelText('Description'), text);
  await userEvent.tab();
  expect(screen.getByRole('alert')).toHaveTextContent('Description too long');
  unmount();
  renderInPage(<TextDraft label="Description" task={task()} rows={3} onSave={onSave} />);
  expect(screen.getByLabelText('Description')).toHaveValue(text);
  expect(screen.getByRole('alert')).toHaveTextContent('Description too long');
  paste(screen.getByLabelText('Description'), 'Short');
  await userEvent.tab();
  expect(onSave).toHaveBeenCalledExactlyOnceWith(task(), { description: 'Short' });
});

it('a tag stays in its field', async () => {
  const onChange = vi.fn();
  renderInPage(<TagsEditor tags={[]} onChange={onChange} />);
  paste(screen.getByPlaceholderText('Add a tag'), 'x'.repeat(51));
  await userEvent.keyboard('{Enter}');
  await userEvent.tab();
  expect(onChange).not.toHaveBeenCalled();
  expect(screen.getByPlaceholderText('Add a tag')).toHaveValue('x'.repeat(51));
  expect(screen.getByRole('alert')).toHaveTextContent('Tag too long');
});
