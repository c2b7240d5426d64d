/**
 * What is typed into quick-add, with its corrections. It survives a reload, and the next sign-in of the same account in
 * this tab. Signing out deletes it.
 */
import { External, useExternal } from '@/lib/external';
import { type Decisions, type Defaults, UNDECIDED } from './understood';

export interface Draft {
  text: string;
  decisions: Decisions;
  /** Defaults of the view that were removed. */
  removed: readonly (keyof Defaults)[];
}

const EMPTY: Draft = { text: '', decisions: UNDECIDED, removed: [] };
const KEY = 'quick-add';
/** The user whose draft it is; null until it was restored. */
let owner: string | null = null;
const draft = new External(EMPTY);

export function useDraft(): Draft {
  return useExternal(draft);
}

/** Restores the draft of the user, before what was typed since. Deletes that of another user. */
export function restoreDraft(userId: string): void {
  if (owner === userId) return;
  owner = userId;
  const kept = read();
  if (kept?.owner === userId) {
    const typed = draft.get().text;
    draft.set({ ...EMPTY, ...kept.draft });
    if (typed !== '') addToDraft(typed);
  }
  store();
}

export function setDraft(changes: Partial<Draft>): void {
  draft.set((now) => ({ ...now, ...changes }));
  store();
}

export function clearDraft(): void {
  setDraft(EMPTY);
}

/** Appends a text to the draft, as another app shares it. */
export function addToDraft(text: string): void {
  const { text: before } = draft.get();
  setDraft({ text: before === '' ? text : `${before.trimEnd()} ${text}` });
}

function read(): { owner: string; draft: Draft } | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as { owner: string; draft: Draft } | null;
  } catch {
    return null;
  }
}

/** Best effort: without storage the draft is lost on a reload. */
function store(): void {
  try {
    if (owner === null) return; // that of the last page is not restored yet
    if (draft.get().text === '') sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify({ owner, draft: draft.get() }));
  } catch {
    // the storage of this browser is full or closed
  }
}
