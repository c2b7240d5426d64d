'use client';

import { later } from './later';

/** The calendar is loaded when it is first shown; its place has its height until then. */
export const Calendar = later(
  () => import('./calendar').then((found) => found.Calendar),
  <div role="status" aria-label="Loading" className="h-[17.25rem]" />,
);
