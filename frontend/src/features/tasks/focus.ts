export const LIST_ID = 'task-list';

/** Puts the keyboard on the row with this key once it is there, or on the list when it is not. */
export function focusList(key: number | null): void {
  requestAnimationFrame(() => {
    const list = document.getElementById(LIST_ID);
    (list?.querySelector<HTMLElement>(`[data-title="${key ?? ''}"]`) ?? list)?.focus();
  });
}
