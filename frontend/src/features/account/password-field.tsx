'use client';

import { useEffect, useRef } from 'react';
import { Field, Input } from '@/components/field';
import { MAX_PASSWORD, MIN_PASSWORD, PASSWORD_HINT } from '@/lib/auth/password-rules';
import type { Failure } from './use-attempt';

interface Props {
  label: string;
  name: string;
  isNew: boolean;
  failure: Failure | null;
}

/** A refused password has the focus: it is what has to be changed. */
export function PasswordField({ label, name, isNew, failure }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const error = failure?.field === 'password' && isNew ? failure.message : undefined;
  useEffect(() => {
    if (error !== undefined) input.current?.focus();
  }, [error]);
  return (
    <Field label={label} hint={isNew ? PASSWORD_HINT : undefined} error={error}>
      {(control) => (
        <Input
          {...control}
          ref={input}
          name={name}
          type="password"
          autoComplete={isNew ? 'new-password' : 'current-password'}
          required
          minLength={isNew ? MIN_PASSWORD : 1}
          maxLength={MAX_PASSWORD}
        />
      )}
    </Field>
  );
}

/** A failure that belongs to no field. */
export function FormFailure({ failure }: { failure: Failure | null }) {
  if (!failure || failure.field !== null) return null;
  return (
    <p role="alert" className="text-sm text-danger">
      {failure.message}
    </p>
  );
}
