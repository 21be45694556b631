// The form of one workflow, made from its inferred inputs.

import { make } from "./dom.js";
import { Row } from "./form-row.js";
import { say } from "./strings.js";
import { Problem } from "./values.js";

export class InputForm {
  #rows;

  // Fills `container` with one row per field; `onInput` is called when something was changed.
  constructor(container, fields, onInput) {
    this.#rows = fields.map((field) => new Row(field, onInput));
    container.replaceChildren(...this.#rows.map((row) => row.element));
    if (fields.length > 0) return;
    const note = make("p", { className: "hint" });
    say(note, "noInput");
    container.append(note);
  }

  // The input as [name, value, isList] entries, or undefined when something must be corrected; then the fields say what,
  // and the first of them has the focus.
  read() {
    const pairs = [];
    let firstFaulty;
    for (const row of this.#rows) {
      try {
        row.showProblem();
        const value = row.value();
        if (value !== undefined) pairs.push([row.field.name, value, row.field.is_list]);
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        row.showProblem(problem);
        firstFaulty ??= row;
      }
    }
    firstFaulty?.focus();
    return firstFaulty ? undefined : pairs;
  }

  // The entries as far as they can be used, for looking at: nothing is found fault with.
  peek() {
    return this.#rows.flatMap((row) => {
      try {
        const value = row.value();
        return value === undefined ? [] : [[row.field.name, value, row.field.is_list]];
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        return [];
      }
    });
  }

  // Shows what the service found wrong at the field that it names, by a member or in its message.
  // Returns whether there is such a field.
  showRefusal({ field: name, message = "" }) {
    const row = this.#rows.find(({ field }) => (name ? field.name === name : isNamed(field.name, message)));
    row?.showMessage(message);
    row?.focus();
    return row !== undefined;
  }

  focus() {
    this.#rows[0]?.focus();
  }

  // Takes files that were pasted; returns whether a field has use for one.
  takeFiles(files) {
    return this.#rows.some((row) => row.takeFiles(files));
  }

  // What stands in the fields, to be given back to `restore`; files are left out.
  snapshot() {
    return this.#rows.map((row) => row.snapshot());
  }

  restore(snapshot) {
    this.#rows.forEach((row, index) => {
      const own = snapshot?.[index];
      // The file may have changed since; what was typed for another input is no use here.
      if (own && own.name === row.field.name) row.restore(own);
    });
  }

  // The first filled field, for a list of runs.
  summary() {
    return this.#rows.map((row) => row.summary()).find((summary) => summary !== "") ?? "";
  }
}

// The service writes the names of inputs in quotes: `input 'prompt' is missing`.
function isNamed(name, message) {
  return Boolean(name) && [`'${name}'`, `'input.${name}'`, `\`${name}\``, `"${name}"`].some((each) => message.includes(each));
}
