// One question: its message, what the file adds to it, and the field for the answer.

import { make } from "./dom.js";
import { parseJSON } from "./json-text.js";
import { createJSONView } from "./json-view.js";
import { MarkdownView } from "./markdown/view.js";
import { say, text } from "./strings.js";

const modes = ["text", "json", "continue"];
let count = 0;

export class InterruptPoint {
  id;
  element;
  #mode = "text";
  #buttons = new Map();
  #field;
  #problem;
  #onChange;

  constructor({ id, job_id: job, phase, message, metadata }, onChange) {
    this.id = id;
    this.#onChange = onChange;
    count += 1;
    const key = `interrupt-${count}`;
    const question = make("div", { id: `${key}-message`, className: "interrupt-message" });
    const view = new MarkdownView(question);
    view.append(typeof message === "string" && message !== "" ? message : text("interrupt.noMessage"));
    view.finish();
    this.#field = make("textarea", { rows: 3, spellcheck: true, "aria-describedby": `${key}-message ${key}-problem` });
    this.#field.setAttribute("aria-label", text("interrupt.answer"));
    this.#field.dataset.textLabel = "interrupt.answer";
    this.#field.addEventListener("input", () => this.#validate());
    this.#problem = make("p", { id: `${key}-problem`, className: "interrupt-problem", "aria-live": "polite" });
    const legend = make("legend", {}, where(job, phase));
    this.element = make("fieldset", { className: "interrupt-point" }, legend, question);
    if (hasContent(metadata)) this.element.append(this.#details(metadata));
    this.element.append(this.#makeModes(), this.#field, this.#problem);
    this.#use("text");
  }

  // The run goes on without a value.
  get isContinue() {
    return this.#mode === "continue";
  }

  get answer() {
    if (this.isContinue) return null;
    return this.#mode === "json" ? parseJSON(this.#field.value) : this.#field.value;
  }

  // Whether the answer can be sent; says why not.
  check() {
    return this.#validate(true);
  }

  focus() {
    if (this.isContinue) this.#buttons.get("continue").focus();
    else this.#field.focus();
  }

  #details(metadata) {
    const summary = make("summary");
    say(summary, "interrupt.details");
    return make("details", { className: "interrupt-details", open: true }, summary, createJSONView(metadata));
  }

  #makeModes() {
    const group = make("div", { className: "switch", role: "group", "aria-label": text("interrupt.kind") });
    group.dataset.textLabel = "interrupt.kind";
    for (const mode of modes) {
      const button = make("button", { type: "button" });
      say(button, `interrupt.as.${mode}`);
      button.addEventListener("click", () => {
        this.#use(mode);
        if (mode !== "continue") this.#field.focus();
      });
      this.#buttons.set(mode, button);
      group.append(button);
    }
    return group;
  }

  #use(mode) {
    this.#mode = mode;
    for (const [each, button] of this.#buttons) button.setAttribute("aria-pressed", String(each === mode));
    this.#field.hidden = mode === "continue";
    this.#field.classList.toggle("code", mode === "json");
    this.#field.spellcheck = mode === "text";
    this.#validate();
    this.#onChange();
  }

  // While it is being typed, an empty field is no mistake yet.
  #validate(isFinal = false) {
    const isEmpty = this.#field.value.trim() === "";
    let problem;
    if (!this.isContinue && isEmpty && isFinal) problem = ["interrupt.missing"];
    else if (this.#mode === "json" && !isEmpty) problem = notJSON(this.#field.value);
    this.#field.setAttribute("aria-invalid", String(problem !== undefined));
    if (problem) {
      say(this.#problem, ...problem);
    } else {
      delete this.#problem.dataset.text;
      this.#problem.textContent = "";
    }
    return problem === undefined;
  }
}

function notJSON(content) {
  try {
    parseJSON(content);
    return undefined;
  } catch (error) {
    return ["interrupt.notJSON", { reason: error.message }];
  }
}

function where(job, phase) {
  const place = make("span");
  const name = job && !/^__.*__$/.test(job) ? job : "";
  const key = phase === "before" || phase === "after" ? `interrupt.${phase}` : "interrupt.at";
  say(place, name ? key : `${key}Unnamed`, { job: name });
  return place;
}

function hasContent(value) {
  return value !== undefined && value !== null && (typeof value !== "object" || Object.keys(value).length > 0);
}
