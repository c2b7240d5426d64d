'use client';

import { FIELD_NAMES, valueLabel } from '@/features/tasks/data/labels';
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
  SettingsChanged: 'Settings changed',
  ReminderScheduled: 'Reminder planned',
  ReminderCancelled: 'Reminder cancelled',
  ReminderTriggered: 'Reminder sent',
  ReminderSnoozed: 'Reminder snoozed',
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
  const timeZone = typeof entry.payload?.time_zone === 'string' ? entry.payload.time_zone : zone;
  return (
    <div className="text-sm">
      <p>
        <span className="font-medium">{ACTIONS[entry.action_type] ?? entry.action_type}</span>
        <span className="text-quiet"> by {actorLabel(entry.actor)}</span>
      </p>
      {entry.changes && (
        <dl className="text-xs">
          {Object.entries(entry.changes).map(([field, [before, after]]) => (
            <div key={field} className="flex flex-wrap gap-x-1">
              <dt className="text-quiet">
                {(FIELD_NAMES as Partial<Record<string, string>>)[field] ?? field.replaceAll('_', ' ')}:
              </dt>
              <dd className="min-w-0 break-words">
                {field === 'position' ? (
                  'changed' // its values are not for people
                ) : (
                  <>
                    <del className="text-quiet">{valueLabel(field, before, timeZone)}</del> →{' '}
                    <ins className="no-underline">{valueLabel(field, after, timeZone)}</ins>
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
