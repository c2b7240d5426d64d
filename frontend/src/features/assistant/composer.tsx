'use client';

import { ArrowUp, Square } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { IconButton } from '@/components/icon-button';
import { useExternal } from '@/lib/external';
import { useIsOnline } from '@/lib/online';
import { COMPOSER_ID } from './panel-state';
import type { Talk } from './talk';
import { lastMessage, textOf } from './transcript';

/** The server's limit. */
const MOST_CHARACTERS = 4000;

/** Enter sends, Shift+Enter adds a line, and the up arrow in an empty composer restores the last message. */
export function Composer({ talk }: { talk: Talk }) {
  const draft = useExternal(talk.draft);
  const { working, items } = useExternal(talk.state);
  const online = useIsOnline();
  const input = useRef<HTMLTextAreaElement>(null);
  const text = draft.trim();
  useEffect(() => input.current?.focus(), []);

  function send(): void {
    if (text === '' || working !== null) return;
    talk.draft.set('');
    void talk.send(text);
    input.current?.focus();
  }

  function press(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const last = lastMessage(items);
    if (event.key === 'Enter' && !event.shiftKey) send();
    else if (event.key === 'ArrowUp' && draft === '' && last) talk.draft.set(textOf(last));
    else return;
    event.preventDefault();
  }

  return (
    <div className="border-t border-edge p-2">
      {!online && (
        <p role="status" className="px-1 pb-2 text-sm text-warning">
          You are offline. What you write stays here, and can be sent when the connection returns.
        </p>
      )}
      <div className="flex items-end gap-1">
        <textarea
          ref={input}
          id={COMPOSER_ID}
          aria-label="Message"
          placeholder="Ask the assistant"
          rows={1}
          maxLength={MOST_CHARACTERS}
          value={draft}
          onChange={(event) => talk.draft.set(event.target.value)}
          onKeyDown={press}
          className="field-sizing-content max-h-40 min-h-9 min-w-0 flex-1 resize-none rounded-md border border-field bg-ground px-2.5 py-1.5 text-sm placeholder:text-quiet"
        />
        {working === null ? (
          <IconButton label="Send" icon={ArrowUp} look="main" disabled={text === ''} onClick={send} />
        ) : (
          <IconButton
            label="Stop"
            icon={Square}
            look="plain"
            onClick={() => {
              talk.stop();
              input.current?.focus();
            }}
          />
        )}
      </div>
    </div>
  );
}
