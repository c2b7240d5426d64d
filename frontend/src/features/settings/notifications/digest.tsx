'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { Field } from '@/components/field';
import { TimeField } from '@/components/time-field';
import { tell } from '@/components/toasts';
import { useZone } from '@/lib/account';
import { type Digest as Stored, DIGEST, fetchDigest, turnDigestOff, turnDigestOn } from '@/lib/push/channels';
import { useUser } from '@/lib/user';
import { Channel } from './channel';

const NAME = 'Daily digest';
const USUAL = '07:00';

/** What is due, by mail, once a day at a time that the user chooses. */
export function Digest() {
  const { id } = useUser();
  const { data, error, refetch } = useQuery({ queryKey: DIGEST, queryFn: () => fetchDigest(id) });
  if (data) return <Loaded digest={data} />;
  return error && <Failure error={error} onAgain={() => void refetch()} />;
}

function Loaded({ digest: { available, address, send_at: sendAt, problem } }: { digest: Stored }) {
  const { id } = useUser();
  const zone = useZone();
  const client = useQueryClient();
  const set = useMutation({
    networkMode: 'always',
    mutationFn: (at: string | null) => (at === null ? turnDigestOff(id) : turnDigestOn(id, { sendAt: at, zone })),
    onSuccess: (stored, at) => {
      client.setQueryData(DIGEST, stored);
      tell(at === null ? 'The daily digest is off' : 'Saved');
    },
    onError: () => client.invalidateQueries({ queryKey: DIGEST }),
  });
  if (!available) return <Channel name={NAME} note="This installation sends no mail." />;
  const isOn = address !== null;
  return (
    <div role="group" aria-label={NAME}>
      <Channel
        name={NAME}
        note={isOn ? noteOf(address, zone) : 'Off. A mail each day with what is due and overdue'}
        problem={problem && `The last one did not arrive: ${problem}. Turn it off and on again when that is repaired.`}
        error={set.error}
      >
        <Button
          size="small"
          aria-label={isOn ? 'Turn off the daily digest' : 'Turn on the daily digest'}
          aria-disabled={set.isPending}
          onClick={() => !set.isPending && set.mutate(isOn ? null : USUAL)}
        >
          {isOn ? 'Turn off' : 'Turn on'}
        </Button>
      </Channel>
      {isOn && (
        <div className="px-4 pb-3">
          <Field label="Time" className="sm:w-40">
            {(control) => <TimeField {...control} value={sendAt ?? USUAL} onCommit={(at) => set.mutate(at)} />}
          </Field>
        </div>
      )}
    </div>
  );
}

function noteOf(address: string, zone: string): string {
  return `On: what is due comes to ${address}, in the time zone ${zone}. Days without anything have no mail`;
}
