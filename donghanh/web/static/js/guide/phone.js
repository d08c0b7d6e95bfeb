// @ts-check
/** The phone's own memory: one record a procedure, gone after thirty days or when its owner says so. */

const NAME = "donghanh-guide";
const TABLE = "guides";
const KEPT_DAYS = 30;
const KEPT = KEPT_DAYS * 24 * 60 * 60 * 1000;

/** @typedef {{edition: string, answers: Record<string, any>, ticks: string[], names: [string, string][], at?: number}} Kept */

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(TABLE);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(table: IDBObjectStore) => IDBRequest<T>} verb
 * @returns {Promise<T>}
 */
async function within(mode, verb) {
  const database = await open();
  try {
    return await new Promise((done, failed) => {
      const act = database.transaction(TABLE, mode, { durability: "strict" });
      const asked = verb(act.objectStore(TABLE));
      act.oncomplete = () => done(asked.result);
      act.onerror = act.onabort = () => failed(act.error);
    });
  } finally {
    database.close();
  }
}

/** @param {string} key @returns {Promise<Kept | undefined>} */
export async function read(key) {
  const kept = await within("readonly", (table) => table.get(key)).catch(() => undefined);
  if (kept && Date.now() - (kept.at ?? 0) > KEPT) {
    await forget(key);
    return undefined;
  }
  return kept;
}

/**
 * Changes what is kept, in one act: a second tab of the same guide loses nothing by it.
 * @param {string} key
 * @param {Kept} fresh what is kept when there is nothing yet
 * @param {(kept: Kept) => void} apply
 */
export async function change(key, fresh, apply) {
  await within("readwrite", (table) => {
    const asked = table.get(key);
    asked.onsuccess = () => {
      const kept = asked.result ?? structuredClone(fresh);
      apply(kept);
      table.put({ ...kept, edition: fresh.edition, at: Date.now() }, key);
    };
    return asked;
  });
}

/** @param {string} [key] all of them without one */
export async function forget(key) {
  await within("readwrite", (table) => (key === undefined ? table.clear() : table.delete(key))).catch(() => undefined);
}
