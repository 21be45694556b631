// A JSON value as a tree. Nothing is drawn before it is opened. One tab stop; the arrow keys move inside.

import { copyButton } from "./copy-button.js";
import { make } from "./dom.js";
import { childrenOf, drawRow, isParent } from "./json-row.js";
import { formatJSON, kindOf, pathText } from "./json-text.js";

// What a tree shows at first: as many levels as fit into these lines.
const firstLines = 40;

export class JSONTree {
  #list;
  #nodes = new WeakMap();
  #current;
  // The buttons of one line, and the item that they are for.
  #actions;
  #acted;

  // `name` stands before the whole value, if there is one.
  constructor(element, value, name) {
    this.#list = make("ul", { className: "json-tree", role: "tree" });
    this.#actions = make("span", { className: "json-actions" },
      copyButton(() => this.#copied(), "json.copyValue"),
      copyButton(() => pathText(this.#nodes.get(this.#acted).path), "json.copyPath"));
    const root = this.#draw({ name, value, path: [] }, 1);
    this.#list.append(root);
    this.#list.addEventListener("click", (event) => this.#press(event));
    this.#list.addEventListener("keydown", (event) => this.#move(event));
    this.#list.addEventListener("focusin", ({ target }) => this.#select(target.closest("li")));
    this.#list.addEventListener("pointerover", ({ target }) => this.#offerActions(target.closest("li")));
    root.tabIndex = 0;
    this.#current = root;
    element.append(this.#list);
    this.#openFirst(root);
  }

  // Opens everything around a place and shows it.
  reveal(path) {
    let item = this.#list.firstElementChild;
    for (;;) {
      const node = this.#nodes.get(item);
      if (!node.range && node.path.length === path.length) break;
      this.#open(item, true);
      const children = [...item.querySelector(":scope > ul").children];
      const next = children.find((child) => leadsTo(this.#nodes.get(child), path));
      if (!next) return;
      item = next;
    }
    this.#list.querySelector(".is-hit")?.classList.remove("is-hit");
    item.classList.add("is-hit");
    this.#select(item);
    item.firstElementChild.scrollIntoView({ block: "nearest" });
  }

  // MARK: Drawing

  #draw(node, level) {
    const item = make("li", { role: "treeitem", tabIndex: -1, "aria-level": String(level) }, drawRow(node));
    if (isParent(node)) item.setAttribute("aria-expanded", "false");
    this.#nodes.set(item, node);
    return item;
  }

  #open(item, isOpen) {
    if (!item.hasAttribute("aria-expanded")) return;
    item.setAttribute("aria-expanded", String(isOpen));
    let group = item.querySelector(":scope > ul");
    if (isOpen && !group) {
      const level = Number(item.getAttribute("aria-level")) + 1;
      group = make("ul", { role: "group" });
      group.append(...childrenOf(this.#nodes.get(item)).map((child) => this.#draw(child, level)));
      item.append(group);
    }
    if (group) group.hidden = !isOpen;
  }

  #openFirst(root) {
    let level = [root];
    for (let lines = 1; level.length > 0;) {
      const parents = level.filter((item) => item.hasAttribute("aria-expanded"));
      const added = parents.reduce((sum, item) => sum + childrenOf(this.#nodes.get(item)).length, 0);
      if (lines > 1 && lines + added > firstLines) return;
      for (const item of parents) this.#open(item, true);
      lines += added;
      level = parents.flatMap((item) => [...item.querySelector(":scope > ul").children]);
    }
  }

  // MARK: Moving

  #press({ target }) {
    const row = target.closest(".json-row");
    if (!row || target.closest("button") || getSelection()?.toString()) return;
    const item = row.parentElement;
    this.#select(item);
    this.#toggle(item);
  }

  #toggle(item) {
    this.#open(item, item.getAttribute("aria-expanded") !== "true");
  }

  #move(event) {
    if (event.target.closest("button") || event.ctrlKey || event.metaKey || event.altKey) return;
    const item = this.#current;
    const isOpen = item.getAttribute("aria-expanded") === "true";
    const shown = () => [...this.#list.querySelectorAll("li")].filter((each) => each.checkVisibility());
    const beside = (step) => {
      const items = shown();
      return items[items.indexOf(item) + step];
    };
    let next;
    switch (event.key) {
      case "ArrowDown": next = beside(1); break;
      case "ArrowUp": next = beside(-1); break;
      case "Home": next = this.#list.firstElementChild; break;
      case "End": next = shown().at(-1); break;
      case "Enter":
      case " ": this.#toggle(item); break;
      case "ArrowRight":
        if (isOpen) next = beside(1);
        else this.#open(item, true);
        break;
      case "ArrowLeft":
        if (isOpen) this.#open(item, false);
        else next = item.parentElement.closest("li");
        break;
      default: return;
    }
    event.preventDefault();
    next?.focus();
  }

  // The one tab stop of the tree.
  #select(item) {
    if (!item) return;
    this.#current.tabIndex = -1;
    item.tabIndex = 0;
    this.#current = item;
    this.#offerActions(item);
  }

  // One pair of buttons goes along, instead of a pair in each of thousands of lines.
  #offerActions(item) {
    const isInUse = this.#actions.contains(document.activeElement);
    if (!item || item === this.#acted || (isInUse && item !== this.#current)) return;
    this.#acted = item;
    this.#actions.lastElementChild.hidden = this.#nodes.get(item).path.length === 0;
    item.firstElementChild.append(this.#actions);
  }

  #copied() {
    const { value } = this.#nodes.get(this.#acted);
    return kindOf(value) === "text" ? value : formatJSON(value);
  }
}

function leadsTo(node, path) {
  const step = path[node.range ? node.path.length : node.path.length - 1];
  if (!node.range) return node.name === step;
  const index = typeof step === "number" ? step : Object.keys(node.value).indexOf(step);
  return index >= node.range[0] && index < node.range[1];
}
