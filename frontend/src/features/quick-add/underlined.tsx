'use client';

import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { ParsedLine } from '@/features/tasks/data/parser';
import type { Decisions } from '@/features/tasks/data/understood';
import { type Piece, piecesOf } from './phrases';

interface Props {
  field: RefObject<HTMLInputElement | null>;
  /** The text of the field. */
  text: string;
  /** The newest parse of what the field has had. */
  line: ParsedLine;
  decisions: Decisions;
}

const LOOKS: Record<Piece['look'], string> = {
  plain: '',
  understood: 'underline decoration-accent',
  asked: 'underline decoration-today decoration-dashed',
};

/** Underlines the understood words of a field: the same text, invisible, lies behind the field. */
export function Underlined({ field, text, line, decisions }: Props) {
  const copy = useRef<HTMLSpanElement>(null);
  const follow = () => {
    if (copy.current && field.current) copy.current.scrollLeft = field.current.scrollLeft;
  };
  useLayoutEffect(follow);
  useEffect(() => {
    const input = field.current;
    input?.addEventListener('scroll', follow);
    document.addEventListener('selectionchange', follow); // a browser may scroll the field without an event
    return () => {
      input?.removeEventListener('scroll', follow);
      document.removeEventListener('selectionchange', follow);
    };
  });
  return (
    <span
      ref={copy}
      aria-hidden
      dir="auto"
      className="pointer-events-none absolute inset-0 overflow-hidden text-start leading-11 whitespace-pre text-transparent underline-offset-4 forced-color-adjust-none select-none [text-decoration-skip-ink:none]"
    >
      {piecesOf(text, line, decisions).map(({ text: words, look }, at) => (
        <span key={at} data-look={look} className={`${LOOKS[look]} decoration-2`}>
          {words}
        </span>
      ))}
    </span>
  );
}
