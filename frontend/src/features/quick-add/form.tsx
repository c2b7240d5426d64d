'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { later, laterOverlay } from '@/components/later';
import { type ClipboardEvent, type SubmitEvent, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/button';
import { FieldError } from '@/components/field-error';
import { IconButton } from '@/components/icon-button';
import { Keys } from '@/components/keys';
import { tell } from '@/components/toasts';
import { tooLong, tooMany } from '@/features/tasks/data/limits';
import type { NewTask } from '@/features/tasks/data/model';
import { useSettings } from '@/lib/account';
import { clearDraft, setDraft, useDraft } from '@/features/tasks/data/draft';
import type { Line } from '@/features/tasks/data/create-all';
import { useChange } from '@/features/tasks/data/mutations';
import { explain } from '@/lib/api/problem';
import { useDelayed } from '@/lib/delayed';
import { browserLocale } from '@/lib/region';
import { isComposing } from '@/lib/key-targets';
import { useUser } from '@/lib/user';
import { asOneLine, type Pasted, readPasted } from './pasted';
import { addOn, useAddingOn, useDefaults } from './defaults';
import { parsing } from '@/features/tasks/data/parser';
import {
  type Defaults,
  draftOf,
  shownDefaults,
  typedNow,
  UNDECIDED,
  undecided,
} from '@/features/tasks/data/understood';

const loadChips = () => import('./chips').then((found) => found.Chips);
const Chips = later(loadChips);
const loadDefaults = () => import('./default-chips').then((found) => found.DefaultChips);
const DefaultChips = later(loadDefaults);
const PasteDialog = laterOverlay(
  () => import('./paste-dialog').then((found) => found.PasteDialog),
  ({ onCancel }) => onCancel(),
);
const loadUnderlined = () => import('./underlined').then((found) => found.Underlined);
const Underlined = later(loadUnderlined);

/** The field for a new task in one line. The parsed fields are shown below and can be corrected before saving. */
export function QuickAddForm({ onLeave }: { onLeave: () => void }) {
  const { id } = useUser();
  const { create } = useChange();
  const input = useRef<HTMLInputElement>(null);
  const { text, decisions: decided, removed } = useDraft();
  /** Why the current text was refused. */
  const [refused, setRefused] = useState<string | null>(null);
  /** Pasted lines that may become tasks, and the text with them as one line. */
  const [pasted, setPasted] = useState<{ lines: Pasted; asText: string } | null>(null);
  const defaults = useDefaults();
  const isAddingOn = useAddingOn();
  const decisions = useMemo(
    () => ({
      ...decided,
      defaults: Object.fromEntries(
        Object.entries(defaults).filter(([field]) => !removed.includes(field as keyof Defaults)),
      ),
    }),
    [decided, defaults, removed],
  );
  const settings = useSettings().data;
  // Undefined until the settings are loaded: the API then applies the settings itself.
  const locale = settings && (settings.locale ?? browserLocale());
  const typed = text.trim();
  const settled = useDelayed(typed);
  const { data, error, isPlaceholderData } = useQuery({
    ...parsing(id, settled, decisions.literal, locale),
    enabled: settled !== '' && !tooLong('Text', settled),
    placeholderData: keepPreviousData,
  });
  /** The parse of the current text, or null while it is pending. */
  const shown = data && settled === typed && !isPlaceholderData ? data : null;

  function clear(): void {
    clearDraft();
    setRefused(null);
    addOn(null);
  }

  /** Creates the task at once. A line that is not parsed yet is parsed later; its questions appear on the row. */
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (typed === '') return;
    const draft = shown && draftOf(shown, decisions);
    const problem = refusal(typed, draft ?? { title: typed });
    setRefused(problem);
    if (problem) return;
    if (draft) create(draft, { open: undecided(shown, decisions) });
    else create({ title: typed, ...decisions.defaults }, { typed: typedNow(typed, decisions, locale) });
    clear();
    if (!draft && !navigator.onLine) tell('Offline: dates in the text are read when you are online again.');
  }

  function paste(event: ClipboardEvent<HTMLInputElement>): void {
    const all = event.clipboardData.getData('text/plain');
    const lines = readPasted(all);
    if (!lines) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    const before = text.slice(0, selectionStart ?? text.length);
    const asText = before + asOneLine(all) + text.slice(selectionEnd ?? text.length);
    setPasted({ lines, asText });
  }

  function taskOf(line: string): Line {
    const task = decisions.defaults;
    return { task: { title: line, ...task }, typed: typedNow(line, { ...UNDECIDED, defaults: task }, locale) };
  }

  return (
    <form aria-label="Add a task" onSubmit={submit}>
      <div className="flex flex-col rounded-card bg-raised shadow-soft focus-within:shadow-pop has-[#quick-add:focus]:outline-2 has-[#quick-add:focus]:outline-accent">
        <div className="group flex items-center gap-2.5 pr-1.5 pl-3">
          <Plus aria-hidden className="size-4 shrink-0 text-quiet" />
          <div className="relative min-w-0 flex-1">
            {data && typed !== '' && <Underlined field={input} text={text} line={data} decisions={decisions} />}
            <input
              ref={input}
              dir="auto"
              id="quick-add"
              aria-label="New task"
              aria-describedby="quick-add-error quick-add-understood"
              aria-invalid={refused !== null}
              autoComplete="off"
              placeholder="Add a task"
              value={text}
              onFocus={() => void Promise.all([loadDefaults(), loadChips(), loadUnderlined()]).catch(() => undefined)}
              onBlur={() => typed === '' && addOn(null)}
              onChange={(event) => {
                setDraft({ text: event.target.value });
                setRefused(null);
              }}
              onPaste={paste}
              onKeyDown={(event) => {
                if (event.key === 'Escape' && !isComposing(event.nativeEvent)) onLeave();
              }}
              className="relative h-11 w-full bg-transparent outline-none placeholder:text-quiet"
            />
          </div>
          {typed === '' ? (
            <span aria-hidden className="pr-1.5 group-has-[input:focus]:invisible max-md:hidden">
              <Keys keys="Q" />
            </span>
          ) : (
            <>
              <IconButton
                label="Clear the text"
                icon={X}
                className="text-quiet"
                onClick={() => {
                  clear();
                  input.current?.focus();
                }}
              />
              <Button type="submit" look="main" size="small" aria-label="Add the task">
                Add
              </Button>
            </>
          )}
        </div>
        <div className="flex flex-col gap-1.5 px-3 has-[li,p:not(:empty)]:pb-2.5">
          <FieldError id="quick-add-error">{refused}</FieldError>
          <div id="quick-add-understood" aria-live="polite">
            {(typed !== '' || isAddingOn) && (
              <DefaultChips
                taken={shownDefaults(typed === '' ? null : shown, decisions)}
                onRemove={(field) => setDraft({ removed: [...removed, field] })}
              />
            )}
            {typed !== '' && data && settled !== '' && (
              <Chips parsed={data} decisions={decisions} onDecide={(next) => setDraft({ decisions: next })} />
            )}
            {error && typed !== '' && (
              <p className="text-xs text-quiet">Dates are not understood at the moment. {explain(error)}</p>
            )}
          </div>
        </div>
      </div>
      {pasted && (
        <PasteDialog
          pasted={pasted.lines}
          taskOf={taskOf}
          onAdded={() => setPasted(null)}
          onCancel={() => {
            setDraft({ text: pasted.asText });
            setPasted(null);
          }}
        />
      )}
    </form>
  );
}

/** Returns why a line is refused, or null. The title of an unparsed line cannot be longer than the line. */
function refusal(text: string, task: NewTask): string | null {
  const { title } = task;
  const many = tooMany(task, 'reminders', 'tags');
  if (many) return `${many} Leave some out.`;
  if (title === '') return 'A task needs a title: say what is to be done.';
  const problem = tooLong('Text', text) ?? tooLong('Title', title);
  return problem && `${problem} Shorten it, or put the rest into the description.`;
}
