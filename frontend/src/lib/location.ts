'use client';

/** The URL as the page's state: views change without a request to the server, and Back and Forward work. */
import { usePathname, useSearchParams } from 'next/navigation';

export function useViewName(): string {
  return usePathname().slice(1);
}

/**
 * An overlay over a view (the details of a task, the menu on a phone) is a parameter of the URL. Opening it adds a
 * marked history entry: Back closes the overlay, and closing it goes back.
 */
type Overlay = 'task' | 'menu';

interface Mark {
  overlay: true;
}

/** `history.back()` is asynchronous: the last change of the URL until then waits for it. */
let goingBack = false;
let waiting: (() => void) | null = null;

/** Goes to another path of the page. From the open menu, replaces the menu's history entry. */
export function go(path: string): void {
  if (goingBack) waiting = () => go(path);
  else if (mark() && parametersNow().has('menu')) window.history.replaceState(null, '', path);
  else window.history.pushState(null, '', path);
}

type Values = Record<string, string | string[] | null>;

/** Changes parameters of the URL. Null and empty values are removed. */
export function setParameters(values: Values): void {
  if (goingBack) waiting = () => setParameters(values);
  else window.history.replaceState(mark(), '', pathWith(values));
}

export { useSearchParams as useParameters };

/** Returns the number of the task whose details are open. It is negative while the task is being created. */
export function useOpenTask(): number | null {
  return taskIn(useSearchParams());
}

/** Not for components: they do not re-render when it changes. */
export function openTaskNow(): number | null {
  return taskIn(new URLSearchParams(window.location.search));
}

function taskIn(parameters: Pick<URLSearchParams, 'get'>): number | null {
  const text = parameters.get('task') ?? '';
  return /^(\d{1,10}|-\d{1,16})$/.test(text) ? Number(text) : null;
}

/** Replaces the temporary number of the open task with the one that the server assigned. */
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

/** Tasks that are opened one after another share one history entry. */
function open(name: Overlay, value: string): void {
  if (goingBack) waiting = () => open(name, value);
  else if (parametersNow().has(name)) setParameters({ [name]: value });
  else window.history.pushState({ overlay: true } satisfies Mark, '', pathWith({ [name]: value }));
}

/**
 * Goes back to the previous history entry and keeps parameters that have changed since, such as a filter. If the
 * current entry is not marked, as after following a link, replaces it.
 */
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
