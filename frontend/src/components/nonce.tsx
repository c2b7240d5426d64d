'use client';

import { setNonce } from 'get-nonce';

/** Passes the page's nonce to libraries that add a style sheet at run time (dialogs that lock scrolling). */
export function Nonce({ value }: { value: string }) {
  if (typeof window !== 'undefined') setNonce(value);
  return null;
}
