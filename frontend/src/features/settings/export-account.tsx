'use client';

import { useMutation } from '@tanstack/react-query';
import { Button } from '@/components/button';
import { tellFailure } from '@/components/toasts';
import { useProof } from '@/features/account/use-proof';
import { explain, problemOf } from '@/lib/api/problem';
import { authRequest } from '@/lib/auth/client';
import { authorised } from '@/lib/auth/token';
import { download } from '@/lib/download';
import { useUser } from '@/lib/user';
import { Entry, Group } from './setting';

/** Downloads everything that the suite has of the user. */
export function ExportAccount() {
  const { id } = useUser();
  const { proved, dialog } = useProof();
  const archive = useMutation({
    mutationFn: async () => {
      const { statement = '' } = await proved(() => authRequest('account-statement'));
      return fetchArchive(id, statement);
    },
    onSuccess: (file) => download(file, `todo-${new Date().toISOString().slice(0, 10)}.zip`),
    onError: (error) => tellFailure(explain(error)),
  });
  return (
    <Group title="Your data">
      <Entry
        title="Download everything"
        lines={['A ZIP file with your tasks, history, notifications, conversations and account, as JSON.']}
      >
        <Button aria-disabled={archive.isPending} onClick={() => !archive.isPending && archive.mutate()}>
          {archive.isPending ? 'Preparing…' : 'Download'}
        </Button>
      </Entry>
      {dialog}
    </Group>
  );
}

async function fetchArchive(userId: string, account: string): Promise<Blob> {
  const request = new Request(`/api/${encodeURIComponent(userId)}/export`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ account }),
  });
  const answer = await authorised(request);
  if (!answer.ok) throw problemOf(answer.status, await answer.json().catch(() => null));
  return answer.blob();
}
