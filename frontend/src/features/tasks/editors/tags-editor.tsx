'use client';

import { X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { Input } from '@/components/field';
import { FieldError } from '@/components/field-error';
import { useTyped } from '@/components/typed';
import { isComposing } from '@/lib/key-targets';
import { tooLong } from '@/features/tasks/data/limits';
import { useOverview } from '@/features/tasks/data/queries';
import { hasTag } from '@/features/tasks/data/tags';

const MOST = 20;

interface Props {
  id?: string;
  tags: string[];
  onChange: (tags: string[]) => void;
}

export function TagsEditor({ id, tags, onChange }: Props) {
  const { text, type, commit } = useTyped(add);
  const [refused, setRefused] = useState<string | null>(null);
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const known = useOverview().data?.tags ?? [];

  function add(typed: string): void {
    const tag = typed.trim().replace(/^#/, '').trim();
    const problem = tooLong('Tag', tag);
    setRefused(problem);
    if (problem) return;
    if (tag && !hasTag(tags, tag)) onChange([...tags, tag]);
    type(null);
  }

  return (
    <div className="flex flex-wrap items-center gap-1">
      {tags.map((tag) => (
        <span key={tag} className="flex items-center rounded-full bg-sunken py-0.5 pr-0.5 pl-2.5 text-xs">
          #{tag}
          <button
            type="button"
            aria-label={`Take the tag ${tag} off`}
            onClick={() => {
              onChange(tags.filter((one) => one !== tag));
              input.current?.focus();
            }}
            className="ml-0.5 rounded-full p-1 hover:bg-hover"
          >
            <X aria-hidden className="size-3" />
          </button>
        </span>
      ))}
      <span className="min-w-28 flex-1">
        <Input
          {...(id ? { id } : { 'aria-label': 'Add a tag' })}
          ref={input}
          list={list}
          value={text ?? ''}
          data-draft={text === null ? undefined : ''}
          aria-describedby={`${list}-error`}
          aria-invalid={refused !== null}
          disabled={tags.length >= MOST}
          placeholder="Add a tag"
          onChange={(event) => {
            setRefused(null);
            type(event.target.value === '' ? null : event.target.value);
          }}
          onBlur={commit}
          onKeyDown={(event) => {
            if (isComposing(event.nativeEvent)) return;
            if (event.key === 'Enter' || event.key === ',') commit();
            else if (event.key === 'Escape' && text !== null) {
              setRefused(null);
              type(null);
            } else return;
            event.preventDefault();
          }}
        />
        <FieldError id={`${list}-error`}>{refused}</FieldError>
      </span>
      <datalist id={list}>
        {known.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  );
}
