'use client';

import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Schemas } from '@/lib/api/client';
import { format, longDay } from '@/lib/dates';

const SERIES = [
  ['high', 'High', 'var(--danger)'],
  ['medium', 'Medium', 'var(--today)'],
  ['low', 'Low', 'var(--accent)'],
  ['none', 'None', 'var(--field)'],
] as const;
const TICK = { fill: 'var(--quiet)', fontSize: 12 };

/** Completed tasks by day and priority, with the same figures in a table for screen readers. */
export function Charts({ statistics }: { statistics: Schemas['Statistics'] }) {
  const days = statistics.completed;
  return (
    <figure>
      <figcaption className="mb-2 text-sm font-medium">Completed by day and priority</figcaption>
      <div aria-hidden className="h-56">
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={days} margin={{ top: 4, right: 4, bottom: 0, left: -24 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--edge)" />
            <XAxis dataKey="day" tickFormatter={shortDay} tick={TICK} stroke="var(--edge)" minTickGap={24} />
            <YAxis allowDecimals={false} tick={TICK} stroke="var(--edge)" />
            <Tooltip
              cursor={{ fill: 'var(--hover)' }}
              contentStyle={{ background: 'var(--raised)', border: '1px solid var(--edge)', borderRadius: 8 }}
              labelFormatter={(day) => (typeof day === 'string' ? longDay(day) : day)}
            />
            <Legend itemSorter={null} iconSize={10} wrapperStyle={{ fontSize: 12 }} />
            {SERIES.map(([key, name, color]) => (
              <Bar key={key} dataKey={key} name={name} stackId="done" fill={color} isAnimationActive={false} />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      {/* A table itself would not be cut to a pixel. */}
      <div className="sr-only">
        <table>
          <caption>Completed by day and priority</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {SERIES.map(([key, name]) => (
                <th key={key} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days
              .filter((day) => SERIES.some(([key]) => day[key] > 0))
              .map((day) => (
                <tr key={day.day}>
                  <th scope="row">{longDay(day.day)}</th>
                  {SERIES.map(([key]) => (
                    <td key={key}>{day[key]}</td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

function shortDay(day: string): string {
  return format({ day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
}
