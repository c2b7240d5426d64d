'use client';

import { type ComponentProps, useId, useState } from 'react';
import { isComposing } from '@/lib/key-targets';
import { timeLabel } from '@/lib/clock';
import { readTime, stepTime } from '@/lib/times';
import { Input } from './field';
import { FieldError } from './field-error';
import { useTyped } from './typed';

type Props = Pick<ComponentProps<'input'>, 'id' | 'aria-label' | 'aria-describedby' | 'disabled' | 'placeholder'> & {
  /** `HH:MM`, or null for no time. */
  value: string | null;
  /** Without it, the field always has a time. */
  onClear?: () => void;
  onCommit: (time: string) => void;
  /** Called with true when the text is no time, and with false when it is changed: a form does not take it then. */
  onRefused?: (isRefused: boolean) => void;
};

const STEPS: Partial<Record<string, number>> = { ArrowUp: 15, ArrowDown: -15 };
const FIRST = '09:00';

/** A time of day in the user's clock. It is typed or stepped with the arrows, and committed on Enter and on blur. */
export function TimeField({ value, onClear, onCommit, onRefused, placeholder = timeLabel(FIRST), ...props }: Props) {
  const { text, type, commit } = useTyped(take);
  const [refused, setRefused] = useState(false);
  const errorId = useId();

  function draft(next: string | null): void {
    type(next);
    refuse(false);
  }

  function refuse(isRefused: boolean): void {
    setRefused(isRefused);
    onRefused?.(isRefused);
  }

  function take(typed: string): void {
    const time = readTime(typed);
    const isEmpty = typed.trim() === '';
    if (!time && !isEmpty) {
      refuse(true);
      return;
    }
    if (time && time !== value) onCommit(time);
    if (isEmpty && value !== null) onClear?.();
    draft(null);
  }

  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1">
      <Input
        {...props}
        autoComplete="off"
        placeholder={placeholder}
        value={text ?? (value === null ? '' : timeLabel(value))}
        data-draft={text === null ? undefined : ''}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => draft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return;
          const step = STEPS[event.key];
          if (event.key === 'Enter') commit();
          else if (event.key === 'Escape' && text !== null) draft(null);
          else if (step) {
            const now = text === null ? value : readTime(text);
            draft(timeLabel(now ? stepTime(now, step) : FIRST));
          } else return;
          event.preventDefault(); // only a second Escape closes the surrounding overlay
        }}
        {...(refused ? { 'aria-invalid': true, 'aria-describedby': errorId } : {})}
      />
      <FieldError id={errorId}>
        {refused ? `“${text ?? ''}” is not a time; write it like ${timeLabel('17:30')}.` : null}
      </FieldError>
    </div>
  );
}
