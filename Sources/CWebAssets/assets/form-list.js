// The editor for lists: one line per entry, that can be added, removed and moved, also by keyboard.

import { announce } from "./clipboard.js";
import { make } from "./dom.js";
import { kindOf, parseJSON } from "./json-text.js";
import { label, say } from "./strings.js";
import { Problem, displayItem, hasDefault, parseItem } from "./values.js";

export class ItemsControl {
  isGroup = true;
  hint = "itemsHint";
  target;
  element;
  #field;
  #list = make("ol", { className: "items" });
  #add = make("button", { type: "button", className: "secondary add" });

  constructor(field) {
    this.#field = field;
    say(this.#add, "addEntry");
    this.#add.addEventListener("click", () => this.#insert("", this.#list.children.length));
    this.element = this.target = make("div", { className: "list-editor" }, this.#list, this.#add);
    this.restore(hasDefault(field) ? [field.default].flat().map((value) => displayItem(field, value)) : [""]);
    this.#list.addEventListener("keydown", (event) => this.#onKey(event));
    this.#list.addEventListener("paste", (event) => this.#onPaste(event));
    this.#list.addEventListener("input", (event) => this.#showKind(event.target.closest("li")));
  }

  get focusTarget() { return this.#list.querySelector("[aria-invalid] textarea, textarea") ?? this.#add; }

  // Entries that are empty are left out.
  value() {
    const values = this.#texts.flatMap((text, index) => {
      if (text.trim() === "") return [];
      try {
        return [parseItem(this.#field, text)];
      } catch (problem) {
        if (problem instanceof Problem) this.#areas[index].setAttribute("aria-invalid", "true");
        throw problem instanceof Problem ? new Problem(problem.key, { ...problem.details, entry: index + 1 }) : problem;
      }
    });
    return values.length === 0 ? undefined : values;
  }

  snapshot() { return this.#texts; }
  restore(texts) {
    this.#list.replaceChildren(...texts.map((text) => this.#item(text)));
    this.#number();
  }
  summary() { return this.#texts.filter((text) => text !== "").join(", "); }

  get #areas() { return [...this.#list.querySelectorAll("textarea")]; }
  get #texts() { return this.#areas.map((area) => area.value); }

  #item(text) {
    const area = make("textarea", { rows: 1, value: text });
    const buttons = [["↑", "up"], ["↓", "down"], ["✕", "remove"]].map(([textContent, action]) => {
      const button = make("button", { type: "button", className: "icon small", textContent });
      button.dataset.action = action;
      button.addEventListener("click", () => this.#act(action, button.closest("li")));
      return button;
    });
    const item = make("li", {}, area, make("span", { className: "tag", "aria-hidden": "true" }), ...buttons);
    this.#showKind(item);
    return item;
  }

  // A list that holds anything says what each entry is taken for.
  #showKind(item) {
    if (this.#field.is_list) return;
    const { value } = item.querySelector("textarea");
    const kind = value.trim() === "" ? "" : kindOf(parseItem(this.#field, value));
    const tag = item.querySelector(".tag");
    if (kind) say(tag, `kind-${kind}`);
    else tag.replaceChildren();
  }

  #act(action, item) {
    const index = [...this.#list.children].indexOf(item);
    if (action === "remove") this.#remove(index);
    else this.#move(index, action === "up" ? -1 : 1, action);
  }

  #insert(text, index) {
    const item = this.#item(text);
    this.#list.insertBefore(item, this.#list.children[index] ?? null);
    this.#changed();
    item.querySelector("textarea").focus();
  }

  #remove(index) {
    this.#list.children[index].remove();
    this.#changed();
    announce("entryRemoved", { entry: index + 1 });
    (this.#areas[Math.max(0, index - 1)] ?? this.#add).focus();
  }

  // Keeps the focus where it was: on the entry, or on the button that was pressed.
  #move(index, by, action) {
    const item = this.#list.children[index];
    const other = this.#list.children[index + by];
    if (!other) return;
    if (by < 0) other.before(item);
    else other.after(item);
    this.#changed();
    item.querySelector(action ? `[data-action="${action}"]:enabled` : "textarea")?.focus();
    announce("entryMoved", { entry: index + by + 1 });
  }

  #changed() {
    this.#number();
    this.element.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #number() {
    const items = [...this.#list.children];
    items.forEach((item, index) => {
      const entry = index + 1;
      label(item.querySelector("textarea"), "entry", { entry });
      for (const button of item.querySelectorAll("button")) label(button, `entry-${button.dataset.action}`, { entry });
      item.querySelector('[data-action="up"]').disabled = index === 0;
      item.querySelector('[data-action="down"]').disabled = index === items.length - 1;
    });
  }

  #onKey(event) {
    if (event.isComposing || !(event.target instanceof HTMLTextAreaElement)) return;
    const index = this.#areas.indexOf(event.target);
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      this.#move(index, event.key === "ArrowUp" ? -1 : 1);
    } else if (event.key === "Enter" && isPlain) {
      event.preventDefault();
      this.#insert("", index + 1);
    } else if (event.key === "Backspace" && event.target.value === "" && this.#areas.length > 1) {
      event.preventDefault();
      this.#remove(index);
    }
  }

  // Several lines, or a whole list in JSON, become as many entries.
  #onPaste(event) {
    if (event.target.value !== "") return;
    const entries = this.#entries(event.clipboardData.getData("text"));
    if (entries.length < 2) return;
    event.preventDefault();
    const index = this.#areas.indexOf(event.target);
    this.#list.children[index].remove();
    entries.forEach((text, offset) => this.#insert(text, index + offset));
  }

  #entries(pasted) {
    try {
      const value = parseJSON(pasted);
      if (Array.isArray(value)) return value.map((each) => displayItem(this.#field, each));
    } catch {
      // No JSON: lines.
    }
    return pasted.split(/\r?\n/).filter((line) => line.trim() !== "");
  }
}
