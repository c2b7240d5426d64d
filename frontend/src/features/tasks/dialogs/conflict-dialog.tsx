'use client';

import { useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { type Conflict, postpone } from '@/features/tasks/data/conflict';
import { FIELD_NAMES, valueLabel } from '@/features/tasks/data/labels';
import type { Field, Fields, Task } from '@/features/tasks/data/model';

interface Props {
  conflict: Conflict;
}

/** Both versions of a task: the user chooses one of them, field by field, or decides later. */
export function ConflictDialog({ conflict: { theirs, mine, fields, resolve } }: Props) {
  const [own, setOwn] = useState<ReadonlySet<Field>>(new Set(fields));
  const others = Object.fromEntries(Object.entries(mine).filter(([name]) => !fields.includes(name as Field)));

  function keep(kept: ReadonlySet<Field>): void {
    const chosen = Object.fromEntries(fields.filter((name) => kept.has(name)).map((name) => [name, mine[name]]));
    resolve({ ...others, ...chosen });
  }

  return (
    <Dialog
      open
      onClose={postpone}
      title="This task was changed elsewhere too"
      description={`“${theirs.title}” has two versions. Choose what to keep.`}
    >
      <table className="mb-4 w-full text-sm">
        <thead>
          <tr className="text-left text-xs text-quiet">
            <th scope="col" className="py-1 font-medium">
              Field
            </th>
            <th scope="col" className="font-medium">
              Yours
            </th>
            <th scope="col" className="font-medium">
              Other version
            </th>
          </tr>
        </thead>
        <tbody>
          {fields.map((name) => (
            <tr key={name} className="border-t border-edge align-top">
              <th scope="row" className="py-2 pr-2 text-left font-medium">
                {FIELD_NAMES[name]}
              </th>
              {[true, false].map((isOwn) => (
                <td key={String(isOwn)} className="py-2 pr-2">
                  <label className="flex items-start gap-2 break-words">
                    <input
                      type="radio"
                      name={`keep-${name}`}
                      checked={own.has(name) === isOwn}
                      onChange={() => setOwn(new Set(fields.filter((one) => (one === name ? isOwn : own.has(one)))))}
                      className="mt-0.5 size-4 shrink-0 accent-accent"
                    />
                    {labelOf(name, isOwn ? mine : theirs, theirs)}
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="flex flex-wrap gap-2">
        <Button look="main" onClick={() => keep(own)}>
          Keep selected
        </Button>
        <Button onClick={() => keep(new Set())}>Use the other version</Button>
        <Button look="bare" onClick={postpone}>
          Decide later
        </Button>
      </div>
    </Dialog>
  );
}

function labelOf(name: Field, values: Fields, { time_zone, recurrence_pattern }: Task): string {
  return valueLabel(name, values[name], time_zone, values.recurrence_pattern ?? recurrence_pattern);
}
