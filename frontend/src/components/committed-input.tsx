'use client';

import type { ComponentProps } from 'react';
import { isComposing } from '@/lib/key-targets';
import { Input } from './field';
import { useTyped } from './typed';

type Props = Omit<ComponentProps<'input'>, 'value' | 'onChange'> & {
  value: string;
  onCommit: (value: string) => void;
  /** Called with the uncommitted text, and with null after a commit or cancel. */
  onDraft?: (value: string | null) => void;
};

/** An input that commits its value on Enter and on blur, not with every key. Escape discards the typed text. */
export function CommittedInput({ value, onCommit, onDraft, ...props }: Props) {
  const { text, type, commit } = useTyped((typed) => {
    if (typed !== value) onCommit(typed);
    draft(null);
  });

  function draft(next: string | null): void {
    type(next);
    onDraft?.(next);
  }

  return (
    <Input
      {...props}
      value={text ?? value}
      data-draft={text === null ? undefined : ''}
      onChange={(event) => draft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return;
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape' && text !== null) {
          event.preventDefault(); // only a second Escape closes the surrounding overlay
          draft(null);
        }
      }}
    />
  );
}
