'use client';

/** The address as the page's state: views change without asking the server, and back and forward work. */
import { usePathname, useSearchParams } from 'next/navigation';

export function useViewName(): string {
  return usePathname().slice(1);
}

/** Goes to another place within the page. */
export function go(path: string): void {
  window.history.pushState(null, '', path);
}

type Values = Record<string, string | string[] | null>;

/** Changes parameters of the address; null and what is empty is taken out. */
export function setParameters(values: Values, { push = false } = {}): void {
  const query = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(values)) {
    query.delete(name);
    for (const one of Array.isArray(value) ? value : [value]) if (one) query.append(name, one);
  }
  const text = query.toString();
  const path = window.location.pathname + (text ? `?${text}` : '');
  if (push) window.history.pushState(null, '', path);
  else window.history.replaceState(null, '', path);
}

export { useSearchParams as useParameters };

/** The number of the task whose details are open; below zero while the task is still being created. */
export function useOpenTask(): number | null {
  return taskIn(useSearchParams());
}

/** Not for components: they are not drawn again for it. */
export function openTaskNow(): number | null {
  return taskIn(new URLSearchParams(window.location.search));
}

function taskIn(parameters: Pick<URLSearchParams, 'get'>): number | null {
  const text = parameters.get('task') ?? '';
  return /^(\d{1,10}|-\d{1,16})$/.test(text) ? Number(text) : null;
}

/** The task has its number now. */
export function renumberOpenTask(from: number, to: number): void {
  if (openTaskNow() === from) openTask(to);
}

export function openTask(id: number | null): void {
  setParameters({ task: id === null ? null : String(id) });
}
