// The runs of this browser, newest first, bounded in count and in size. No DOM here.
//
// Outputs are not kept but for their first line: the service has them, for as long as it keeps its runs.

const key = "model-compose.history";
const limits = { records: 50, characters: 250_000, inputs: 20_000 };
const ends = new Set(["done", "stopped", "failed"]);

// Whether a run has ended, as far as this page knows: it may have gone away before.
export function isOver({ state }) {
  return ends.has(state);
}

export class HistoryStore {
  #storage;

  constructor(storage) {
    this.#storage = storage;
  }

  // {id, taskId, workflowId, title, summary, inputs, state, startedAt, figures, line, error}
  get records() {
    const records = this.#storage.read(key);
    return Array.isArray(records) ? records : [];
  }

  add(record) {
    const isLong = JSON.stringify(record.inputs ?? null).length > limits.inputs;
    const kept = { ...record, inputs: isLong ? undefined : record.inputs };
    this.#write([kept, ...this.records.filter(({ id }) => id !== record.id)]);
  }

  // Notes what became of a run whose end is not known yet. It keeps its place.
  update(taskId, changes) {
    const isMeant = (record) => taskId !== undefined && record.taskId === taskId && !isOver(record);
    const { records } = this;
    if (!records.some(isMeant)) return;
    this.#write(records.map((record) => (isMeant(record) ? { ...record, ...changes } : record)));
  }

  remove(id) {
    this.#write(this.records.filter((record) => record.id !== id));
  }

  clear() {
    this.#storage.write(key, undefined);
  }

  exported() {
    return JSON.stringify({ format: "model-compose.history/1", runs: this.records }, undefined, 2);
  }

  #write(records) {
    const kept = records.slice(0, limits.records);
    while (kept.length > 0 && JSON.stringify(kept).length > limits.characters) kept.pop();
    // Other pages of this origin may have filled the storage: the oldest runs make room.
    while (!this.#storage.write(key, kept) && kept.length > 0) kept.pop();
  }
}

const stateOfTask = {
  pending: "waiting", processing: "waiting", interrupted: "interrupted", streaming: "streaming",
  completed: "done", failed: "failed", cancelling: "stopped", cancelled: "stopped",
};

// A state as the service lists it, in the words of this page.
export function recordOfTask({ task_id: taskId, status, workflow_id: workflowId }) {
  return { id: taskId, taskId, workflowId, state: stateOfTask[status] ?? "waiting", startedAt: timeOf(taskId) };
}

// A ULID begins with its time in milliseconds, as ten digits to the base 32.
export function timeOf(ulid) {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const digits = [...ulid.slice(0, 10)].map((letter) => alphabet.indexOf(letter));
  if (digits.length < 10 || digits.includes(-1)) return undefined;
  return digits.reduce((value, digit) => value * 32 + digit, 0);
}
