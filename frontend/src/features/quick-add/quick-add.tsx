'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { later } from '@/components/later';
import { type SubmitEvent, useRef, useState } from 'react';
import { Button } from '@/components/button';
import { tell, tellFailure } from '@/components/toasts';
import { creation } from '@/features/tasks/changes';
import { drop, keep } from '@/features/tasks/kept';
import { useChange } from '@/features/tasks/mutations';
import { explain } from '@/lib/api/problem';
import { useDelayed } from '@/lib/delayed';
import { useUser } from '@/lib/user';
import { parse, parsing } from './queries';
import { type Decisions, draftOf, type Parsed, type Typed, typedNow, UNDECIDED } from './understood';

const loadChips = () => import('./chips').then((found) => found.Chips);
const Chips = later(loadChips);
const MAX_LENGTH = 500;
const MAX_TITLE = 200;

/** A task in one line. What is understood of it shows below, and can be set right before it is saved. */
export function QuickAdd() {
  const { id } = useUser();
  const { create } = useChange();
  /** Until the lines before have their answer: tasks stand in the order in which they were entered. */
  const turn = useRef<Promise<unknown>>(Promise.resolve());
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

  /** The field is free at once, for the next task. What cannot be saved comes back, unless something else stands there. */
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (typed === '') return;
    const line = typedNow(typed, decisions);
    const parsed = shown ?? (await takeAndUnderstand(line));
    if (parsed === 'unanswered') {
      create({ title: typed.slice(0, MAX_TITLE) }, line);
      return;
    }
    const draft = draftOf(parsed, decisions);
    const unseen = !shown && parsed.ambiguities.length > 0;
    if (!unseen && draft.title !== '') {
      create(draft);
      if (shown) clear();
      return;
    }
    setText((now) => (now.trim() === '' ? typed : now));
    setDecisions(decisions);
    if (unseen) tell('This can be meant in more than one way: look below, then press Enter again.');
    else tellFailure('A task needs a title: say what is to be done.');
  }

  /** Without the server the text is the title: better a task without a date than none. */
  async function takeAndUnderstand(line: Typed): Promise<Parsed | 'unanswered'> {
    clear();
    const plain: Parsed = {
      title: typed.slice(0, MAX_TITLE),
      fields: {} as Parsed['fields'],
      matches: [],
      ambiguities: [],
    };
    if (!navigator.onLine) {
      tell('Offline, the text is the title as it stands: dates are understood when you are online.');
      return plain;
    }
    // The field is empty: should the page go before there is an answer, the text must not go with it.
    const kept = keep(id, { ...creation({ title: plain.title }), typed: line });
    try {
      // Not by the query of the field, which is given up as the field is cleared.
      const [before, asked] = [turn.current, parse(id, typed, decisions.literal, null)];
      turn.current = Promise.allSettled([before, asked]);
      await before;
      return await asked;
    } catch (failure) {
      if (failure instanceof TypeError) return 'unanswered'; // nobody was there, or the page is being left
      tellFailure(`Dates were not understood: ${explain(failure)}`);
      return plain;
    } finally {
      drop(id, kept);
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
