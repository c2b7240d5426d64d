'use client';

import { CircleHelp } from 'lucide-react';
import { OnDemand } from '@/components/on-demand';
import type { Task } from '@/features/tasks/data/model';
import { useQuestion } from '@/features/tasks/data/questions';

const loadMenu = () => import('./question-menu');

/** Asks about the first ambiguity of a new task that is still open. */
export function QuestionButton({ task, tabIndex }: { task: Task; tabIndex?: number }) {
  const question = useQuestion(task);
  if (!question) return null;
  const { text, question: words, alternatives, chosen } = question.ambiguity;
  return (
    <OnDemand
      key={words}
      kind="menu"
      load={loadMenu}
      props={{ task, question }}
      trigger={
        <button
          type="button"
          aria-label={`${words} Now: ${alternatives[chosen]?.label ?? ''}`}
          {...(tabIndex === undefined ? {} : { tabIndex })}
          className="relative z-1 inline-flex h-7 shrink-0 items-center gap-1.5 rounded-full border border-warning px-2.5 text-xs text-warning hover:bg-hover"
        >
          <CircleHelp aria-hidden className="size-3.5" />
          {text}?
        </button>
      }
    />
  );
}
