// One line of a JSON tree: key, value or count, and what is inside as nodes to be drawn when opened.

import { make } from "./dom.js";
import { kindOf } from "./json-text.js";
import { say } from "./strings.js";

const shortText = 300;
// More children than this are drawn in groups of ranges.
const groupSize = 100;

// A place in the tree: {name, value, path}, or {range: [from, to], value, path} for a part of a list or object.
export function childrenOf(node) {
  const { value, path } = node;
  const keys = kindOf(value) === "list" ? undefined : Object.keys(value);
  const [from, to] = node.range ?? [0, keys ? keys.length : value.length];
  if (to - from <= groupSize) {
    return Array.from({ length: to - from }, (_, index) => {
      const name = keys ? keys[from + index] : from + index;
      return { name, value: value[name], path: [...path, name] };
    });
  }
  const size = groupSize ** Math.ceil(Math.log(to - from) / Math.log(groupSize) - 1);
  const count = Math.ceil((to - from) / size);
  return Array.from({ length: count }, (_, index) => {
    const start = from + index * size;
    return { range: [start, Math.min(to, start + size)], value, path };
  });
}

export function isParent({ value }) {
  return value !== null && typeof value === "object" && kindOf(value) !== "number" && Object.keys(value).length > 0;
}

// The visible part of a line.
export function drawRow(node) {
  const row = make("div", { className: "json-row" });
  if (isParent(node)) row.append(make("span", { className: "json-arrow", "aria-hidden": "true" }));
  if (node.range) {
    row.append(make("span", { className: "json-range", textContent: `[${node.range[0]} … ${node.range[1] - 1}]` }));
    return row;
  }
  if (node.name !== undefined) {
    const key = make("span", { className: typeof node.name === "number" ? "json-index" : "json-key" });
    key.textContent = String(node.name);
    row.append(key, make("span", { className: "json-colon", textContent: ":" }));
  }
  row.append(...drawValue(node.value));
  return row;
}

function drawValue(value) {
  const kind = kindOf(value);
  if (kind === "object" || kind === "list") {
    const count = Object.keys(value).length;
    const counter = make("span", { className: "json-count" });
    if (count > 0) say(counter, `json.${kind}Count${count === 1 ? "One" : ""}`, { count: count.toLocaleString() });
    else counter.textContent = kind === "list" ? "[ ]" : "{ }";
    return [counter];
  }
  const content = JSON.stringify(value) ?? "null";
  const shown = make("span", { className: `json-value json-${kind}` });
  if (content.length <= shortText) {
    shown.textContent = content;
    return [shown];
  }
  shown.textContent = `${content.slice(0, shortText)}…`;
  const all = make("button", { type: "button", className: "quiet json-all" });
  say(all, "json.showAll", { count: content.length.toLocaleString() });
  all.addEventListener("click", (event) => {
    event.stopPropagation();
    shown.textContent = content;
    all.remove();
  });
  return [shown, all];
}
