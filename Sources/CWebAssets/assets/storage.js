// Web storage that never throws: a browser may forbid it or have no room left.

class SafeStorage {
  #area;

  constructor(name) {
    try {
      this.#area = globalThis[name];
    } catch {
      this.#area = undefined;
    }
  }

  // The JSON value of a key, or undefined.
  read(key) {
    try {
      return JSON.parse(this.#area.getItem(key)) ?? undefined;
    } catch {
      return undefined;
    }
  }

  // Keeps a JSON value; undefined removes the key. Returns whether it was kept.
  write(key, value) {
    try {
      if (value === undefined) this.#area.removeItem(key);
      else this.#area.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }
}

// Until the browser's data are cleared.
export const lasting = new SafeStorage("localStorage");
// Until the tab is closed; survives a reload.
export const forThisTab = new SafeStorage("sessionStorage");
