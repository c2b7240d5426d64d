'use client';

import { later, laterOverlay } from '@/components/later';
import { type ReactNode, useEffect } from 'react';
import { onSessionEnd, leave } from '@/features/account/session';
import { loadPanel } from '@/features/assistant/panel-state';
import { connected } from '@/features/live/connected';
import { useKeptCopy } from '@/features/offline/keep-copy';
import { useKeptFiles } from '@/features/offline/keep-files';
import { askedAbout, conflicts } from '@/features/tasks/data/conflict';
import { ConflictBanner } from '@/features/tasks/dialogs/conflict-banner';
import { useMoment } from '@/features/tasks/data/moment';
import { openScope } from '@/features/tasks/data/scope';
import { openTagQuestion } from '@/features/tasks/data/tag-question';
import { SendKept } from '@/features/tasks/data/send-kept';
import { TaskPane } from '@/features/tasks/pane/task-pane-lazy';
import { openMenu, takeParameters, useIsMenuOpen, useOpenTask } from '@/lib/location';
import { useIsCramped, useIsNarrow } from '@/lib/narrow';
import { Bar } from './bar';
import { ProgressNotice } from './progress-notice';
import { ConnectionBanner } from './connection-banner';
import { Sidebar } from './sidebar';
import { overlays, toggle } from '@/lib/overlays';
import { useExternal } from '@/lib/external';
import { loadPalette, useShortcuts } from './shortcuts';

const ConflictDialog = later(() =>
  import('@/features/tasks/dialogs/conflict-dialog').then((found) => found.ConflictDialog),
);
const ScopeDialog = laterOverlay(
  () => import('@/features/tasks/dialogs/scope-dialog').then((found) => found.ScopeDialog),
  ({ question }) => question.answer(null),
);
/** The connection is made once the page is shown: a list that was loaded before is then loaded once more. */
const Live = later(() => import('@/features/live/live').then((found) => found.Live));
const SigningOut = later(() => import('@/features/account/signing-out').then((found) => found.SigningOut));
const AssistantPanel = laterOverlay(loadPanel, () => toggle('assistant', false));
const CommandPalette = laterOverlay(loadPalette, () => toggle('palette', false));
const SidebarDrawer = laterOverlay(
  () => import('./sidebar-drawer').then((found) => found.SidebarDrawer),
  ({ onClose }) => onClose(),
);
const TagDialog = laterOverlay(
  () => import('@/features/tasks/dialogs/tag-dialog').then((found) => found.TagDialog),
  () => openTagQuestion.set(null),
);
const ShortcutSheet = laterOverlay(
  () => import('./shortcut-sheet').then((found) => found.ShortcutSheet),
  () => toggle('sheet', false),
);

/** The frame of every view: sidebar, panels, banners and overlays. */
export function Shell({ chatkitDomainKey, children }: { chatkitDomainKey: string; children: ReactNode }) {
  const menuOpen = useIsMenuOpen();
  const { palette, sheet, signOut, assistant } = useExternal(overlays);
  const asked = useExternal(askedAbout);
  const conflict = useExternal(conflicts).find(({ theirs }) => theirs.id === asked);
  const scopeQuestion = useExternal(openScope);
  const tagQuestion = useExternal(openTagQuestion);
  const openTask = useOpenTask();
  const narrow = useIsNarrow();
  const hasPanel = openTask !== null || assistant;
  // The sidebar gives way to what stands beside the list; its menu takes its place.
  const givesWay = useIsCramped() && hasPanel;
  useShortcuts();
  useKeptFiles();
  useKeptCopy(connected.get);
  useMoment();
  useEffect(() => onSessionEnd(leave), []);
  // A link, as of the installed app's shortcut, opens the search.
  useEffect(() => {
    if (takeParameters('palette').length > 0) toggle('palette', true);
  }, []);
  return (
    <div className="flex h-dvh flex-col" {...(givesWay ? { 'data-sidebar': 'hidden' } : {})}>
      <a
        href="#main"
        className="sr-only bg-accent text-on-accent focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded focus:px-3 focus:py-2"
      >
        Skip to the tasks
      </a>
      <ConnectionBanner />
      <ConflictBanner />
      <div className="flex min-h-0 flex-1">
        <div className="contents" inert={narrow && hasPanel}>
          <Sidebar />
          {menuOpen && <SidebarDrawer onClose={() => openMenu(false)} />}
          <div className="flex min-w-0 flex-1 flex-col">
            <Bar hasSidebar={!givesWay} onMenu={() => openMenu(true)} />
            <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
              {children}
            </main>
          </div>
        </div>
        <div className="contents lg:flex lg:shrink-0 lg:flex-col 2xl:flex-row">
          <div className="contents" inert={narrow && assistant}>
            {openTask !== null && <TaskPane id={openTask} />}
          </div>
          {assistant && <AssistantPanel chatkitDomainKey={chatkitDomainKey} />}
        </div>
      </div>
      <Live />
      <SendKept />
      {conflict && <ConflictDialog conflict={conflict} />}
      {scopeQuestion && <ScopeDialog question={scopeQuestion} />}
      {tagQuestion && <TagDialog question={tagQuestion} />}
      <ProgressNotice />
      {palette && <CommandPalette />}
      {sheet && <ShortcutSheet />}
      {signOut && <SigningOut />}
    </div>
  );
}
