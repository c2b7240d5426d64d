import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from '@/lib/classes';

const CONTROL =
  'h-9 w-full rounded-md border border-field bg-ground px-2.5 text-sm placeholder:text-quiet disabled:opacity-60';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={classes(CONTROL, className)} {...props} />;
}

export function Select({ className, ...props }: ComponentProps<'select'>) {
  return <select className={classes(CONTROL, 'pr-1', className)} {...props} />;
}

interface FieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  className?: string;
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}

/** A label with its control, and the error or a hint below. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  const described = note ? { 'aria-describedby': `${id}-note` } : {};
  return (
    <div className={classes('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium text-quiet">
        {label}
      </label>
      {children({ id, ...described, ...(error ? { 'aria-invalid': true as const } : {}) })}
      {note && (
        <p id={`${id}-note`} className={classes('text-xs', error ? 'text-danger' : 'text-quiet')}>
          {note}
        </p>
      )}
    </div>
  );
}
