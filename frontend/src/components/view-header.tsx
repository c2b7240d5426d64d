import type { ReactNode } from 'react';

interface Props {
  title: string;
  /** What stands beside the title: a date or a number. */
  beside?: ReactNode;
  /** Quiet buttons on the right. */
  children?: ReactNode;
}

/** The header of a view. */
export function ViewHeader({ title, beside, children }: Props) {
  return (
    <div className="mx-auto flex w-full max-w-column shrink-0 items-center gap-3 px-beside pb-view max-md:pb-2 md:not-sidebar-hidden:pt-10">
      <div className="flex min-w-0 items-baseline gap-3">
        <h1 id="view-title" className="truncate text-view font-bold">
          {title}
        </h1>
        {beside}
      </div>
      <div className="-mr-2 ml-auto flex shrink-0 items-center text-quiet">{children}</div>
    </div>
  );
}
