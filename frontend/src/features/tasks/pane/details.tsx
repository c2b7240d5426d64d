'use client';

import { RotateCcw } from 'lucide-react';
import { Button } from '@/components/button';
import { CheckCircle } from '@/features/tasks/editors/check-circle';
import { QuestionButton } from '@/features/tasks/editors/question-button';
import { TextDraft } from '@/features/tasks/editors/text-draft';
import type { Task } from '@/features/tasks/data/model';
import { useChange } from '@/features/tasks/data/mutations';
import { Description } from './description';
import { Properties } from './properties';
import { TaskHistory } from './task-history';

/** Title, description, properties and history of a task. One in the trash can only be restored. */
export function Details({ task }: { task: Task }) {
  const { edit, act } = useChange();
  const deleted = task.status === 'deleted';
  return (
    <div className="flex flex-col gap-3 px-4 pt-1 pb-8">
      {deleted && (
        <div className="flex items-center gap-3 rounded-card bg-sunken p-2 pl-3 text-sm">
          <span className="mr-auto">This task is in the trash.</span>
          <Button size="small" onClick={(event) => event.detail < 2 && act('restore', [task.id])}>
            <RotateCcw aria-hidden className="size-4" /> Restore
          </Button>
        </div>
      )}
      <fieldset disabled={deleted} className="contents">
        <div className="flex items-start">
          <span className="mt-0.5 ml-1.5 flex">
            <CheckCircle task={task} />
          </span>
          <TextDraft label="Title" task={task} rows={1} onSave={edit} className="px-1 text-panel font-semibold" />
        </div>
        <QuestionButton task={task} />
        <Description task={task} disabled={deleted} onSave={edit} />
        <Properties task={task} disabled={deleted} />
      </fieldset>
      <TaskHistory task={task} />
    </div>
  );
}
