import { go, parameterNow } from '@/lib/location';
import { useOverview } from './queries';
import { type Act, editOf } from './changes';
import type { Filters } from './lists';
import { useChange } from './mutations';
import type { Task } from './model';
import { useTasks } from './provider';
import { useTagColor, useTagColors } from './tag-colors';
import { colorOf, hasTag, isSameTag, retagged } from './tags';

/** Returns functions that change a tag in all tasks. Each is one step, which can be undone. */
export function useTagChanges() {
  const { matching } = useChange();
  const { store } = useTasks();
  const setColor = useTagColor();
  const colors = useTagColors();
  const tags = useOverview().data?.tags ?? [];
  const openOf = (tag: string) => tags.find(({ name }) => isSameTag(name, tag))?.open ?? 0;

  function retag(tag: string, to: string | null, said: string): void {
    const add = to === null ? [] : [to];
    const tasks = store.all((task) => task.status !== 'deleted' && hasTag(task.tags, tag));
    const edits = tasks.map((task) => editOf(task, { tags: retagged(task.tags, add, [tag]) }, { careful: false }));
    matching({
      where: filters('all', tag),
      excluded: [],
      operation: { op: 'retag', data: { add, remove: [tag] }, scope: 'this' },
      effect: { kind: 'edit', edits, scope: 'this' },
      count: openOf(tag),
      said,
    });
    const shown = parameterNow('name');
    if (shown !== null && isSameTag(shown, tag)) go(to === null ? '/all' : `/tag?name=${encodeURIComponent(to)}`);
  }

  return {
    /** Renames a tag. Onto another tag, merges them: the tasks of both have that one. */
    rename: (tag: string, to: string) => {
      const other = tags.find(({ name }) => isSameTag(name, to) && !isSameTag(name, tag));
      if (!other) setColor(to, colorOf(tag, colors));
      retag(tag, other?.name ?? to, other ? `#${tag} merged into #${other.name}` : `#${tag} renamed to #${to}`);
    },
    remove: (tag: string) => retag(tag, null, `#${tag} deleted`),
    completeAll: (tag: string) => {
      const isOpen = (task: Task) => task.status === 'pending' && hasTag(task.tags, tag);
      const ids = store.all(isOpen).map((task) => task.id);
      const effect: Act = { kind: 'act', action: 'complete', ids, scope: 'this' };
      const count = openOf(tag);
      matching({
        where: filters('pending', tag),
        excluded: [],
        operation: { op: 'complete', scope: 'this' },
        effect,
        count,
        said: count === 1 ? `1 task of #${tag} completed` : `${count.toLocaleString()} tasks of #${tag} completed`,
      });
    },
  };
}

function filters(status: Filters['status'], tag: string): Filters {
  return { status, priority: [], tags: [tag] };
}
