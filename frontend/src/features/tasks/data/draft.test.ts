import { beforeEach, expect, it, vi } from 'vitest';

/** Loads the module anew, as a page does. */
async function load(userId: string) {
  vi.resetModules();
  const { addToDraft, clearDraft, restoreDraft, setDraft } = await import('./draft');
  restoreDraft(userId);
  return { addToDraft, clearDraft, setDraft };
}

const kept = () =>
  (JSON.parse(sessionStorage.getItem('quick-add') ?? 'null') as { draft: { text: string } } | null)?.draft;

beforeEach(() => sessionStorage.clear());

it('is there again after a reload, for the same account', async () => {
  (await load('ann')).setDraft({ text: 'Buy milk' });
  (await load('ann')).addToDraft('and bread');
  expect(kept()?.text).toBe('Buy milk and bread');
});

it('of another account is deleted, and never shown', async () => {
  (await load('ann')).setDraft({ text: 'Buy a ring for Bob' });
  const { addToDraft } = await load('bob');
  expect(kept()).toBeUndefined();
  addToDraft('Buy milk');
  expect(kept()?.text).toBe('Buy milk');
});

it('leaves nothing behind when it is cleared', async () => {
  const { setDraft, clearDraft } = await load('ann');
  setDraft({ text: 'Buy milk' });
  clearDraft();
  expect(sessionStorage.length).toBe(0);
});
