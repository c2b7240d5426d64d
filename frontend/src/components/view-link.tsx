'use client';

import type { ComponentProps, MouseEvent } from 'react';
import { go } from '@/lib/location';

/** A link within the page. It navigates without a request to the server; modified clicks behave as on any link. */
export function ViewLink({ href, onClick, ...props }: ComponentProps<'a'> & { href: string }) {
  function follow(event: MouseEvent<HTMLAnchorElement>): void {
    onClick?.(event);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(href);
  }
  return <a href={href} onClick={follow} {...props} />;
}
