'use client';

import { type SyntheticEvent, type ReactElement, useId, useState } from 'react';
import { Button } from '@/components/button';
import { FieldError } from '@/components/field-error';
import { Input } from '@/components/field';
import { Popover } from '@/components/popover';
import { RemovableChip } from '@/components/removable-chip';
import { tooLong } from '@/features/tasks/data/limits';
import type { Task } from '@/features/tasks/data/model';
import { useOverview } from '@/features/tasks/data/queries';
import { newTags } from '@/features/tasks/data/tags';

interface Props {
  tasks: readonly Task[];
  trigger: ReactElement;
  onAdd: (tag: string) => void;
  onRemove: (tag: string) => void;
}

/** Adds a tag to all selected tasks, or removes one that some of them have. */
export function BulkTags({ tasks, trigger, onAdd, onRemove }: Props) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const list = useId();
  const known = useOverview().data?.tags ?? [];
  const theirs = tasks.reduce<string[]>((found, task) => [...found, ...newTags(found, task.tags)], []);

  function add(event: SyntheticEvent): void {
    event.preventDefault();
    const tag = text.trim().replace(/^#/, '').trim();
    const found = tag === '' ? 'Enter a tag.' : tooLong('Tag', tag);
    setProblem(found);
    if (!found) onAdd(tag);
  }

  return (
    <Popover label="Tags of the selected tasks" trigger={trigger} className="w-72">
      <form onSubmit={add} className="flex items-start gap-2">
        <div className="flex-1">
          <Input
            list={list}
            value={text}
            aria-label="Add a tag"
            aria-describedby={`${list}-error`}
            aria-invalid={problem !== null}
            placeholder="Add a tag"
            onChange={(event) => {
              setProblem(null);
              setText(event.target.value);
            }}
          />
          <FieldError id={`${list}-error`}>{problem}</FieldError>
        </div>
        <Button type="submit" look="main">
          Add
        </Button>
        <datalist id={list}>
          {known.map(({ name }) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </form>
      {theirs.length > 0 && (
        <div role="group" aria-label="Remove" className="mt-3 flex max-h-48 flex-wrap gap-1.5 overflow-y-auto">
          {theirs.map((tag) => (
            <RemovableChip key={tag} label={`#${tag}`} remove={`Remove: #${tag}`} onRemove={() => onRemove(tag)} />
          ))}
        </div>
      )}
    </Popover>
  );
}
