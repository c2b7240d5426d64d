import type { Schemas } from '@/lib/api/client';
import { classes } from '@/lib/classes';

type Statistics = Schemas['Statistics'];

/** Returns how many tasks were completed in these days. */
export function doneIn({ completed }: Statistics): number {
  return completed.reduce((sum, day) => sum + day.high + day.medium + day.low + day.none, 0);
}

export function Figures({ statistics }: { statistics: Statistics }) {
  const { open, overdue, current_streak, longest_streak } = statistics;
  return (
    <dl className="grid grid-cols-2 gap-2 sm:grid-cols-5">
      <Figure name="Completed" value={doneIn(statistics)} />
      <Figure name="Open" value={open.high + open.medium + open.low + open.none} />
      <Figure name="Overdue" value={overdue} alarming={overdue > 0} />
      <Figure name="Streak" value={current_streak} unit={current_streak === 1 ? 'day' : 'days'} />
      <Figure name="Longest" value={longest_streak} unit={longest_streak === 1 ? 'day' : 'days'} />
    </dl>
  );
}

function Figure({
  name,
  value,
  unit,
  alarming = false,
}: {
  name: string;
  value: number;
  unit?: string;
  alarming?: boolean;
}) {
  return (
    <div className="flex flex-col-reverse rounded-lg border border-edge p-3">
      <dt className="text-xs text-quiet">{name}</dt>
      <dd className={classes('text-2xl font-semibold tabular-nums', alarming && 'text-danger')}>
        {value}
        {unit && <span className="ml-1 text-sm font-normal text-quiet">{unit}</span>}
      </dd>
    </div>
  );
}
