'use client';

import { Button } from '@/components/button';
import { tell, tellFailure } from '@/components/toasts';
import { download } from '@/lib/download';

/** The recovery codes, which are shown once. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const text = `${codes.join('\n')}\n`;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => tell('The codes are copied'),
      () => tellFailure('The browser does not allow copying. Download the codes.'),
    );

  const save = () => download(new Blob([text], { type: 'text/plain' }), 'todo-recovery-codes.txt');

  return (
    <div className="flex flex-col gap-3 text-sm">
      <p>Keep these codes where you find them without your phone. Each one works once instead of a code of the app.</p>
      <ul aria-label="Recovery codes" className="grid grid-cols-2 gap-1 font-mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void copy()}>Copy</Button>
        <Button onClick={save}>Download</Button>
        <Button look="main" onClick={onDone}>
          I have kept them
        </Button>
      </div>
      <p className="text-xs text-quiet">They are not shown again.</p>
    </div>
  );
}
