'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type SubmitEvent, useEffect, useState } from 'react';
import { Button } from '@/components/button';
import { tell, tellFailure } from '@/components/toasts';
import { useChange } from '@/features/tasks/mutations';
import { explain } from '@/lib/api/problem';
import { useUser } from '@/lib/user';
import { parsing } from './queries';
import { type Decisions, draftOf, type Parsed, UNDECIDED } from './understood';

const loadChips = () => import('./chips').then((found) => found.Chips);
const Chips = dynamic(loadChips, { ssr: false });
const PAUSE_MS = 120;
const MAX_LENGTH = 500;

/** A task in one line. What is understood of it shows below, and can be set right before it is saved. */
export function QuickAdd() {
  const { id } = useUser();
  const client = useQueryClient();
  const { create } = useChange();
  const [text, setText] = useState('');
  const [decisions, setDecisions] = useState<Decisions>(UNDECIDED);
  const settled = useDelayed(text.trim());
  const { data, error } = useQuery({
    ...parsing(id, settled, decisions.literal),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
  });

  function clear(): void {
    setText('');
    setDecisions(UNDECIDED);
  }

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const typed = text.trim();
    if (typed === '') return;
    const parsed = await understand(typed);
    if (parsed.ambiguities.length > 0 && typed !== settled) {
      tell('This can be meant in more than one way: look below, then press Enter again.');
      return;
    }
    const draft = draftOf(parsed, decisions);
    if (draft.title === '') {
      tellFailure('A task needs a title: say what is to be done.');
      return;
    }
    create(draft);
    clear();
  }

  /** Without the server the text is the title: better a task without a date than none. */
  async function understand(typed: string): Promise<Parsed> {
    const plain: Parsed = { title: typed.slice(0, 200), fields: {} as Parsed['fields'], matches: [], ambiguities: [] };
    if (!navigator.onLine) return plain;
    try {
      return await client.query({ ...parsing(id, typed, decisions.literal), retry: false });
    } catch (failure) {
      tellFailure(`Dates were not understood: ${explain(failure)}`);
      return plain;
    }
  }

  return (
    <form
      aria-label="Add a task"
      onSubmit={(event) => void submit(event)}
      className="flex min-w-0 flex-1 flex-col gap-1.5"
    >
      <div className="flex items-center gap-1">
        <input
          id="quick-add"
          aria-label="New task"
          aria-describedby="quick-add-understood"
          autoComplete="off"
          maxLength={MAX_LENGTH}
          placeholder="Add a task: pay rent every month on the last day 9am #home p1 remind 1d"
          value={text}
          onFocus={() => void loadChips()}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            clear();
            event.currentTarget.blur();
          }}
          className="h-9 min-w-0 flex-1 rounded-md border border-field bg-ground px-3 placeholder:text-quiet"
        />
        <Button type="submit" look="main" disabled={text.trim() === ''} aria-label="Add the task">
          <Plus aria-hidden className="size-4" />
        </Button>
      </div>
      <div id="quick-add-understood" aria-live="polite">
        {text.trim() !== '' && data && settled !== '' && (
          <Chips parsed={data} decisions={decisions} onDecide={setDecisions} />
        )}
        {error && text.trim() !== '' && (
          <p className="text-xs text-quiet">Dates are not understood at the moment. {explain(error)}</p>
        )}
      </div>
    </form>
  );
}

/** The value once it has stood still for a moment. */
function useDelayed(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
