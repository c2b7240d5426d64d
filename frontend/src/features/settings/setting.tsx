import { type ReactNode, type Ref, useId } from 'react';

interface GroupProps {
  title: string;
  /** What stands below all settings of the group. */
  note?: ReactNode;
  heading?: Ref<HTMLHeadingElement>;
  children: ReactNode;
}

/** Settings under a heading. */
export function Group({ title, note, heading, children }: GroupProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h2 id={id} ref={heading} tabIndex={-1} className="text-body font-semibold outline-none">
        {title}
      </h2>
      <div className="divide-y divide-edge rounded-card border border-edge">{children}</div>
      {note && <p className="text-xs text-quiet">{note}</p>}
    </section>
  );
}

const ROW = 'flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3';
const WORDS = 'min-w-0 flex-1 basis-52';

interface SettingProps {
  label: string;
  hint?: string;
  /** Whether the control is as narrow as a checkbox, and stays beside the label on a phone. */
  isSmall?: boolean;
  children: (control: { id: string; 'aria-describedby'?: string }) => ReactNode;
}

/** A setting: what it is, and its control beside it, or below it on a phone. */
export function Setting({ label, hint, isSmall = false, children }: SettingProps) {
  const id = useId();
  return (
    <div className={isSmall ? 'flex items-center gap-6 px-4 py-3' : ROW}>
      <div className={isSmall ? 'min-w-0 flex-1' : WORDS}>
        <label htmlFor={id} className="block text-sm">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-xs text-quiet">
            {hint}
          </p>
        )}
      </div>
      <div className={isSmall ? 'flex' : 'flex w-full sm:w-72'}>
        {children({ id, ...(hint ? { 'aria-describedby': `${id}-hint` } : {}) })}
      </div>
    </div>
  );
}

/** What is known of the account or of a device, with what can be done about it. */
export function Entry({ title, lines, children }: { title: string; lines: readonly string[]; children?: ReactNode }) {
  return (
    <div className={ROW}>
      <div className={WORDS}>
        <p className="text-sm break-words">{title}</p>
        {lines.map((line) => (
          <p key={line} className="text-xs break-words text-quiet">
            {line}
          </p>
        ))}
      </div>
      {children}
    </div>
  );
}
