/** Puts the keyboard on a row of the list once it is there, or on the list when it is not. */
export const LIST_ID = 'task-list';

export function focusList(id: number | null): void {
  requestAnimationFrame(() => {
    const list = document.getElementById(LIST_ID);
    (list?.querySelector<HTMLElement>(`[data-title="${id ?? ''}"]`) ?? list)?.focus();
  });
}
