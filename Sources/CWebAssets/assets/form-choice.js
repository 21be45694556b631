// Controls for choosing: menu, segments, switch, slider.

import { make } from "./dom.js";
import { say } from "./strings.js";
import { bounds, choices, display, hasDefault } from "./values.js";

// The chosen option, or undefined when none is. A default that is not among the options is one of its own.
function allOptions(field) {
  const options = choices(field);
  const preset = hasDefault(field) ? display(field.default) : undefined;
  return { options: preset === undefined || options.includes(preset) ? options : [preset, ...options], preset };
}

export class ChoiceControl {
  target;
  element;

  constructor(field) {
    const { options, preset } = allOptions(field);
    const select = make("select");
    if (preset === undefined) {
      const none = make("option", { value: "" });
      say(none, field.required ? "choose" : "none");
      select.append(none);
    }
    select.append(...options.map((option) => make("option", { value: option, textContent: option })));
    if (preset !== undefined) select.value = preset;
    this.target = select;
    this.element = make("div", { className: "menu" }, select);
  }

  value() { return this.target.value === "" ? undefined : this.target.value; }
  snapshot() { return this.target.value; }
  restore(value) {
    this.target.value = value;
    if (this.target.selectedIndex < 0) this.target.selectedIndex = 0;
  }
  summary() { return this.target.value; }
}

// A few short options side by side; radio buttons to the keyboard and to screen readers.
export class SegmentsControl {
  isGroup = true;
  target;
  element;
  #inputs;

  constructor(field) {
    const { options, preset } = allOptions(field);
    // Without a default, an optional field can be given back to "nothing chosen".
    const all = field.required || preset !== undefined ? options : ["", ...options];
    this.element = this.target = make("div", { className: "segments", role: "radiogroup" });
    if (field.required) this.element.setAttribute("aria-required", "true");
    this.#inputs = all.map((value) => {
      const checked = value === preset || (value === "" && preset === undefined);
      const input = make("input", { type: "radio", name: `segments-${field.name || "input"}`, value, checked });
      const caption = make("span", { textContent: value });
      if (value === "") say(caption, "none");
      this.element.append(make("label", {}, input, caption));
      return input;
    });
  }

  get focusTarget() { return this.#chosen ?? this.#inputs[0]; }
  get #chosen() { return this.#inputs.find((input) => input.checked); }

  value() { return this.#chosen?.value || undefined; }
  snapshot() { return this.#chosen?.value ?? null; }
  restore(value) {
    for (const input of this.#inputs) input.checked = input.value === value;
  }
  summary() { return this.#chosen?.value ?? ""; }
}

export class ToggleControl {
  target;
  element;

  constructor(field) {
    this.target = make("input", { type: "checkbox", role: "switch", checked: field.default === true });
    this.target.setAttribute("aria-label", field.name || "input");
    const words = make("span", { className: "toggle-words", "aria-hidden": "true" });
    for (const [className, name] of [["when-on", "on"], ["when-off", "off"]]) {
      const word = make("span", { className });
      say(word, name);
      words.append(word);
    }
    // The heading names the switch; the words beside it only show its state.
    this.element = make("label", { className: "toggle-line" }, this.target, words);
  }

  value() { return this.target.checked; }
  snapshot() { return this.target.checked; }
  restore(value) { this.target.checked = value; }
  summary() { return ""; }
}

// A slider with its value in figures, and its ends below.
export class RangeControl {
  target;
  element;
  #shown = make("output");

  constructor(field) {
    const { min, max, step } = bounds(field);
    const value = hasDefault(field) ? display(field.default) : String((Number(min) + Number(max)) / 2);
    // The value comes last: the browser cuts it to the bounds that it knows.
    this.target = Object.assign(make("input", { type: "range" }), { min, max, step, value });
    const ends = [make("span", { textContent: min }), make("span", { textContent: max })];
    this.element = make("div", {},
      make("div", { className: "range-line" }, this.target, this.#shown),
      make("div", { className: "range-ends", "aria-hidden": "true" }, ...ends));
    this.target.addEventListener("input", () => this.#show());
    this.#show();
  }

  value() { return Number(this.target.value); }
  snapshot() { return this.target.value; }
  restore(value) {
    this.target.value = value;
    this.#show();
  }
  summary() { return this.target.value; }

  #show() { this.#shown.textContent = this.target.value; }
}
