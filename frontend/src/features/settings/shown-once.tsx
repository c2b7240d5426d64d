import type { ReactNode } from 'react';
import { Button } from '@/components/button';
import { tell, tellFailure } from '@/components/toasts';

interface Props {
  /** What it is, such as “token”. */
  what: string;
  secret: string;
  onDone: () => void;
  children: ReactNode;
}

/** A secret that is not shown again, in a dialog that is `kept`. */
export function ShownOnce({ what, secret, onDone, children }: Props) {
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => tell(`The ${what} is copied`),
      () => tellFailure(`The browser does not allow copying. Select the ${what} and copy it.`),
    );
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p>{children}</p>
      <code className="font-mono break-all select-all">{secret}</code>
      <div className="flex flex-wrap gap-2">
        <Button autoFocus onClick={() => void copy()}>
          Copy
        </Button>
        <Button look="main" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
