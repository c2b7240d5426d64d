'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { later } from '@/components/later';
import { type SubmitEvent, useState } from 'react';
import { Button } from '@/components/button';
import { tell } from '@/components/toasts';
import { useChange } from '@/features/tasks/mutations';
import { explain } from '@/lib/api/problem';
import { useDelayed } from '@/lib/delayed';
import { useUser } from '@/lib/user';
import { parsing } from './queries';
import { type Decisions, draftOf, typedNow, UNDECIDED, undecided } from './understood';

const loadChips = () => import('./chips').then((found) => found.Chips);
const Chips = later(loadChips);
const MAX_LENGTH = 500;

/** A task in one line. What is understood of it shows below, and can be set right before it is saved. */
export function QuickAdd() {
  const { id } = useUser();
  const { create } = useChange();
  const [text, setText] = useState('');
  const [decisions, setDecisions] = useState<Decisions>(UNDECIDED);
  const typed = text.trim();
  const settled = useDelayed(typed);
  const { data, error, isPlaceholderData } = useQuery({
    ...parsing(id, settled, decisions.literal),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
  });
  /** What the chips show is of the text as it stands. */
  const shown = data && settled === typed && !isPlaceholderData ? data : null;

  function clear(): void {
    setText('');
    setDecisions(UNDECIDED);
  }

  /** Every line becomes a task at once. One that is not read yet is read meanwhile, with its questions asked there. */
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (typed === '') return;
    const draft = shown && draftOf(shown, decisions);
    if (draft && draft.title !== '') create(draft, { open: undecided(shown, decisions) });
    else create({ title: typed }, { typed: typedNow(typed, decisions) });
    clear();
    if (!shown && !navigator.onLine) tell('Offline: dates in the text are read when you are online again.');
  }

  return (
    <form aria-label="Add a task" onSubmit={submit} className="flex min-w-0 flex-1 flex-col gap-1.5">
      <div className="flex items-center gap-1">
        <input
          id="quick-add"
          aria-label="New task"
          aria-describedby="quick-add-understood"
          autoComplete="off"
          maxLength={MAX_LENGTH}
          placeholder="Add a task: pay rent every month on the last day 9am #home p1 remind 1d"
          value={text}
          onFocus={() => void loadChips().catch(() => undefined)}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            clear();
            event.currentTarget.blur();
          }}
          className="h-9 min-w-0 flex-1 rounded-md border border-field bg-ground px-3 placeholder:text-quiet"
        />
        <Button type="submit" look="main" disabled={typed === ''} aria-label="Add the task">
          <Plus aria-hidden className="size-4" />
        </Button>
      </div>
      <div id="quick-add-understood" aria-live="polite">
        {typed !== '' && data && settled !== '' && (
          <Chips parsed={data} decisions={decisions} onDecide={setDecisions} />
        )}
        {error && typed !== '' && (
          <p className="text-xs text-quiet">Dates are not understood at the moment. {explain(error)}</p>
        )}
      </div>
    </form>
  );
}
