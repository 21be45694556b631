// The editor for JSON: says at once what does not read, and can bring it into shape.

import { make } from "./dom.js";
import { formatJSON, kindOf } from "./json-text.js";
import { say } from "./strings.js";
import { hasDefault, parse } from "./values.js";

export class DocumentControl {
  target;
  element;
  #field;
  #format = make("button", { type: "button", className: "quiet" });
  #kind = make("span", { className: "tag" });

  constructor(field) {
    this.#field = field;
    const value = hasDefault(field) ? formatJSON(field.default) : "";
    const placeholder = field.type === "object" ? "{ }" : "";
    this.target = make("textarea", { className: "code", rows: 4, value, spellcheck: false, placeholder });
    say(this.#format, "formatJSON");
    this.#format.addEventListener("click", () => this.#bringIntoShape());
    this.target.addEventListener("input", () => this.#showKind());
    this.element = make("div", { className: "editor" }, this.target,
      make("div", { className: "editor-foot" }, this.#kind, this.#format));
    this.#showKind();
  }

  value() {
    const raw = this.target.value;
    return raw.trim() === "" ? undefined : parse(this.#field, raw);
  }

  snapshot() { return this.target.value; }
  restore(value) {
    this.target.value = value;
    this.#showKind();
  }
  summary() { return this.target.value.replaceAll(/\s+/g, " "); }

  // What the text stands for; nothing while it does not read.
  #showKind() {
    let kind = "";
    try {
      const value = this.value();
      if (value !== undefined) kind = kindOf(value);
    } catch {
      kind = "";
    }
    this.#format.disabled = kind === "";
    if (kind) say(this.#kind, `kind-${kind}`);
    else this.#kind.replaceChildren();
    this.#kind.hidden = kind === "";
  }

  #bringIntoShape() {
    this.target.value = formatJSON(this.value());
    this.target.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
