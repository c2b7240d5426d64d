'use client';

import type { ReactElement } from 'react';
import { Menu, MenuChoice, MenuLabel } from '@/components/menu';
import { useChange } from '@/features/tasks/data/mutations';
import type { Task } from '@/features/tasks/data/model';
import { close, fieldsOf, type Question } from '@/features/tasks/data/questions';

interface Props {
  task: Task;
  question: Question;
  trigger: ReactElement;
  defaultOpen: boolean;
}

export default function QuestionMenu({ task, question, trigger, defaultOpen }: Props) {
  const { edit } = useChange();
  const { question: words, alternatives, chosen } = question.ambiguity;

  function choose(at: number): void {
    const alternative = alternatives[at];
    close(question);
    // The answer changes the whole new series, not only its first task.
    if (alternative && at !== chosen)
      edit(task, fieldsOf(alternative), task.recurrence_pattern === 'none' ? 'this' : 'series');
  }

  return (
    <Menu trigger={trigger} defaultOpen={defaultOpen}>
      <MenuLabel>{words}</MenuLabel>
      <MenuChoice
        value={String(chosen)}
        options={alternatives.map(({ label }, at) => [String(at), label] as const)}
        onChange={(at) => choose(Number(at))}
      />
    </Menu>
  );
}
