/**
 * One encrypted record in IndexedDB, of one owner. Its key cannot be exported and lies beside it, so that the record can
 * be read without a network. `destroy` deletes both. Every transaction is atomic: a crash leaves the former record.
 */
import { deleteDB, type IDBPObjectStore, openDB } from 'idb';

const NAME = 'offline';
const STORE = 'copy';
const IV_BYTES = 12;

export interface Seal {
  id: string;
  key: CryptoKey;
  owner: string;
  /** The version of the record's structure. A record of another version is dropped. */
  format: string;
  /** In milliseconds; after it the record is deleted instead of read. */
  expires: number;
}

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  content: ArrayBuffer;
}

/** Returns the seal for the owner's record. The record of another owner or format is deleted. */
export async function openSeal(owner: string, format: string, expires: number): Promise<Seal> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const fresh: Seal = { id: crypto.randomUUID(), key, owner, format, expires };
  return within(async (store) => {
    const known = (await store.get('seal')) as Seal | undefined;
    const isUsable = known?.owner === owner && known.format === format && known.expires > Date.now();
    const seal = isUsable ? { ...known, expires } : fresh;
    if (!isUsable) await store.clear();
    await store.put(seal, 'seal');
    return seal;
  });
}

/** Stores the record. Returns false if the seal was destroyed meanwhile, as by signing out in another tab. */
export async function write(seal: Seal, value: unknown): Promise<boolean> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const content = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, seal.key, plain);
  return within(async (store) => {
    const isValid = ((await store.get('seal')) as Seal | undefined)?.id === seal.id;
    if (isValid) await store.put({ iv, content } satisfies Sealed, 'record');
    return isValid;
  });
}

/** Returns the record, or null if there is none that can be used: what is left of it is deleted then. */
export async function read(format: string): Promise<unknown> {
  try {
    const [seal, sealed] = await within((store) =>
      Promise.all([store.get('seal') as Promise<Seal | undefined>, store.get('record') as Promise<Sealed | undefined>]),
    );
    if (!seal || !sealed) return null; // a page may be about to fill it
    if (seal.format !== format || seal.expires <= Date.now()) throw new Error('it is out of date');
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, seal.key, sealed.content);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch (error) {
    console.warn('the offline copy cannot be used and is deleted', error);
    await destroy();
    return null;
  }
}

/** Deletes record and key. Does nothing if the browser has no storage. */
export async function destroy(): Promise<void> {
  try {
    await within((store) => store.clear()); // at once, even if another tab still has the database open
    deleteDB(NAME).catch(() => undefined); // waits until the other tabs have closed it; nothing is in it
  } catch (error) {
    console.warn('the storage of this browser is closed', error);
  }
}

type Store = IDBPObjectStore<unknown, [typeof STORE], typeof STORE, 'readwrite'>;

/** Runs one transaction, and closes the database, so that another tab can delete it. */
async function within<T>(run: (store: Store) => Promise<T>): Promise<T> {
  const database = await openDB(NAME, 1, { upgrade: (made) => void made.createObjectStore(STORE) });
  try {
    const transaction = database.transaction(STORE, 'readwrite');
    const result = await run(transaction.store);
    await transaction.done;
    return result;
  } finally {
    database.close();
  }
}
