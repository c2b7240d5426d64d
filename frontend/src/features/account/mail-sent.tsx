import type { ReactNode } from 'react';

/** The form is gone: focus moves to what follows. */
const focus = (element: HTMLElement | null): void => element?.focus();

export function MailSent({ isStored, children }: { isStored: boolean; children: ReactNode }) {
  return (
    <section aria-label="Look at your mail" tabIndex={-1} ref={focus} className="flex flex-col gap-3 outline-none">
      <p className="text-sm">{children}</p>
      {isStored ? (
        <p className="text-sm text-quiet">
          This installation sends no mail: <code className="font-mono">make mail</code> shows it.
        </p>
      ) : (
        <p className="text-sm text-quiet">Nothing there? Look in the spam folder, or try again in a few minutes.</p>
      )}
    </section>
  );
}
