'use client';

/** The address as the page's state: views change without asking the server, and back and forward work. */
import { usePathname, useSearchParams } from 'next/navigation';

export function useViewName(): string {
  return usePathname().slice(1);
}

/**
 * What lies over a view (the details of a task, the menu of a phone) is a parameter of the address. Opening it adds an
 * entry to the history that is marked so: Back closes it, and closing it goes back.
 */
type Overlay = 'task' | 'menu';

interface Mark {
  overlay: true;
}

/** The browser goes back a moment later; what is done to the address until then waits for it. */
let goingBack = false;
let waiting: (() => void) | null = null;

/** Goes to another place within the page, from the menu without leaving an entry with the open menu. */
export function go(path: string): void {
  if (goingBack) waiting = () => go(path);
  else if (mark() && parametersNow().has('menu')) window.history.replaceState(null, '', path);
  else window.history.pushState(null, '', path);
}

type Values = Record<string, string | string[] | null>;

/** Changes parameters of the address; null and what is empty is taken out. */
export function setParameters(values: Values): void {
  if (goingBack) waiting = () => setParameters(values);
  else window.history.replaceState(mark(), '', pathWith(values));
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
  if (id === null) close('task');
  else open('task', String(id));
}

export function useIsMenuOpen(): boolean {
  return useSearchParams().has('menu');
}

export function openMenu(isOpen: boolean): void {
  if (isOpen) open('menu', 'open');
  else close('menu');
}

/** One entry for all tasks that are opened after each other. */
function open(name: Overlay, value: string): void {
  if (goingBack) waiting = () => open(name, value);
  else if (parametersNow().has(name)) setParameters({ [name]: value });
  else window.history.pushState({ overlay: true } satisfies Mark, '', pathWith({ [name]: value }));
}

/** Back to the entry before, with what was changed meanwhile, such as a filter. Without one, as after a link, in place. */
function close(name: Overlay): void {
  if (goingBack || !parametersNow().has(name)) return;
  if (!mark()) {
    setParameters({ [name]: null });
    return;
  }
  const path = pathWith({ [name]: null });
  goingBack = true;
  window.addEventListener('popstate', () => arrive(path), { once: true });
  window.history.back();
}

function arrive(path: string): void {
  goingBack = false;
  if (pathWith({}) !== path) window.history.replaceState(mark(), '', path);
  waiting?.();
  waiting = null;
}

function mark(): Mark | null {
  return (window.history.state as Partial<Mark> | null)?.overlay ? { overlay: true } : null;
}

function parametersNow(): URLSearchParams {
  return new URLSearchParams(window.location.search);
}

function pathWith(values: Values): string {
  const query = parametersNow();
  for (const [name, value] of Object.entries(values)) {
    query.delete(name);
    for (const one of Array.isArray(value) ? value : [value]) if (one) query.append(name, one);
  }
  const text = query.toString();
  return window.location.pathname + (text ? `?${text}` : '');
}
