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

/** What can be done about a failure: the last message answered again, or what the server has shown. */
type Again = 'retry' | 'reload' | null;

export interface TalkState {
  /** None before the first message. */
  thread: Pick<Thread, 'id' | 'title'> | null;
  /** The oldest first. */
  items: readonly Item[];
  /** Where those before them go on. */
  earlier: string | null;
  loading: boolean;
  /** What the assistant is doing, maybe without words; null when it does nothing. */
  working: string | null;
  /** Cards whose button was pressed, and that may not have been replaced. */
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

/** A conversation. It goes on while the panel is closed or shows another one. */
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

  /** Shown at once. What does not arrive comes back as the draft. */
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

  /** Lets the last message be answered again; what it had led to is taken back by the server. */
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

  /** Shows the newest of what the server has. */
  async load(): Promise<void> {
    const { thread, working } = this.state.get();
    if (!thread || working !== null) return;
    this.patch({ loading: true, note: null });
    try {
      const [known, page] = await Promise.all([
        call(this.userId, 'threads.get_by_id', { thread_id: thread.id }),
        this.page(thread.id),
      ]);
      // What was sent meanwhile is newer.
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

  /** `again` says what can be done when it fails, `begin` is called when it is being answered. Tells whether it was. */
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
