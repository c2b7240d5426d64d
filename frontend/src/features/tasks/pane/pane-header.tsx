'use client';

import { ChevronDown, ChevronUp, Ellipsis, Link, Trash2, X } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from '@/components/icon-button';
import { Menu, MenuItem } from '@/components/menu';
import { tell, tellFailure } from '@/components/toasts';
import type { Task } from '@/features/tasks/data/model';
import { useChange } from '@/features/tasks/data/mutations';
import { openTask } from '@/lib/location';

interface Props {
  id: number;
  task: Task | undefined;
  /** The tasks before and after this one in the list. */
  previous: number | undefined;
  next: number | undefined;
  onClose: () => void;
}

/** The number of the task, the way to its neighbours, and what is rarely done with it. */
export function PaneHeader({ id, task, previous, next, onClose }: Props) {
  return (
    <div className="flex items-center gap-0.5 p-2 text-quiet">
      <span className="mr-auto px-2 text-sm">{id > 0 ? `Task ${id}` : 'New task'}</span>
      <Step label="Previous task" keys="K" icon={ChevronUp} to={previous} />
      <Step label="Next task" keys="J" icon={ChevronDown} to={next} />
      {task && <More task={task} />}
      <IconButton label="Close the details" title="Close the details (Esc)" icon={X} onClick={onClose} />
    </div>
  );
}

interface StepProps {
  label: string;
  keys: string;
  icon: typeof ChevronUp;
  to: number | undefined;
}

/** Not `disabled` at the end of the list: it would lose the focus there. */
function Step({ label, keys, icon, to }: StepProps) {
  return (
    <IconButton
      label={label}
      title={`${label} (${keys})`}
      icon={icon}
      aria-disabled={to === undefined}
      className="aria-disabled:opacity-40"
      onClick={() => to !== undefined && openTask(to)}
    />
  );
}

function More({ task }: { task: Task }) {
  const { trash } = useChange();
  /** Run once the menu has closed and returned the focus, which a dialog returns to. */
  const chosen = useRef<(() => void) | null>(null);
  const copy = () =>
    navigator.clipboard
      .writeText(`${window.location.origin}/all?task=${task.id}`)
      .then(() => tell('Link copied'))
      .catch(() => tellFailure('The link could not be copied.'));
  return (
    <Menu
      trigger={<IconButton label="More actions" icon={Ellipsis} />}
      onClosed={() => {
        const run = chosen.current;
        chosen.current = null;
        run?.();
      }}
    >
      {task.id > 0 && (
        <MenuItem onSelect={() => void copy()}>
          <Link aria-hidden className="size-4 text-quiet" /> Copy link
        </MenuItem>
      )}
      {task.status !== 'deleted' && (
        <MenuItem onSelect={() => (chosen.current = () => void trash([task]))}>
          <Trash2 aria-hidden className="size-4 text-danger" /> <span className="text-danger">Move to the trash</span>
        </MenuItem>
      )}
    </Menu>
  );
}
