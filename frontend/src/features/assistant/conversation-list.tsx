'use client';

import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Input } from '@/components/field';
import { IconButton } from '@/components/icon-button';
import { useZone } from '@/lib/account';
import { explain } from '@/lib/api/problem';
import { momentLabel } from '@/lib/dates';
import { useUser } from '@/lib/user';
import type { Thread } from './protocol';
import { useConversations, useDelete, useRename } from './queries';
import { openTalk } from './talks';

const MOST_CHARACTERS = 200;

/** The list of conversations, to open, rename or delete them. */
export function ConversationList({ onDone }: { onDone: () => void }) {
  const { id } = useUser();
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useConversations();
  const [renaming, setRenaming] = useState<string | null>(null);
  const [deleting, setDeleting] = useState<Thread | null>(null);
  const threads = data?.pages.flatMap((page) => page.data) ?? [];

  function open(thread: Thread): void {
    openTalk(id, { id: thread.id, title: thread.title ?? null });
    onDone();
  }

  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-2">
      {isPending && (
        <p role="status" className="p-3 text-sm text-quiet">
          Loading …
        </p>
      )}
      {error && (
        <p role="alert" className="p-3 text-sm">
          {explain(error)}
        </p>
      )}
      <ul aria-label="Conversations">
        {threads.map((thread) =>
          renaming === thread.id ? (
            <li key={thread.id} className="p-1">
              <Rename thread={thread} onDone={() => setRenaming(null)} />
            </li>
          ) : (
            <Entry
              key={thread.id}
              thread={thread}
              onOpen={() => open(thread)}
              onRename={() => setRenaming(thread.id)}
              onDelete={() => setDeleting(thread)}
            />
          ),
        )}
      </ul>
      {data && threads.length === 0 && <p className="p-6 text-center text-sm text-quiet">No conversations yet.</p>}
      {hasNextPage && (
        <Button
          look="bare"
          size="small"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          className="m-2"
        >
          Earlier
        </Button>
      )}
      {deleting && <ConfirmDelete thread={deleting} onDone={() => setDeleting(null)} />}
    </div>
  );
}

interface EntryProps {
  thread: Thread;
  onOpen: () => void;
  onRename: () => void;
  onDelete: () => void;
}

function Entry({ thread, onOpen, onRename, onDelete }: EntryProps) {
  const zone = useZone();
  const name = nameOf(thread);
  return (
    <li className="flex items-center gap-1 border-b border-edge py-1">
      <button type="button" onClick={onOpen} className="min-w-0 flex-1 rounded-md px-2 py-1 text-left hover:bg-hover">
        <span className="block truncate text-sm">{name}</span>
        <time dateTime={thread.created_at} className="text-xs text-quiet">
          {momentLabel(new Date(thread.created_at), zone)}
        </time>
      </button>
      <IconButton label={`Rename “${name}”`} icon={Pencil} onClick={onRename} />
      <IconButton label={`Delete “${name}”`} icon={Trash2} onClick={onDelete} />
    </li>
  );
}

/** Enter saves the title; Escape and blur discard it. */
function Rename({ thread, onDone }: { thread: Thread; onDone: () => void }) {
  const rename = useRename();
  return (
    <Input
      aria-label="Title of the conversation"
      defaultValue={thread.title ?? ''}
      maxLength={MOST_CHARACTERS}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onBlur={onDone}
      onKeyDown={(event) => {
        const title = event.currentTarget.value.trim();
        if (event.key === 'Enter' && title !== '') rename.mutate({ threadId: thread.id, title });
        if (event.key === 'Enter' || event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          onDone();
        }
      }}
    />
  );
}

function ConfirmDelete({ thread, onDone }: { thread: Thread; onDone: () => void }) {
  const remove = useDelete();
  return (
    <Dialog
      open
      onClose={onDone}
      title={`Delete “${nameOf(thread)}”?`}
      description="This deletes the conversation. Changes to your tasks stay."
    >
      <div className="flex gap-2">
        <Button
          look="danger"
          onClick={() => {
            remove.mutate(thread.id);
            onDone();
          }}
        >
          Delete
        </Button>
        <Button onClick={onDone}>Keep</Button>
      </div>
    </Dialog>
  );
}

function nameOf({ title }: Thread): string {
  return title ?? 'Conversation';
}
