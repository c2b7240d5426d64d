'use client';

import { MessagesSquare, SquarePen, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { IconButton } from '@/components/icon-button';
import { useExternal } from '@/lib/external';
import { isComposing } from '@/lib/key-targets';
import { useUser } from '@/lib/user';
import { ConversationList } from './conversation-list';
import { OfficialChat } from './official-chat';
import { closeAssistant } from './panel-state';
import { useAssistant } from './queries';
import type { Talk } from './talk';
import { TalkView } from './talk-view';
import { current, newTalk, openLast } from './talks';

/** The assistant: beside the list and the details of a task, or over them on a narrow screen. */
export function AssistantPanel({ chatkitDomainKey }: { chatkitDomainKey: string }) {
  const { id } = useUser();
  const talk = useExternal(current);
  const [listing, setListing] = useState(false);
  const official = chatkitDomainKey !== '';
  const panel = useRef<HTMLElement>(null);
  useEffect(() => openLast(id), [id]);
  // Our own panel focuses its composer itself.
  useEffect(() => {
    if (official) panel.current?.focus();
  }, [official]);

  function press(event: KeyboardEvent): void {
    // `defaultPrevented`: a dialog over the panel has handled the key.
    if (event.key === 'Escape' && !event.defaultPrevented && !isComposing(event.nativeEvent)) closeAssistant();
  }

  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label="Assistant"
      onKeyDown={press}
      className="fixed inset-0 z-30 flex animate-slide flex-col border-edge bg-ground outline-none lg:static lg:min-h-0 lg:w-pane lg:flex-1 lg:border-t lg:border-l 2xl:flex-none 2xl:border-t-0"
    >
      <div className="flex items-center gap-1 p-2 pl-3">
        <div className="min-w-0 flex-1">
          {talk && !official ? <Title talk={talk} listing={listing} /> : <Heading>Assistant</Heading>}
          <Who />
        </div>
        {!official && (
          <>
            <IconButton
              label="New conversation"
              icon={SquarePen}
              onClick={() => {
                setListing(false);
                newTalk(id);
              }}
            />
            <IconButton
              label="Conversations"
              icon={MessagesSquare}
              aria-pressed={listing}
              onClick={() => setListing(!listing)}
            />
          </>
        )}
        <IconButton label="Close the assistant" icon={X} onClick={closeAssistant} />
      </div>
      {official ? (
        <OfficialChat domainKey={chatkitDomainKey} />
      ) : listing ? (
        <ConversationList onDone={() => setListing(false)} />
      ) : (
        talk && <TalkView key={talk.key} talk={talk} />
      )}
    </aside>
  );
}

function Title({ talk, listing }: { talk: Talk; listing: boolean }) {
  const { thread } = useExternal(talk.state);
  return <Heading>{listing ? 'Conversations' : (thread?.title ?? 'Assistant')}</Heading>;
}

function Heading({ children }: { children: string }) {
  return <h2 className="truncate text-sm font-semibold">{children}</h2>;
}

function Who() {
  const { data } = useAssistant();
  if (!data) return null;
  return (
    <p className="text-xs text-quiet">
      {data.kind === 'rules' ? 'Answered by rules – no AI provider is configured' : `Answered by ${data.model}`}
    </p>
  );
}
