import { leave } from '@/features/account/session';
import { explain, Problem } from '@/lib/api/problem';
import { SignedOut } from '@/lib/auth/token';
import { External } from '@/lib/external';
import { type Action, type Ask, inputOf, type Item, type Page, type StreamEvent, type Thread } from './protocol';
import { ask, call } from './requests';
import { applied, Ending, isShown, lastMessage, messageOf, SENDING } from './transcript';

const PAGE = 40;
const CUT = 'The answer was cut off.';
const GONE = 'This conversation no longer exists. What you send now begins a new one.';
const FAILED = 'Something went wrong with the answer.';

/** The action offered after a failure: answer the last message again, or reload the conversation from the server. */
type Again = 'retry' | 'reload' | null;

export interface TalkState {
  /** Null before the first message. */
  thread: Pick<Thread, 'id' | 'title'> | null;
  /** Oldest first. */
  items: readonly Item[];
  /** The cursor of the page with earlier items; null if there are none. */
  earlier: string | null;
  loading: boolean;
  /** The assistant's progress text, which may be empty; null if no request is running. */
  working: string | null;
  /** Ids of cards whose button was pressed. They stay disabled even if the server has not replaced them. */
  answered: readonly string[];
  note: { text: string; failure: boolean; again: Again } | null;
}

const NEW: TalkState = {
  thread: null,
  items: [],
  earlier: null,
  loading: false,
  working: null,
  answered: [],
  note: null,
};

/** A conversation. Its request continues while the panel is closed or shows another conversation. */
export class Talk {
  readonly state: External<TalkState>;
  readonly draft = new External('');
  readonly key = crypto.randomUUID();
  private running: AbortController | null = null;

  constructor(
    private readonly userId: string,
    thread: TalkState['thread'] = null,
    private readonly onThread: (id: string) => void = () => undefined,
  ) {
    this.state = new External({ ...NEW, thread });
  }

  /** Shows the message at once and sends it. A message that the server has not confirmed becomes the draft again. */
  async send(text: string): Promise<void> {
    const { thread, items, working } = this.state.get();
    if (working !== null) return;
    this.patch({ items: [...items, messageOf(text)] });
    const input = inputOf(text);
    await this.run(
      thread
        ? { type: 'threads.add_user_message', params: { thread_id: thread.id, input } }
        : { type: 'threads.create', params: { input } },
      () => (this.isSending ? null : 'retry'),
    );
    if (!this.isSending) return;
    this.patch({ items: this.state.get().items.filter((item) => item.id !== SENDING) });
    this.draft.set((draft) => draft || text);
  }

  /** Requests a new answer to the last message. The server deletes the items after it. */
  async retry(): Promise<void> {
    const { thread, items } = this.state.get();
    const last = lastMessage(items);
    if (!thread || !last) return;
    await this.run(
      { type: 'threads.retry_after_item', params: { thread_id: thread.id, item_id: last.id } },
      () => 'retry',
      () => this.patch({ items: items.slice(0, items.indexOf(last) + 1) }),
    );
  }

  async act(itemId: string, action: Action): Promise<void> {
    const { thread, working, answered } = this.state.get();
    if (!thread || working !== null) return;
    const params = { thread_id: thread.id, item_id: itemId, action };
    const heard = await this.run({ type: 'threads.custom_action', params }, (begun) => (begun ? 'reload' : null));
    if (heard) this.patch({ answered: [...answered, itemId] });
  }

  stop(): void {
    this.running?.abort();
  }

  /** Loads the newest page of items from the server. */
  async load(): Promise<void> {
    const { thread, working } = this.state.get();
    if (!thread || working !== null) return;
    this.patch({ loading: true, note: null });
    try {
      const [known, page] = await Promise.all([
        call(this.userId, 'threads.get_by_id', { thread_id: thread.id }),
        this.page(thread.id),
      ]);
      // A request that started meanwhile has newer items.
      if (!this.running) this.patch({ thread: known, answered: [], ...page });
    } catch (error) {
      this.fail(error, 'reload');
    } finally {
      this.patch({ loading: false });
    }
  }

  async showEarlier(): Promise<void> {
    const { thread, earlier, loading } = this.state.get();
    if (!thread || !earlier || loading) return;
    this.patch({ loading: true });
    try {
      const page = await this.page(thread.id, earlier);
      this.patch({ items: [...page.items, ...this.state.get().items], earlier: page.earlier });
    } catch (error) {
      this.fail(error, null);
    } finally {
      this.patch({ loading: false });
    }
  }

  rename(title: string): void {
    const { thread } = this.state.get();
    if (thread) this.patch({ thread: { ...thread, title } });
  }

  /**
   * Sends a request and applies the events of its response. `again` returns the action to offer after a failure;
   * `begin` is called before the first event. Returns whether any event arrived.
   */
  private async run(body: Ask, again: (heard: boolean) => Again, begin?: () => void): Promise<boolean> {
    const { signal } = (this.running = new AbortController());
    this.patch({ working: '', note: null });
    const ending = new Ending();
    let heard = false;
    try {
      for await (const event of ask(this.userId, body, signal)) {
        if (!heard) begin?.();
        heard = true;
        ending.hear(event);
        this.hear(event, () => again(true));
      }
      if (!ending.reached) this.tell(CUT, again(heard));
    } catch (error) {
      if (signal.aborted) this.tell('Stopped.', again(heard), false);
      else if (heard && error instanceof TypeError) this.tell(CUT, again(heard));
      else this.fail(error, again(heard));
    } finally {
      this.running = null;
      this.patch({ working: null });
    }
    return heard;
  }

  private hear(event: StreamEvent, again: () => Again): void {
    this.patch({ items: applied(this.state.get().items, event) });
    switch (event.type) {
      case 'thread.created':
        this.onThread(event.thread.id);
        this.patch({ thread: event.thread });
        break;
      case 'thread.updated':
        this.patch({ thread: event.thread });
        break;
      case 'progress_update':
        this.patch({ working: event.text });
        break;
      case 'notice':
        this.tell(event.message, null, false);
        break;
      case 'error':
        this.tell(event.message ?? FAILED, event.allow_retry ? again() : null);
    }
  }

  private fail(error: unknown, again: Again): void {
    if (error instanceof SignedOut) leave();
    else if (error instanceof Problem && error.status === 404 && error.code !== 'item_not_found') {
      this.patch({ thread: null, items: this.state.get().items.filter((item) => item.id === SENDING), earlier: null });
      this.tell(GONE, null);
    } else this.tell(explain(error), again);
  }

  private tell(text: string, again: Again, failure = true): void {
    this.patch({ note: { text, failure, again } });
  }

  private async page(threadId: string, after?: string): Promise<Pick<TalkState, 'items' | 'earlier'>> {
    const params = { thread_id: threadId, limit: PAGE, order: 'desc' as const, ...(after ? { after } : {}) };
    const page: Page<Item> = await call(this.userId, 'items.list', params);
    return { items: page.data.filter(isShown).reverse(), earlier: page.has_more ? (page.after ?? null) : null };
  }

  private get isSending(): boolean {
    return this.state.get().items.some((item) => item.id === SENDING);
  }

  private patch(fields: Partial<TalkState>): void {
    this.state.set((state) => ({ ...state, ...fields }));
  }
}
