import { Failure } from '@/components/failure';
import { Group } from './setting';

interface Props {
  title: string;
  query: { error: Error | null; refetch: () => Promise<unknown> };
}

/** A group whose content is not there yet, or could not be loaded. */
export function Unloaded({ title, query: { error, refetch } }: Props) {
  return (
    <Group title={title}>
      {error ? (
        <Failure error={error} onAgain={() => void refetch()} />
      ) : (
        <p className="px-4 py-3 text-sm text-quiet">Loading…</p>
      )}
    </Group>
  );
}
