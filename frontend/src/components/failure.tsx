import { explain } from '@/lib/api/problem';
import { Button } from './button';

/** An error in place of the content, with a button to try again. */
export function Failure({ error, onAgain }: { error: Error; onAgain: () => void }) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 p-3 text-sm text-danger">
      <p>{explain(error)}</p>
      <Button size="small" onClick={onAgain}>
        Try again
      </Button>
    </div>
  );
}
