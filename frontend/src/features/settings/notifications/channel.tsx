import type { ReactNode } from 'react';
import { Button } from '@/components/button';
import { explain } from '@/lib/api/problem';
import { useTest } from './queries';

interface Props {
  name: string;
  /** What it does at the moment. */
  note: string;
  /** What does not work, and the next step. */
  problem?: ReactNode;
  /** Why a change was not made. */
  error?: Error | null;
  children?: ReactNode;
}

/** A way that reminders take, with its buttons. */
export function Channel({ name, note, problem, error, children }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-44">
        <p className="break-words">{name}</p>
        <p className="text-xs break-words text-quiet">{note}</p>
        {problem && <p className="mt-1 text-xs break-words text-danger">{problem}</p>}
        {error && (
          <p role="alert" className="mt-1 text-xs break-words text-danger">
            {explain(error)}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">{children}</div>
    </div>
  );
}

interface TestProps {
  /** Null for e-mail. */
  device: string | null;
  /** "by e-mail", "to Chrome on Linux". */
  way: string;
}

export function TestButton({ device, way }: TestProps) {
  const test = useTest(device, way);
  return (
    <>
      <Button
        size="small"
        aria-label={`Send a test ${way}`}
        aria-disabled={test.isPending}
        onClick={() => !test.isPending && test.mutate()}
      >
        Send a test
      </Button>
      {test.error && (
        <p role="alert" className="w-full text-xs break-words text-danger">
          {explain(test.error)}
        </p>
      )}
    </>
  );
}
