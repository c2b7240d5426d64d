'use client';

import { changedFields } from '@/features/tasks/data/labels';
import { useZone } from '@/lib/account';
import { momentLabel } from '@/lib/dates';
import type { Entry } from './queries';

/** Labels of the actions in the audit trail. */
export const ACTIONS: Record<string, string> = {
  TaskCreated: 'Created',
  TaskUpdated: 'Changed',
  TaskCompleted: 'Completed',
  TaskReopened: 'Reopened',
  TaskDeleted: 'Moved to the trash',
  TaskRestored: 'Restored',
  TaskPurged: 'Deleted for good',
  SettingsChanged: 'Settings changed',
  ReminderScheduled: 'Reminder planned',
  ReminderCancelled: 'Reminder cancelled',
  ReminderTriggered: 'Reminder sent',
  ReminderSnoozed: 'Reminder snoozed',
  SnoozeCancelled: 'Snooze cancelled',
};
const CLIENTS: Record<string, string> = {
  web: 'the web page',
  terminal: 'the terminal',
  chat: 'the chat',
  api: 'the API',
  system: 'the system',
};

/** An entry of the audit trail: action, actor, client, time and changed fields. */
export function EntryDetails({ entry }: { entry: Entry }) {
  const zone = useZone();
  const changes = changedFields(entry.changes ?? {}, entry.payload ?? {}, zone);
  return (
    <div className="text-sm">
      <p>
        <span className="font-medium">{ACTIONS[entry.action_type] ?? entry.action_type}</span>
        <span className="text-quiet"> by {actorLabel(entry.actor)}</span>
      </p>
      {changes.length > 0 && (
        <dl className="text-xs">
          {changes.map(({ field, name, before, after }) => (
            <div key={field} className="flex flex-wrap gap-x-1">
              <dt className="text-quiet">{name}:</dt>
              <dd className="min-w-0 break-words">
                {field === 'position' ? (
                  'changed' // its values are not for people
                ) : (
                  <>
                    <del className="text-quiet">{before}</del> → <ins className="no-underline">{after}</ins>
                  </>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <time dateTime={entry.timestamp} className="text-xs text-quiet">
        {momentLabel(new Date(entry.timestamp), zone)}
      </time>
    </div>
  );
}

/** Labels a client. Clients that are not ours chose their names themselves, so these are marked as apps and quoted. */
export function clientLabel(client: string): string {
  return CLIENTS[client.replace(/^mcp:/, '')] ?? `the app “${client.replace(/^(mcp:)?(app:)?/, '')}”`;
}

function actorLabel({ type, client }: Entry['actor']): string {
  if (type === 'system') return 'the system';
  const through = clientLabel(client);
  return type === 'assistant' ? `the assistant (${through})` : `you, through ${through}`;
}
