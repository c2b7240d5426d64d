import { useMutation, useQueryClient } from '@tanstack/react-query';
import { tellFailure } from '@/components/toasts';
import { api, unwrap } from '@/lib/api/client';
import { explain } from '@/lib/api/problem';
import { keys } from '@/lib/query-keys';
import { useUser } from '@/lib/user';
import type { Overview } from './overview';
import { useOverview } from './queries';
import { foldedTag, type TagColor, type TagColors, tintOf } from './tags';

const NONE: TagColors = {};

export function useTagColors(): TagColors {
  return useOverview().data?.tag_colors ?? NONE;
}

/** Returns the function that returns the class of a tag's colour. */
export function useTint(): (tag: string) => string {
  const colors = useTagColors();
  return (tag) => tintOf(tag, colors);
}

/** Returns the function that sets the colour of a tag: at once, until the server refuses it. */
export function useTagColor(): (name: string, color: TagColor) => void {
  const { id } = useUser();
  const client = useQueryClient();
  const { mutate } = useMutation({
    scope: { id: 'tag colours' },
    mutationFn: (body: { name: string; color: TagColor }) =>
      unwrap(api.PUT('/api/{user_id}/tags/color', { params: { path: { user_id: id } }, body })),
    onMutate: async ({ name, color }) => {
      await client.cancelQueries({ queryKey: keys.overview });
      client.setQueryData<Overview>(
        keys.overview,
        (now) => now && { ...now, tag_colors: { ...now.tag_colors, [foldedTag(name)]: color } },
      );
    },
    onError: (error) => tellFailure(`The colour was not changed. ${explain(error)}`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.overview }),
  });
  return (name, color) => mutate({ name, color });
}
