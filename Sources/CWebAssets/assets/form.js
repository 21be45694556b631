// The form of one workflow, made from its inferred inputs.

import { text } from "./strings.js";
import { Problem, assemble, bounds, choices, display, fieldKind, parse } from "./values.js";

export class InputForm {
  #controls;

  // Fills `container` with one control per field.
  constructor(container, fields) {
    this.#controls = fields.map((field) => new Control(field));
    container.replaceChildren(...this.#controls.map((control) => control.row));
    if (fields.length === 0) container.append(make("p", { className: "hint", textContent: text("noInput") }));
  }

  // The input as the run request wants it, or undefined when something must be corrected;
  // then the fields say what, and the first of them has the focus.
  read() {
    const pairs = [];
    let firstFaulty;
    for (const control of this.#controls) {
      try {
        control.showProblem("");
        const value = control.value();
        if (value !== undefined) pairs.push([control.field.name, value]);
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        control.showProblem(explain(problem));
        firstFaulty ??= control;
      }
    }
    firstFaulty?.focus();
    return firstFaulty ? undefined : assemble(pairs);
  }

  // Shows what the server found wrong with a field. Returns whether there is such a field.
  showProblem(name, message) {
    const control = this.#controls.find((candidate) => candidate.field.name === name);
    control?.showProblem(message);
    return control !== undefined;
  }

  focus() {
    this.#controls[0]?.focus();
  }

  // What stands in the fields, to be given back to `restore`.
  snapshot() {
    return this.#controls.map((control) => control.snapshot());
  }

  restore(snapshot) {
    this.#controls.forEach((control, index) => control.restore(snapshot[index]));
  }

  // The first filled field, for a list of runs.
  summary() {
    return this.#controls.map((control) => control.summary()).find((summary) => summary !== "") ?? "";
  }
}

// One row of the form: label, control, hint and problem.
class Control {
  field;
  row;
  #kind;
  #element;
  #problem;
  #isTouched = false;
  #showRange = () => {};

  constructor(field) {
    this.field = field;
    this.#kind = fieldKind(field);
    const id = `field-${field.name || "input"}`;
    const describedBy = [`${id}-problem`];
    this.#element = makeControl(this.#kind, field);
    this.#element.id = id;
    this.#problem = make("p", { id: `${id}-problem`, className: "problem", hidden: true });
    this.row = make("div", { className: `field ${this.#kind}` });
    this.row.append(this.#heading(id));
    this.row.append(this.#wrapped());
    const hint = hintOf(this.#kind, field);
    if (hint) {
      this.row.append(make("p", { id: `${id}-hint`, className: "hint", textContent: hint }));
      describedBy.unshift(`${id}-hint`);
    }
    this.row.append(this.#problem);
    this.#element.setAttribute("aria-describedby", describedBy.join(" "));
    if (field.required && this.#kind !== "toggle") this.#element.setAttribute("aria-required", "true");
    this.#element.addEventListener("input", () => {
      this.#isTouched = true;
      this.showProblem("");
      this.#fitHeight();
    });
  }

  // The value to send; undefined leaves it out, so that the default applies.
  value() {
    const { field } = this;
    const isUntouched = !this.#isTouched && !field.required;
    if (this.#kind === "toggle") return isUntouched ? undefined : this.#element.checked;
    if (this.#kind === "range" && isUntouched) return undefined;
    // A number field gives no text when it cannot read what was typed.
    if (this.#element.validity.badInput) throw new Problem(field.type === "integer" ? "notAnInteger" : "notANumber");
    const raw = this.#element.value;
    if (raw === "") {
      if (field.required) throw new Problem("missing");
      return undefined;
    }
    const value = parse(field, raw);
    if (field.required && Array.isArray(value) && field.is_list && value.length === 0) throw new Problem("missing");
    return value;
  }

  showProblem(message) {
    this.#problem.textContent = message;
    this.#problem.hidden = message === "";
    if (message) this.#element.setAttribute("aria-invalid", "true");
    else this.#element.removeAttribute("aria-invalid");
  }

  focus() {
    this.#element.focus();
  }

  snapshot() {
    return { text: this.#element.value, isOn: this.#element.checked, isTouched: this.#isTouched };
  }

  restore({ text, isOn, isTouched }) {
    if (this.#kind === "toggle") this.#element.checked = isOn;
    else this.#element.value = text;
    this.#isTouched = isTouched;
    this.#showRange();
    this.showProblem("");
    this.#fitHeight();
  }

  summary() {
    return this.#kind === "toggle" ? "" : this.#element.value.trim().slice(0, 200);
  }

  #heading(id) {
    const heading = make("div", { className: "heading" });
    const label = make("label", { htmlFor: id, textContent: this.field.name || "input" });
    heading.append(label);
    if (this.field.required) heading.append(make("span", { className: "required", textContent: text("required") }));
    if (hasDefault(this.field)) {
      const shown = display(this.field.default);
      const note = make("span", { className: "default", title: shown });
      note.append(`${text("defaultIs")} `, make("code", { textContent: shown }));
      heading.append(note);
    }
    return heading;
  }

  // The control with what belongs beside it.
  #wrapped() {
    if (this.#kind === "toggle") return this.#toggle();
    return this.#kind === "range" ? this.#range() : this.#element;
  }

  // A slider with its value in figures.
  #range() {
    const wrapper = make("div", { className: "range-line" });
    const shown = make("output");
    shown.htmlFor = this.#element.id;
    this.#showRange = () => { shown.textContent = this.#element.value; };
    this.#element.addEventListener("input", this.#showRange);
    this.#showRange();
    wrapper.append(this.#element, shown);
    return wrapper;
  }

  #toggle() {
    const wrapper = make("label", { className: "toggle-line" });
    const words = make("span", { className: "toggle-words" });
    words.setAttribute("aria-hidden", "true");
    words.append(
      make("span", { className: "when-on", textContent: text("on") }),
      make("span", { className: "when-off", textContent: text("off") }),
    );
    // The heading names the switch; the words beside it only show its state.
    this.#element.setAttribute("aria-label", this.field.name || "input");
    wrapper.append(this.#element, words);
    return wrapper;
  }

  // Grows a text area with its text; the style sheet sets the limits.
  #fitHeight() {
    if (!(this.#element instanceof HTMLTextAreaElement)) return;
    this.#element.style.height = "auto";
    this.#element.style.height = `${this.#element.scrollHeight + 2}px`;
  }
}

function makeControl(kind, field) {
  switch (kind) {
    case "toggle": return make("input", { type: "checkbox", checked: field.default === true, ...{ role: "switch" } });
    case "choice": return makeChoice(field);
    case "range": return make("input", { type: "range", ...bounds(field), value: startOfRange(field) });
    case "number": {
      const step = field.type === "integer" ? "1" : "any";
      return make("input", { type: "number", step, inputMode: "decimal", placeholder: placeholder(field) });
    }
    default: return makeTextArea(kind, field);
  }
}

// Where a slider stands at first: at its default, else in the middle.
function startOfRange(field) {
  const { min, max } = bounds(field);
  return hasDefault(field) ? display(field.default) : String((Number(min) + Number(max)) / 2);
}

// The default is an entry of its own, so that choosing it leaves the field out.
function makeChoice(field) {
  const select = make("select");
  const options = choices(field);
  const preset = hasDefault(field) ? display(field.default) : undefined;
  if (preset === undefined) {
    select.append(make("option", { value: "", textContent: text(field.required ? "choose" : "none") }));
  } else if (!options.includes(preset)) {
    select.append(make("option", { value: "", textContent: preset }));
  }
  for (const option of options) {
    const isDefault = option === preset;
    select.append(make("option", { value: isDefault ? "" : option, textContent: option, selected: isDefault }));
  }
  return select;
}

function makeTextArea(kind, field) {
  const isShort = kind === "text" && (field.type ?? "string") !== "text" && field.type !== "markdown";
  const area = make("textarea", { rows: isShort ? 1 : kind === "text" ? 5 : 3, placeholder: placeholder(field) });
  area.spellcheck = kind === "text";
  if (kind === "document") area.classList.add("code");
  return area;
}

function placeholder(field) {
  if (!hasDefault(field)) return "";
  const values = field.is_list && Array.isArray(field.default) ? field.default : [field.default];
  return values.map(display).join("\n");
}

function hintOf(kind, field) {
  const form = { lines: text("onePerLine"), document: text("json") }[kind];
  return [field.description, form].filter(Boolean).join(" · ");
}

function hasDefault(field) {
  return field.default !== undefined && field.default !== null;
}

function explain(problem) {
  const message = text(problem.key, problem.details);
  return problem.details.line ? text("inLine", { line: problem.details.line, text: message }) : message;
}

function make(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
