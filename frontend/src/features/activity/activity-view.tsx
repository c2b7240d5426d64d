'use client';

import { ShieldCheck, ShieldX } from 'lucide-react';
import { useLeftFocus } from '@/components/kept-focus';
import { later } from '@/components/later';
import { useState } from 'react';
import { Button } from '@/components/button';
import { DayField } from '@/components/day-field';
import { Field, Input, Select } from '@/components/field';
import { useZone } from '@/lib/account';
import { instantOf, wallClock } from '@/lib/dates';
import { openTask } from '@/lib/location';
import { explain } from '@/lib/api/problem';
import { ACTIONS, EntryDetails } from './entry';
import {
  type Entry,
  type TrailQuery,
  type VerificationResult,
  useStatistics,
  useTrail,
  useVerification,
} from './queries';
import { doneIn, Figures } from './figures';

const Charts = later(() => import('./charts').then((found) => found.Charts), <div className="h-64" />);
const SPANS = [7, 30, 90, 365];

/** The activity page: statistics, and the audit trail with its verification. */
export function ActivityView() {
  const [days, setDays] = useState(30);
  const statistics = useStatistics(days);
  useLeftFocus();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto md:gutters">
      <div className="mx-auto flex max-w-column flex-col gap-6 px-beside pb-16">
        <label className="ml-auto flex items-center gap-2 text-sm">
          <span className="whitespace-nowrap text-quiet">Last</span>
          <span className="w-32">
            <Select value={days} onChange={(event) => setDays(Number(event.target.value))}>
              {SPANS.map((span) => (
                <option key={span} value={span}>
                  {span} days
                </option>
              ))}
            </Select>
          </span>
        </label>
        {statistics.error && <p role="alert">{explain(statistics.error)}</p>}
        {statistics.data && <Figures statistics={statistics.data} />}
        {statistics.data && doneIn(statistics.data) > 0 && <Charts statistics={statistics.data} />}
        <Verification />
        <Trail />
      </div>
    </div>
  );
}

function Verification() {
  const { data, error, refetch } = useVerification();
  return (
    <section
      aria-label="Proof of the trail"
      className="flex items-center gap-3 rounded-lg border border-edge p-3 text-sm"
    >
      {data?.valid === true && <ShieldCheck aria-hidden className="size-5 shrink-0 text-good" />}
      {data?.valid === false && <ShieldX aria-hidden className="size-5 shrink-0 text-danger" />}
      <p role="status" className="min-w-0 flex-1">
        {error
          ? explain(error)
          : !data
            ? 'Checking the trail …'
            : data.valid
              ? `The trail is intact: all ${data.checked} entries are as they were recorded${signed(data)}.`
              : `Entry ${data.first_invalid?.position ?? '?'} of the trail was changed: ${data.first_invalid?.reason ?? ''}.`}
        {data && <span className="block truncate font-mono text-xs text-quiet">{data.head_hash}</span>}
      </p>
      <Button size="small" onClick={() => void refetch()}>
        Check again
      </Button>
    </section>
  );
}

function signed({ signature, erased }: VerificationResult): string {
  const covered = signature ? `, and signed up to entry ${signature.position}` : '';
  return erased > 0 ? `${covered}; ${erased} were erased on request` : covered;
}

function Trail() {
  const [query, setQuery] = useState<TrailQuery>({});
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useTrail(query);
  const entries = data?.pages.flatMap((page) => page.items) ?? [];
  const set = (name: keyof TrailQuery, value: TrailQuery[keyof TrailQuery]) =>
    setQuery(Object.fromEntries(Object.entries({ ...query, [name]: value }).filter(([, one]) => one !== '')));
  return (
    <section aria-labelledby="trail">
      <h2 id="trail" className="mb-2 font-semibold">
        Every change
      </h2>
      <div className="mb-3 grid grid-cols-2 gap-2 sm:grid-cols-4">
        <Field label="What">
          {(control) => (
            <Select
              {...control}
              value={query.action_type?.[0] ?? ''}
              onChange={(event) => set('action_type', event.target.value === '' ? '' : [event.target.value])}
            >
              <option value="">everything</option>
              {Object.entries(ACTIONS).map(([action, label]) => (
                <option key={action} value={action}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Task number">
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={2147483647}
              onChange={(event) =>
                set(
                  'resource_id',
                  Number.isInteger(event.target.valueAsNumber) && event.target.valueAsNumber > 0
                    ? event.target.valueAsNumber
                    : '',
                )
              }
            />
          )}
        </Field>
        <DayFilter label="From" value={query.from} onChange={(from) => set('from', from)} />
        <DayFilter label="Before" value={query.to} onChange={(to) => set('to', to)} />
      </div>
      {error && <p role="alert">{explain(error)}</p>}
      <ol className="flex flex-col">
        {entries.map((entry) => (
          <li key={entry.event_id} className="border-b border-edge py-2">
            <TaskName entry={entry} />
            <EntryDetails entry={entry} />
          </li>
        ))}
      </ol>
      {data && entries.length === 0 && <p className="py-6 text-center text-sm text-quiet">No results</p>}
      {hasNextPage && (
        <Button className="mt-3" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Earlier
        </Button>
      )}
    </section>
  );
}

interface DayFilterProps {
  label: string;
  /** The start of a day in the user's zone. */
  value: string | null | undefined;
  onChange: (value: string) => void;
}

function DayFilter({ label, value, onChange }: DayFilterProps) {
  const zone = useZone();
  return (
    <Field label={label}>
      {(control) => (
        <DayField
          {...control}
          label={label}
          today={wallClock(new Date(), zone).day}
          value={value ? wallClock(new Date(value), zone).day : null}
          onChange={(day) => onChange(instantOf(day, '00:00', zone).toISOString())}
          onClear={() => onChange('')}
        />
      )}
    </Field>
  );
}

function TaskName({ entry }: { entry: Entry }) {
  const { resource_id: id, payload } = entry;
  if (id === null) return null;
  const title = typeof payload?.title === 'string' ? payload.title : `Task ${id}`;
  return (
    <button
      type="button"
      onClick={() => openTask(id)}
      className="max-w-full truncate text-left text-sm text-accent hover:underline"
    >
      {title}
    </button>
  );
}
