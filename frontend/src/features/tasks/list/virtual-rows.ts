/** Finds the rows of a long list that are in view. Only these are rendered, each at its place. */
import { External } from '@/lib/external';

/** Rows that are rendered above and below the view, for the keyboard and for fast scrolling. */
const AHEAD = 12;

interface Place {
  index: number;
  key: string | number;
  start: number;
}

/** Heights are estimates until a row is rendered, which measures it. */
export class VirtualRows {
  /** Changes whenever the list has to render again. */
  readonly changes = new External(0);
  private readonly heights = new Map<string, number>();
  private observer: ResizeObserver | null = null;
  private scroller: HTMLElement | null = null;
  private keys: readonly (string | number)[] = [];
  /** Where each row starts, and behind the last one where the list ends. */
  private starts: number[] = [0];
  private isMeasured = false;
  private range = { first: 0, last: -1 };

  /** Follows the scrolling of an element. Returns the function that ends this. */
  follow(scroller: HTMLElement): () => void {
    const look = () => this.look();
    this.scroller = scroller;
    scroller.addEventListener('scroll', look, { passive: true });
    this.observe(scroller);
    look();
    return () => {
      scroller.removeEventListener('scroll', look);
      this.observer?.disconnect();
      this.scroller = null;
    };
  }

  /** Measures a rendered row, which has its key in `data-key`. For `ref`. */
  measure = (row: HTMLElement | null): (() => void) | undefined => {
    if (!row) return undefined;
    this.observe(row);
    return () => this.observer?.unobserve(row);
  };

  /** Returns the rows to render and the height of the list. `keys` is another array whenever the rows have changed. */
  layout(keys: readonly (string | number)[], estimate: (index: number) => number): { places: Place[]; height: number } {
    if (keys !== this.keys || !this.isMeasured) {
      let end = 0;
      this.starts = [0, ...keys.map((key, index) => (end += this.heights.get(String(key)) ?? estimate(index)))];
      this.keys = keys;
      this.isMeasured = true;
    }
    this.range = this.inView();
    const { first, last } = this.range;
    const places = keys.slice(first, last + 1).map((key, at) => ({
      index: first + at,
      key,
      start: this.starts[first + at] ?? 0,
    }));
    return { places, height: this.starts.at(-1) ?? 0 };
  }

  /** Scrolls as little as possible until the row is in view. */
  scrollTo(index: number): void {
    const key = this.keys[index];
    this.reveal(index);
    // Rows that were rendered for this have been measured by then.
    requestAnimationFrame(() => {
      if (this.keys[index] === key) this.reveal(index);
    });
  }

  private reveal(index: number): void {
    if (!this.scroller) return;
    const { scrollTop, clientHeight } = this.scroller;
    const [start = 0, end = start] = this.starts.slice(index, index + 2);
    if (start < scrollTop) this.scroller.scrollTop = start;
    else if (end > scrollTop + clientHeight) this.scroller.scrollTop = end - clientHeight;
    this.look();
  }

  private observe(element: HTMLElement): void {
    this.observer ??= new ResizeObserver((entries) => this.resize(entries));
    this.observer.observe(element);
  }

  /** Renders again if other rows are in view. */
  private look(): void {
    const { first, last } = this.inView();
    if (first !== this.range.first || last !== this.range.last) this.renderAgain();
  }

  private inView(): { first: number; last: number } {
    const { scrollTop = 0, clientHeight = 0 } = this.scroller ?? {};
    const last = Math.min(this.at(scrollTop + clientHeight) + AHEAD, this.keys.length - 1);
    return { first: Math.max(0, this.at(scrollTop) - AHEAD), last };
  }

  /** Returns the index of the row at a height. */
  private at(y: number): number {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] ?? 0) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Takes over measured heights. What is in view stays there when a row above it has another height than estimated. */
  private resize(entries: readonly ResizeObserverEntry[]): void {
    let above = 0;
    let changed = false;
    for (const { target, borderBoxSize } of entries) {
      const { key, index } = (target as HTMLElement).dataset;
      const height = borderBoxSize[0]?.blockSize ?? 0;
      if (key === undefined || height === 0 || this.heights.get(key) === height) continue;
      const [start = 0, end = start] = this.starts.slice(Number(index), Number(index) + 2);
      this.heights.set(key, height);
      if (end - start === height) continue;
      changed = true;
      if (end <= (this.scroller?.scrollTop ?? 0)) above += height - (end - start);
    }
    if (changed) {
      this.isMeasured = false;
      this.renderAgain();
      if (above !== 0 && this.scroller) this.scroller.scrollTop += above;
    } else this.look();
  }

  private renderAgain(): void {
    this.changes.set((count) => count + 1);
  }
}
