import { Field, Input } from '@/components/field';

interface Props {
  /** Whether it takes the focus: it is the only field. */
  isFirst?: boolean;
}

/** The six-digit code of an authenticator app. */
export function CodeField({ isFirst = false }: Props) {
  return (
    <Field label="Code" hint="The six digits that your authenticator app shows">
      {(control) => (
        <Input
          {...control}
          name="code"
          autoComplete="one-time-code"
          inputMode="numeric"
          pattern="\s*(\d\s*){6}"
          maxLength={12}
          required
          ref={isFirst ? (input) => input?.focus() : undefined}
          className="font-mono"
        />
      )}
    </Field>
  );
}

/** The digits of a code: apps show them in groups. */
export function digitsOf(code: string | undefined): string {
  return (code ?? '').replace(/\s/g, '');
}
