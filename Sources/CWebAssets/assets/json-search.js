// Finds keys and values in a JSON value.

import { kindOf } from "./json-text.js";

// How many values are looked at before the page may do something else.
const slice = 4000;
export const maximumHits = 1000;

// The paths of what contains `words`, in the order of the document. `signal` ends the search.
export async function searchJSON(root, words, signal) {
  const wanted = words.toLowerCase();
  const hits = [];
  const stack = [{ value: root, path: [] }];
  for (let count = 1; stack.length > 0 && hits.length < maximumHits; count += 1) {
    if (count % slice === 0) {
      await new Promise((resolve) => { setTimeout(resolve); });
      signal.throwIfAborted();
    }
    const { value, path } = stack.pop();
    const kind = kindOf(value);
    const isParent = kind === "object" || kind === "list";
    const name = path.at(-1);
    const isNamed = typeof name === "string" && name.toLowerCase().includes(wanted);
    const shown = kind === "text" ? value : isParent ? "" : (JSON.stringify(value) ?? "null");
    if (isNamed || shown.toLowerCase().includes(wanted)) hits.push(path);
    if (!isParent) continue;
    const keys = kind === "list" ? value.keys() : Object.keys(value);
    // The last one is taken first, so the children go onto the stack backwards.
    for (const key of [...keys].reverse()) stack.push({ value: value[key], path: [...path, key] });
  }
  return hits;
}

// Whether a value holds more than `limit` values.
export function isLarge(root, limit) {
  let count = 0;
  const stack = [root];
  while (stack.length > 0) {
    const value = stack.pop();
    if (!["object", "list"].includes(kindOf(value))) continue;
    const children = Object.values(value);
    count += children.length;
    if (count > limit) return true;
    stack.push(...children);
  }
  return false;
}
