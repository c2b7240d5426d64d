'use client';

import { memo, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { Button } from '@/components/button';
import { openTask } from '@/lib/location';
import { useExternal } from '@/lib/external';
import { useIsNarrow } from '@/lib/narrow';
import { Card } from './card';
import { Composer } from './composer';
import { closeAssistant } from './panel-state';
import type { Action, Item } from './protocol';
import type { Talk } from './talk';
import { textOf } from './transcript';

const EXAMPLES = ['Add a task to buy groceries', 'Show me all my tasks', "What's pending?", 'What have I completed?'];
const NEAR_THE_END = 40;

/** A conversation with the composer below. */
export function TalkView({ talk }: { talk: Talk }) {
  const { items, earlier, loading, working, answered, note, thread } = useExternal(talk.state);
  const narrow = useIsNarrow();
  const log = useRef<HTMLDivElement>(null);
  const onScroll = useFollowing(log, items, `${working ?? ''} ${note?.text ?? ''}`);

  function showTask(id: number): void {
    if (narrow) closeAssistant();
    openTask(id);
  }

  async function showEarlier(): Promise<void> {
    await talk.showEarlier();
    log.current?.focus();
  }

  return (
    <>
      <div ref={log} onScroll={onScroll} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto p-3">
        {earlier && (
          <div className="pb-3 text-center">
            <Button size="small" look="bare" disabled={loading} onClick={showEarlier}>
              Show earlier
            </Button>
          </div>
        )}
        {items.length === 0 && !thread && working === null && <Examples onPick={(text) => void talk.send(text)} />}
        {/* `aria-busy`: screen readers announce an answer when it is complete, not word by word. */}
        <div
          role="log"
          aria-live="polite"
          aria-label="Conversation"
          aria-busy={working !== null || loading}
          className="flex flex-col gap-3"
        >
          {items.map((item) => (
            <Message
              key={item.id}
              item={item}
              disabled={working !== null || answered.includes(item.id)}
              onAction={(action) => void talk.act(item.id, action)}
              onTask={showTask}
            />
          ))}
        </div>
        <p role="status" className="pt-3 text-sm text-quiet empty:pt-0">
          {working !== null ? working || 'Working …' : loading ? 'Loading …' : ''}
        </p>
        {note && (
          <div
            role={note.failure ? 'alert' : 'status'}
            className="mt-3 flex flex-wrap items-center gap-2 rounded-lg border border-edge bg-sunken p-2 text-sm"
          >
            <span className="min-w-0 flex-1 break-words">{note.text}</span>
            {note.again && (
              <Button size="small" onClick={() => void (note.again === 'retry' ? talk.retry() : talk.load())}>
                {note.again === 'retry' ? 'Try again' : 'Show the current tasks'}
              </Button>
            )}
          </div>
        )}
      </div>
      <Composer talk={talk} />
    </>
  );
}

/** Keeps the log scrolled to the end, unless the user has scrolled up. Earlier items do not move the visible ones. */
function useFollowing(ref: RefObject<HTMLDivElement | null>, items: readonly Item[], more: string): () => void {
  const follows = useRef(true);
  const before = useRef({ first: '', height: 0 });
  useLayoutEffect(() => {
    const log = ref.current;
    if (!log) return;
    const first = items[0]?.id ?? '';
    if (follows.current) log.scrollTop = log.scrollHeight;
    else if (first !== before.current.first) log.scrollTop += log.scrollHeight - before.current.height;
    before.current = { first, height: log.scrollHeight };
  }, [ref, items, more]);
  useEffect(() => {
    const log = ref.current;
    if (!log) return;
    // Opening or closing the details of a task resizes the log.
    const sized = new ResizeObserver(() => {
      if (follows.current) log.scrollTop = log.scrollHeight;
    });
    sized.observe(log);
    return () => sized.disconnect();
  }, [ref]);
  return () => {
    const log = ref.current;
    if (log) follows.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_THE_END;
  };
}

function Examples({ onPick }: { onPick: (text: string) => void }) {
  return (
    <div className="flex flex-col items-start gap-2 p-3">
      <p className="text-sm text-quiet">Ask for something to be done with your tasks, for example:</p>
      {EXAMPLES.map((text) => (
        <Button key={text} size="small" onClick={() => onPick(text)}>
          {text}
        </Button>
      ))}
    </div>
  );
}

interface MessageProps {
  item: Item;
  disabled: boolean;
  onAction: (action: Action) => void;
  onTask: (id: number) => void;
}

/** Memoized: only the message that grows re-renders. */
const Message = memo(
  function Message({ item, disabled, onAction, onTask }: MessageProps) {
    if (item.type === 'widget')
      return <Card widget={item.widget} disabled={disabled} onAction={onAction} onTask={onTask} />;
    const own = item.type === 'user_message';
    return (
      <div className={own ? 'max-w-[85%] self-end rounded-lg bg-chosen px-3 py-2' : ''}>
        <span className="sr-only">{own ? 'You: ' : 'Assistant: '}</span>
        <p dir="auto" className="text-sm break-words whitespace-pre-wrap">
          {textOf(item)}
        </p>
      </div>
    );
  },
  (one, other) => one.item === other.item && one.disabled === other.disabled,
);
