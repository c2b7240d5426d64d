'use client';

/** The URL as the page's state: views change without a request to the server, and Back and Forward work. */
import { usePathname, useSearchParams } from 'next/navigation';
import { useSyncExternalStore } from 'react';

export function useViewName(): string {
  return usePathname().slice(1);
}

/** Not for components: they do not re-render when it changes. */
export function viewNow(): string {
  return window.location.pathname.slice(1);
}

/**
 * An overlay over a view (the details of a task, on a phone the menu and quick-add) is a parameter of the URL. Opening
 * it adds a marked history entry: Back closes the overlay, and closing it goes back.
 */
type Overlay = 'task' | 'menu' | 'add';

interface Mark {
  overlay: true;
}

/** The overlay that is being closed. `history.back()` is asynchronous: the last change of the URL waits for it. */
let closing: Overlay | null = null;
let waiting: (() => void) | null = null;

/** Goes to another path of the page. From the open menu, replaces the menu's history entry. */
export function go(path: string): void {
  if (closing) waiting = () => go(path);
  else if (mark() && parametersNow().has('menu')) write('replaceState', null, path);
  else write('pushState', null, path);
}

type Values = Record<string, string | string[] | null>;

/** Changes parameters of the URL. Null and empty values are removed. */
export function setParameters(values: Values): void {
  if (closing) waiting = () => setParameters(values);
  else write('replaceState', mark(), pathWith(values));
}

export { useSearchParams as useParameters };

/** Returns the number of the task whose details are open. It is negative while the task is being created. */
export function useOpenTask(): number | null {
  return useSyncExternalStore(subscribe, openTaskNow, () => null);
}

/** Not for components: they do not re-render when it changes. */
export function openTaskNow(): number | null {
  const text = (closing !== 'task' && parametersNow().get('task')) || '';
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
  return useSyncExternalStore(subscribe, isMenuOpen, () => false);
}

function isMenuOpen(): boolean {
  return closing !== 'menu' && parametersNow().has('menu');
}

/**
 * Overlays follow the URL at once, and close before `history.back()` has arrived. `useSearchParams` follows it later:
 * details would take the focus from what has been opened since.
 */
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

function announce(): void {
  for (const listener of listeners) listener();
}

function write(method: 'pushState' | 'replaceState', state: Mark | null, path: string): void {
  window.history[method](state, '', path);
  announce();
}

export function openMenu(isOpen: boolean): void {
  if (isOpen) open('menu', 'open');
  else close('menu');
}

/** Whether quick-add is open on a phone. */
export function useIsAdding(): boolean {
  return useSyncExternalStore(subscribe, isAdding, () => false);
}

function isAdding(): boolean {
  return closing !== 'add' && parametersNow().has('add');
}

export function openAdding(isOpen: boolean): void {
  if (isOpen) open('add', 'open');
  else close('add');
}

/** Returns the values of parameters that a link passed to the page, and removes them from the URL. */
export function takeParameters(...names: string[]): string[] {
  const values = names.flatMap((name) => parametersNow().getAll(name));
  if (values.length > 0) setParameters(Object.fromEntries(names.map((name) => [name, null])));
  return values;
}

/** Tasks that are opened one after another share one history entry. */
function open(name: Overlay, value: string): void {
  if (closing) waiting = () => open(name, value);
  else if (parametersNow().has(name)) setParameters({ [name]: value });
  else write('pushState', { overlay: true }, pathWith({ [name]: value }));
}

/**
 * Goes back to the previous history entry and keeps parameters that have changed since, such as a filter. If the
 * current entry is not marked, as after following a link, replaces it.
 */
function close(name: Overlay): void {
  if (closing || !parametersNow().has(name)) return;
  if (!mark()) {
    setParameters({ [name]: null });
    return;
  }
  const path = pathWith({ [name]: null });
  closing = name;
  window.addEventListener('popstate', () => arrive(path), { once: true });
  window.history.back();
  announce();
}

function arrive(path: string): void {
  closing = null;
  if (pathWith({}) !== path) write('replaceState', mark(), path);
  waiting?.();
  waiting = null;
}

function mark(): Mark | null {
  return (window.history.state as Partial<Mark> | null)?.overlay ? { overlay: true } : null;
}

/** Returns a parameter of the URL. Not for components: they do not re-render when it changes. */
export function parameterNow(name: string): string | null {
  return parametersNow().get(name);
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
