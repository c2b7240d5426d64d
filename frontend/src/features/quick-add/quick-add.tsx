'use client';

import { Plus } from 'lucide-react';
import { useEffect } from 'react';
import { later, laterOverlay } from '@/components/later';
import { addToDraft, restoreDraft } from '@/features/tasks/data/draft';
import { focusOn } from '@/lib/key-targets';
import { openAdding, takeParameters, useIsAdding, useParameters } from '@/lib/location';
import { isPhoneNow, useIsPhone } from '@/lib/narrow';
import { useUser } from '@/lib/user';
import { QuickAddForm } from './form';
import { sharedText } from './shared';

const loadSheet = () => import('./sheet').then((found) => found.QuickAddSheet);
const Examples = later(() => import('./examples').then((found) => found.Examples));
const QuickAddSheet = laterOverlay(loadSheet, () => openAdding(false));

interface Props {
  /** Whether the field stands above the list of the view. Elsewhere a key opens it in a sheet. */
  hasField: boolean;
}

/** The field for a new task: above the list, or in a sheet. On a phone a button opens the sheet. */
export function QuickAdd({ hasField }: Props) {
  const { id } = useUser();
  const isPhone = useIsPhone();
  const inSheet = isPhone || !hasField;
  const isAdding = useIsAdding();
  const welcome = useParameters().get('welcome');
  useEffect(() => {
    restoreDraft(id);
    const shared = sharedText(takeParameters('title', 'text', 'url'));
    if (shared !== '') addToDraft(shared);
    // A link, as of the installed app's shortcut, opens the field; where that is a sheet, its parameter is the open one.
    const hasFieldNow = !isPhoneNow() && document.getElementById('quick-add') !== null;
    const isWanted = hasFieldNow && (takeParameters('add').length > 0 || location.search.includes('welcome='));
    if (shared !== '' || isWanted) focusOn('quick-add');
  }, [id]);
  // The keyboard of a phone opens only if the field gets the focus within the tap: load the sheet before.
  useEffect(() => {
    if (inSheet) void loadSheet().catch(() => undefined);
  }, [inSheet]);
  return (
    <>
      {!inSheet && <Field />}
      {isPhone && hasField && <AddButton />}
      {inSheet && isAdding && <QuickAddSheet />}
      {welcome && <Examples left={welcome} />}
    </>
  );
}

function Field() {
  return (
    <div className="mx-auto mb-3 w-full max-w-column shrink-0 px-beside max-md:hidden">
      <QuickAddForm onLeave={() => document.getElementById('main')?.focus()} />
    </div>
  );
}

function AddButton() {
  return (
    <button
      type="button"
      aria-label="Add a task"
      onClick={() => openAdding(true)}
      className="fixed right-[max(1rem,env(safe-area-inset-right))] bottom-[calc(1rem+env(safe-area-inset-bottom))] z-20 flex size-14 items-center justify-center rounded-full bg-accent text-on-accent shadow-pop active:opacity-90"
    >
      <Plus aria-hidden className="size-6" />
    </button>
  );
}
