'use client';

import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from '@/components/icon-button';
import { useChange } from '@/features/tasks/data/mutations';
import { typedNow, UNDECIDED } from '@/features/tasks/data/understood';
import { useSettings } from '@/lib/account';
import { focusOn } from '@/lib/key-targets';
import { setParameters } from '@/lib/location';
import { browserLocale } from '@/lib/region';

const EXAMPLES: Record<string, readonly string[]> = {
  en: ['Pay rent every month on the 1st', 'Call mom tomorrow at 18:00 #family', 'Water the plants every Saturday'],
  de: ['Miete zahlen jeden Monat am 1.', 'Mama anrufen morgen um 18 Uhr #familie', 'Pflanzen gießen jeden Samstag'],
  es: [
    'Pagar el alquiler el 1 de cada mes',
    'Llamar a mamá mañana a las 18:00 #familia',
    'Regar las plantas cada sábado',
  ],
};

/** Lines that a new user can add with a click. `left` has the numbers of those that are left: a reload keeps them. */
export function Examples({ left }: { left: string }) {
  const settings = useSettings().data;
  const { create } = useChange();
  const list = useRef<HTMLUListElement>(null);
  const locale = settings?.locale ?? browserLocale();
  const language = locale?.slice(0, 2) ?? 'en';
  const lines = EXAMPLES[language] ?? EXAMPLES.en ?? [];
  const numbers = lines.map((_, at) => String(at + 1)).filter((number) => left.includes(number));

  function keep(rest: string[]): void {
    setParameters({ welcome: rest.join('') });
    if (rest.length === 0) focusOn('quick-add');
  }

  function add(number: string, line: string): void {
    create({ title: line }, { typed: typedNow(line, UNDECIDED, locale) });
    const rest = numbers.filter((other) => other !== number);
    // The button is about to go: the focus moves on before.
    const next = list.current?.querySelector<HTMLElement>(`button:not([data-number="${number}"])`);
    next?.focus();
    keep(rest);
  }

  if (!settings || numbers.length === 0) return null;
  return (
    <section aria-label="Examples" className="mx-auto mb-4 w-full max-w-column px-beside">
      <div className="rounded-card border border-edge p-3">
        <div className="mb-1 flex items-center">
          <h2 className="pl-2 text-meta text-quiet">Type a task with its date, or begin with one of these:</h2>
          <IconButton label="Hide the examples" icon={X} className="ml-auto text-quiet" onClick={() => keep([])} />
        </div>
        <ul ref={list} className="flex flex-col">
          {numbers.map((number) => {
            const line = lines[Number(number) - 1] ?? '';
            return (
              <li key={number}>
                <button
                  type="button"
                  data-number={number}
                  onClick={() => add(number, line)}
                  className="flex min-h-10 w-full items-center gap-2.5 rounded-row px-2 text-left hover:bg-hover"
                >
                  <Plus aria-hidden className="size-4 shrink-0 text-accent" />
                  {line}
                </button>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}
