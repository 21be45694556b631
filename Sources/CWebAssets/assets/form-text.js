// Controls for text and numbers.

import { make } from "./dom.js";
import { Problem, display, hasDefault, parse } from "./values.js";

// Types whose texts are long as a rule, and get more room from the start.
const longTypes = new Set(["text", "markdown", "base64"]);

// A text of one or more lines. The area grows with what is in it; only addresses and paths are kept to one line.
export class TextControl {
  target;
  element;
  #field;

  constructor(field, kind) {
    this.#field = field;
    const value = hasDefault(field) ? display(field.default) : "";
    this.element = this.target = kind === "line"
      ? make("input", { type: "text", value, spellcheck: false, autocapitalize: "off" })
      : make("textarea", { rows: longTypes.has(field.type) ? 5 : 1, value, spellcheck: field.type !== "base64" });
  }

  // Emptied by hand, a field with a default means the empty text, not the default.
  value() {
    const raw = this.target.value;
    return raw === "" && !hasDefault(this.#field) ? undefined : parse(this.#field, raw);
  }

  snapshot() { return this.target.value; }
  restore(value) { this.target.value = value; }
  summary() { return this.target.value; }
}

export class NumberControl {
  target;
  element;
  #field;

  constructor(field) {
    this.#field = field;
    const isInteger = field.type === "integer";
    const value = hasDefault(field) ? display(field.default) : "";
    this.element = this.target = make("input", {
      type: "number", step: isInteger ? "1" : "any", inputMode: isInteger ? "numeric" : "decimal", value,
      placeholder: value,
    });
  }

  value() {
    // A number field gives no text when it cannot read what was typed.
    if (this.target.validity.badInput) throw new Problem(this.#field.type === "integer" ? "notAnInteger" : "notANumber");
    return this.target.value === "" ? undefined : parse(this.#field, this.target.value);
  }

  snapshot() { return this.target.value; }
  restore(value) { this.target.value = value; }
  summary() { return this.target.value; }
}
