'use client';

import { type ComponentProps, useState } from 'react';
import { Input } from './field';

type Props = Omit<ComponentProps<'input'>, 'value' | 'onChange'> & {
  value: string;
  onCommit: (value: string) => void;
};

/** Passes a value on when it is whole and left, not with every key; shows what is so until it has been taken. */
export function CommittedInput({ value, onCommit, ...props }: Props) {
  const [text, setText] = useState<string | null>(null);

  function commit(): void {
    if (text !== null && text !== value) onCommit(text);
    setText(null);
  }

  return (
    <Input
      {...props}
      value={text ?? value}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}
