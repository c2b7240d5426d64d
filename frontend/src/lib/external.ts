/** A value outside React that components subscribe to. */
import { useSyncExternalStore } from 'react';

export class External<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private value: T) {}

  get = (): T => this.value;

  set(next: T | ((value: T) => T)): void {
    this.value = typeof next === 'function' ? (next as (value: T) => T)(this.value) : next;
    for (const listener of this.listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

export function useExternal<T>(external: External<T>): T {
  return useSyncExternalStore(external.subscribe, external.get, external.get);
}
