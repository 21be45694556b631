// One row of the form: label, control, hint, and what is wrong.
//
// Every control has `element` (what is shown), `target` (what gets the focus), `value()` (undefined when nothing is
// given; throws a Problem), `snapshot()`, `restore(snapshot)` and `summary()`. One that is made of several elements
// says `isGroup`. It tells of changes by an `input` event.

import { make } from "./dom.js";
import { ChoiceControl, RangeControl, SegmentsControl, ToggleControl } from "./form-choice.js";
import { FileControl } from "./form-file.js";
import { DocumentControl } from "./form-json.js";
import { ItemsControl } from "./form-list.js";
import { NumberControl, TextControl } from "./form-text.js";
import { say, text } from "./strings.js";
import { Problem, display, fieldKind, hasDefault } from "./values.js";

const controls = {
  file: FileControl, items: ItemsControl, toggle: ToggleControl, segments: SegmentsControl, choice: ChoiceControl,
  range: RangeControl, number: NumberControl, document: DocumentControl, line: TextControl, text: TextControl,
};
// Long enough not to complain about what is still being typed.
const checkDelay = 500;

export class Row {
  field;
  element;
  #control;
  #problem;
  #isTouched = false;
  #timer;

  constructor(field, onInput) {
    this.field = field;
    const kind = fieldKind(field);
    const id = `field-${field.name || "input"}`;
    this.#control = new controls[kind](field, kind);
    this.#problem = make("p", { id: `${id}-problem`, className: "problem", hidden: true });
    this.element = make("div", { className: "field" }, this.#heading(id), this.#control.element);
    this.element.dataset.kind = kind;
    const hint = this.#hint(id);
    if (hint) this.element.append(hint);
    this.element.append(this.#problem);
    this.#describe(id, hint !== undefined);
    this.#control.element.addEventListener("input", () => {
      this.#isTouched = true;
      this.showProblem();
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#check(), checkDelay);
      onInput();
    });
  }

  // The value to send; undefined leaves it out, so that the default applies.
  value() {
    clearTimeout(this.#timer);
    if (!this.#isTouched && !this.field.required) return undefined;
    const value = this.#control.value();
    if (value === undefined && this.field.required) throw new Problem("missing");
    return value;
  }

  // Says what the person can correct, or nothing.
  showProblem(problem) {
    this.showMessage(problem ? explain(problem) : "");
  }

  showMessage(message) {
    this.#problem.textContent = message;
    this.#problem.hidden = message === "";
    const { element, target } = this.#control;
    if (message) return target.setAttribute("aria-invalid", "true");
    for (const each of [target, ...element.querySelectorAll("[aria-invalid]")]) each.removeAttribute("aria-invalid");
  }

  focus() {
    (this.#control.focusTarget ?? this.#control.target).focus();
  }

  takeFiles(files) {
    return this.#control.takeFiles?.(files) ?? false;
  }

  snapshot() {
    return { name: this.field.name, value: this.#control.snapshot(), isTouched: this.#isTouched };
  }

  restore({ value, isTouched }) {
    this.#isTouched = isTouched;
    if (value !== undefined) this.#control.restore(value);
    this.showProblem();
  }

  summary() {
    return this.#control.summary().trim().slice(0, 200);
  }

  // Finds fault while the person types, but not with what is still empty.
  #check() {
    try {
      this.#control.value();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      this.showProblem(problem);
    }
  }

  #heading(id) {
    const name = this.field.name || "input";
    const heading = make("div", { className: "heading" });
    if (this.#control.isGroup) heading.append(make("span", { id: `${id}-label`, className: "label", textContent: name }));
    else heading.append(make("label", { htmlFor: id, id: `${id}-label`, className: "label", textContent: name }));
    heading.append(make("span", { className: "type", textContent: typeName(this.field), "aria-hidden": "true" }));
    if (this.field.required) heading.append(sayNew("span", "required", "required"));
    if (hasDefault(this.field)) {
      const shown = display(this.field.default);
      const code = make("code", { textContent: shown });
      heading.append(make("span", { className: "default", title: shown }, sayNew("span", "defaultIs"), " ", code));
    }
    return heading;
  }

  // What the file says about the field, and how its control is used.
  #hint(id) {
    const { description } = this.field;
    const usage = this.#control.hint;
    if (!description && !usage) return undefined;
    const hint = make("div", { id: `${id}-hint`, className: "hint" });
    if (description) hint.append(make("p", { textContent: description }));
    if (usage) hint.append(sayNew("p", usage));
    return hint;
  }

  #describe(id, hasHint) {
    const { target, isGroup } = this.#control;
    target.id = id;
    if (isGroup) {
      if (!target.hasAttribute("role")) target.setAttribute("role", "group");
      target.setAttribute("aria-labelledby", `${id}-label`);
    }
    target.setAttribute("aria-describedby", `${hasHint ? `${id}-hint ` : ""}${id}-problem`);
    if (this.field.required && !isGroup) target.setAttribute("aria-required", "true");
  }
}

function typeName({ type = "string", is_list: isList, format }) {
  return `${type}${isList ? "[]" : ""}${format ? `;${format}` : ""}`;
}

function sayNew(tag, name, className = "") {
  const element = make(tag, { className });
  say(element, name);
  return element;
}

function explain({ key, details }) {
  const message = text(key, details);
  return details.entry ? text("inEntry", { entry: details.entry, text: message }) : message;
}
