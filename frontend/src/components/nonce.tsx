'use client';

import { setNonce } from 'get-nonce';

/** Tells the libraries that add a style sheet at run time (dialogs that hold the page still) the page's nonce. */
export function Nonce({ value }: { value: string }) {
  if (typeof window !== 'undefined') setNonce(value);
  return null;
}
