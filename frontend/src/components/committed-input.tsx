'use client';

import { type ComponentProps, useState } from 'react';
import { isComposing } from '@/lib/typing';
import { Input } from './field';

type Props = Omit<ComponentProps<'input'>, 'value' | 'onChange'> & {
  value: string;
  onCommit: (value: string) => void;
  /** What stands there until then; null from then on. */
  onDraft?: (value: string | null) => void;
};

/** Passes a value on when it is whole and left, not with every key; Escape takes back what was typed. */
export function CommittedInput({ value, onCommit, onDraft, ...props }: Props) {
  const [text, setText] = useState<string | null>(null);

  function draft(next: string | null): void {
    setText(next);
    onDraft?.(next);
  }

  function commit(): void {
    if (text !== null && text !== value) onCommit(text);
    draft(null);
  }

  return (
    <Input
      {...props}
      value={text ?? value}
      onChange={(event) => draft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return;
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape' && text !== null) {
          event.preventDefault(); // the next one closes what the field is in
          draft(null);
        }
      }}
    />
  );
}
