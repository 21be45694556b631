// A JSON value with what large ones need: a search.

import { make, setText } from "./dom.js";
import { isLarge, maximumHits, searchJSON } from "./json-search.js";
import { JSONTree } from "./json-tree.js";
import { label } from "./strings.js";

// Values with more parts than this get a search field.
const searchFrom = 25;
const typingPause = 150;

export function createJSONView(value, name) {
  const element = make("div", { className: "json" });
  const frame = make("div", { className: "json-frame" });
  const tree = new JSONTree(frame, value, name);
  if (isLarge(value, searchFrom)) element.append(searchBar(value, tree));
  element.append(frame);
  return element;
}

function searchBar(value, tree) {
  const field = make("input", { type: "search", spellcheck: false, autocomplete: "off" });
  label(field, "json.search");
  field.dataset.textPlaceholder = "json.search";
  field.placeholder = field.title;
  const count = make("output", { className: "json-hits" });
  const buttons = [["‹", -1, "json.previous"], ["›", 1, "json.next"]].map(([sign, step, name]) => {
    const button = make("button", { type: "button", className: "secondary", textContent: sign, disabled: true });
    label(button, name);
    button.addEventListener("click", () => go(step));
    return button;
  });
  let hits = [];
  let index = 0;
  let controller = new AbortController();
  let timer;

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, typingPause);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    go(event.shiftKey ? -1 : 1);
  });

  async function search() {
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    try {
      const words = field.value.trim();
      const found = words === "" ? [] : await searchJSON(value, words, signal);
      if (signal.aborted) return;
      hits = found;
      index = 0;
      if (words === "") setText(count, "");
      else showHit();
      for (const button of buttons) button.disabled = hits.length < 2;
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  function go(step) {
    if (hits.length === 0) return;
    index = (index + step + hits.length) % hits.length;
    showHit();
  }

  function showHit() {
    const all = hits.length === maximumHits ? `${maximumHits}+` : String(hits.length);
    setText(count, hits.length === 0 ? "0" : `${index + 1} / ${all}`);
    if (hits.length > 0) tree.reveal(hits[index]);
  }

  return make("div", { className: "json-search", role: "search" }, field, count, ...buttons);
}
