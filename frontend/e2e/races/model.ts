/** What a person did, as the tasks that must be there in the end. */

export interface Item {
  title: string;
  description: string;
  tags: readonly string[];
  due: string | null;
  priority: 'High' | 'Medium' | 'Low' | 'None';
  repeats: string;
  reminders: readonly { minutes_before: number }[];
  /** `gone`: in the trash, or never created. */
  status: 'pending' | 'completed' | 'gone';
}

export const BLANK: Item = {
  title: '',
  description: '',
  tags: [],
  due: null,
  priority: 'None',
  repeats: 'none',
  reminders: [],
  status: 'pending',
};

/** Changes of one step, by the key of the task. */
type Changes = [key: string, fields: Partial<Item>][];
interface Step {
  before: Changes;
  after: Changes;
}

export class Model {
  /** The tasks by their first title. */
  readonly items = new Map<string, Item>();
  /** Places that the person gave: a task was put directly between two others. */
  places: { key: string; above: string | null; below: string | null }[] = [];
  /** Tasks that another client changed: the server undoes no earlier step of them. */
  private readonly touched = new Set<string>();
  /** Tasks that an undo changed, maybe one that was not sent yet. */
  private readonly returned = new Set<string>();
  private done: Step[] = [];
  private undone: Step[] = [];

  item(key: string): Item {
    const item = this.items.get(key);
    if (!item) throw new Error(`there is no ${key}`);
    return item;
  }

  keys(is: (item: Item) => boolean): string[] {
    return [...this.items].filter(([, item]) => is(item)).map(([key]) => key);
  }

  keyOf(title: string): string {
    const [key] = this.keys((item) => item.title === title);
    if (key === undefined) throw new Error(`no task has the title ${title}`);
    return key;
  }

  add(item: Partial<Item> & { title: string }): string {
    this.items.set(item.title, { ...BLANK, ...item, status: 'gone' });
    this.change([item.title], () => ({ status: 'pending' }));
    return item.title;
  }

  /** Changes tasks as one step, which an undo undoes. */
  change(keys: readonly string[], fieldsOf: (item: Item) => Partial<Item>): void {
    const changed = keys.filter((key) => differs(this.item(key), fieldsOf(this.item(key))));
    const after = changed.map((key): Changes[number] => [key, fieldsOf(this.item(key))]);
    this.undone = [];
    if (after.length === 0) return;
    this.done.push({ before: after.map(([key, fields]) => [key, pick(this.item(key), fields)]), after });
    this.put(after);
  }

  /** Puts a task between two others, maybe of another day, as a step. */
  place(key: string, above: string | null, below: string | null, fields: Partial<Item> = {}): void {
    this.undone = [];
    const step = { before: [[key, pick(this.item(key), fields)]] as Changes, after: [[key, fields]] as Changes };
    this.done.push(step);
    this.put(step.after);
    this.places.push({ key, above, below });
  }

  /** Adds a task as another client does. */
  addElsewhere(item: Partial<Item> & { title: string }): void {
    this.items.set(item.title, { ...BLANK, ...item });
  }

  /** Changes a task as another client does. Returns false for a task with an undo, which the server could refuse then. */
  changeElsewhere(key: string, fields: Partial<Item>): boolean {
    if (this.returned.has(key)) return false;
    this.touched.add(key);
    this.items.set(key, { ...this.item(key), ...fields });
    return true;
  }

  /** Returns null if the server might refuse it, otherwise whether there was something to undo. */
  undo(): boolean | null {
    return this.turn(this.done, this.undone, 'before');
  }

  redo(): boolean | null {
    return this.turn(this.undone, this.done, 'after');
  }

  /** A page that is loaded anew knows no steps. */
  forgetSteps(): void {
    this.done = [];
    this.undone = [];
  }

  private turn(from: Step[], to: Step[], side: keyof Step): boolean | null {
    const step = from.at(-1);
    if (!step) return false;
    const keys = step[side].map(([key]) => key);
    if (keys.some((key) => this.touched.has(key))) return null;
    from.pop();
    to.push(step);
    for (const key of keys) this.returned.add(key);
    this.put(step[side]);
    return true;
  }

  private put(changes: Changes): void {
    this.loosen(changes.filter(([, fields]) => isMove(fields)).map(([key]) => key));
    for (const [key, fields] of changes) this.items.set(key, { ...this.item(key), ...fields });
  }

  /** Forgets the places beside tasks that may have another place now. */
  private loosen(keys: readonly string[]): void {
    const isFree = (key: string | null) => key === null || !keys.includes(key);
    this.places = this.places.filter(({ key, above, below }) => [key, above, below].every(isFree));
  }
}

/** Whether a change can give a task another place. */
function isMove(fields: Partial<Item>): boolean {
  const names = Object.keys(fields);
  return names.length === 0 || names.some((name) => ['due', 'status'].includes(name));
}

function differs(item: Item, fields: Partial<Item>): boolean {
  return JSON.stringify({ ...item, ...fields }) !== JSON.stringify(item);
}

function pick(item: Item, fields: Partial<Item>): Partial<Item> {
  return Object.fromEntries((Object.keys(fields) as (keyof Item)[]).map((name) => [name, item[name]]));
}
