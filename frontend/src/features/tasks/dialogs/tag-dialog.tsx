'use client';

import { type SyntheticEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Field, Input } from '@/components/field';
import { tooLong } from '@/features/tasks/data/limits';
import { useOverview } from '@/features/tasks/data/queries';
import { useTagChanges } from '@/features/tasks/data/tag-changes';
import { openTagQuestion, type TagQuestion } from '@/features/tasks/data/tag-question';
import { isSameTag } from '@/features/tasks/data/tags';

/** Renames, merges or deletes a tag, or completes its tasks, once the user has confirmed it. */
export function TagDialog({ question: { kind, tag } }: { question: TagQuestion }) {
  const close = () => openTagQuestion.set(null);
  const { remove, completeAll } = useTagChanges();
  const open = useOverview().data?.tags.find(({ name }) => isSameTag(name, tag))?.open ?? 0;
  if (kind === 'rename') return <Rename tag={tag} onClose={close} />;
  const tasks = open === 1 ? '1 open task' : `${open.toLocaleString()} open tasks`;
  const [title, text, label, run] =
    kind === 'delete'
      ? [
          `Delete the tag #${tag}?`,
          'Its tasks stay, open and completed ones. They lose this tag.',
          'Delete tag',
          remove,
        ]
      : [`Complete all tasks of #${tag}?`, `This completes ${tasks}.`, `Complete ${tasks}`, completeAll];
  return (
    <Dialog open onClose={close} title={title} description={text}>
      <div className="flex flex-wrap gap-2">
        <Button
          look={kind === 'delete' ? 'danger' : 'main'}
          onClick={() => {
            close();
            run(tag);
          }}
        >
          {label}
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </Dialog>
  );
}

/** Onto the name of another tag, asks whether to merge them before it does so. */
function Rename({ tag, onClose }: { tag: string; onClose: () => void }) {
  const [name, setName] = useState(tag);
  const [problem, setProblem] = useState<string | null>(null);
  const { rename } = useTagChanges();
  const tags = useOverview().data?.tags ?? [];
  const to = name.trim().replace(/^#/, '').trim();
  const other = tags.find((one) => isSameTag(one.name, to) && !isSameTag(one.name, tag));

  function save(event: SyntheticEvent): void {
    event.preventDefault();
    const found = to === '' ? 'Enter a name for the tag.' : tooLong('Tag', to);
    setProblem(found);
    if (found) return;
    onClose();
    if (to !== tag) rename(tag, to);
  }

  return (
    <Dialog open onClose={onClose} title={`Rename the tag #${tag}`}>
      <form onSubmit={save} className="flex flex-col gap-3">
        <Field
          label="Name"
          error={problem ?? undefined}
          hint={
            other &&
            `#${other.name} exists. The tasks of #${tag} get that tag instead, and #${tag} is gone. Undo separates them again.`
          }
        >
          {(control) => (
            <Input
              {...control}
              autoFocus
              value={name}
              maxLength={60}
              onFocus={(event) => event.target.select()}
              onChange={(event) => {
                setProblem(null);
                setName(event.target.value);
              }}
            />
          )}
        </Field>
        <div className="flex gap-2">
          <Button type="submit" look="main">
            {other ? `Merge into #${other.name}` : 'Rename'}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
