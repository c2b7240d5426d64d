import { Bell, Calendar, Repeat, Tag } from 'lucide-react';

const ROWS = [
  { title: 'Water the plants', tag: 'home', tint: 'bg-tag-2', due: 'Today' },
  { title: 'Plan the team offsite', tag: 'work', tint: 'bg-tag-1', due: 'Tomorrow 14:30' },
  { title: 'Call the dentist', tag: 'health', tint: 'bg-tag-3', due: 'Friday' },
] as const;

const CHIPS = [
  { icon: Repeat, label: 'Every month on the last day' },
  { icon: Calendar, label: 'First 31 Dec, 9:00' },
  { icon: Tag, label: '#home' },
  { icon: Bell, label: '1 day before' },
] as const;

/** What the product is, for those who are not signed in: a sentence, and a picture made of its own parts. */
export function Intro() {
  return (
    <div className="flex w-full max-w-md flex-col gap-6 lg:max-w-lg">
      <p className="text-panel font-semibold text-balance lg:text-view">
        Type what is to be done and when, and it is on your list on the right day.
      </p>
      <div
        role="img"
        aria-label="A line that is being typed, with its date, tag and reminder recognised, above a list of tasks"
        className="rounded-card border border-edge bg-ground p-4 shadow-soft max-lg:hidden"
      >
        <div aria-hidden className="flex flex-col gap-4">
          <Line />
          <div className="flex flex-col">
            {ROWS.map(({ title, tag, tint, due }) => (
              <div key={title} className="flex items-center gap-2.5 py-2">
                <span className="size-4.5 shrink-0 rounded-full border-[1.5px] border-field" />
                <span className="truncate">{title}</span>
                <span className="ml-auto flex shrink-0 items-center gap-1.5 text-meta text-quiet">
                  <span className={`size-2 rounded-full ${tint}`} />
                  {tag}
                </span>
                <span className="shrink-0 text-meta text-quiet">{due}</span>
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

function Line() {
  const understood = 'underline decoration-accent decoration-2 underline-offset-4 [text-decoration-skip-ink:none]';
  return (
    <div className="flex flex-col gap-2.5 rounded-card bg-raised p-3 shadow-pop">
      <p>
        Pay rent <span className={understood}>every month on the last day</span>{' '}
        <span className={understood}>at 9am</span> <span className={understood}>#home</span>{' '}
        <span className={understood}>remind 1d</span>
      </p>
      <div className="flex flex-wrap gap-1">
        {CHIPS.map(({ icon: Icon, label }) => (
          <span
            key={label}
            className="inline-flex h-7 items-center gap-1.5 rounded-full border border-edge bg-sunken px-2.5 text-xs"
          >
            <Icon className="size-3.5 text-quiet" />
            {label}
          </span>
        ))}
      </div>
    </div>
  );
}
