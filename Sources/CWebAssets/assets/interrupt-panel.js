// The questions at which a run waits, to be answered where they are read.

import { announce } from "./clipboard.js";
import { make } from "./dom.js";
import { showError } from "./error-panel.js";
import { InterruptPoint } from "./interrupt-point.js";
import { say, text } from "./strings.js";

export class InterruptPanel {
  #element;
  #onAnswer;
  #points = [];
  #send;
  #error = make("div", { className: "interrupt-error", role: "alert", hidden: true });

  // `onAnswer` gets {id: value} for all points; when it returns a promise, that one's failure is shown.
  constructor(element, { onAnswer }) {
    this.#element = element;
    this.#onAnswer = onAnswer;
    element.classList.add("interrupt");
    element.hidden = true;
  }

  // Shows the points. Those that are there already keep what was typed.
  show(points) {
    const ids = (list) => JSON.stringify(list.map(({ id }) => id));
    if (!this.#element.hidden && ids(points) === ids(this.#points)) return;
    if (points.length === 0) return this.hide();
    const known = new Map(this.#points.map((point) => [point.id, point]));
    this.#points = points.map((point) => known.get(point.id) ?? new InterruptPoint(point, () => this.#showSend()));
    this.#draw();
    this.#element.hidden = false;
    announce("interrupt.announced", { count: points.length });
    // A touch keyboard would cover the question.
    if (matchMedia("(hover: hover)").matches) this.#points[0].focus();
    else this.#element.querySelector("h3").focus();
    this.#element.scrollIntoView({ block: "nearest" });
  }

  hide() {
    this.#points = [];
    this.#element.hidden = true;
    this.#element.replaceChildren();
  }

  #draw() {
    const title = make("h3", { tabIndex: -1 });
    if (this.#points.length === 1) say(title, "interrupt.title");
    else say(title, "interrupt.titleMany", { count: this.#points.length });
    this.#send = make("button", { type: "submit", className: "primary" });
    const keys = make("span", { className: "interrupt-keys", textContent: "Ctrl Enter" });
    const foot = make("div", { className: "interrupt-foot" }, this.#send, keys);
    const questions = this.#points.map(({ element }) => element);
    const form = make("form", { noValidate: true, autocomplete: "off" }, title, ...questions, this.#error, foot);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    form.addEventListener("keydown", (event) => {
      if (event.isComposing || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      // The page runs the workflow by the same keys.
      event.preventDefault();
      event.stopPropagation();
      this.#submit();
    });
    this.#error.hidden = true;
    this.#element.replaceChildren(form);
    this.#showSend();
  }

  #showSend() {
    if (!this.#send) return;
    const isContinue = this.#points.every((point) => point.isContinue);
    const send = this.#points.length > 1 ? "interrupt.sendAll" : "interrupt.send";
    say(this.#send, isContinue ? "interrupt.continue" : send);
  }

  async #submit() {
    if (this.#send.disabled) return;
    const wrong = this.#points.find((point) => !point.check());
    if (wrong) return wrong.focus();
    const answers = Object.fromEntries(this.#points.map((point) => [point.id, point.answer]));
    this.#setBusy(true);
    showError(this.#error, undefined);
    try {
      await this.#onAnswer(answers);
    } catch (error) {
      showError(this.#error, error.fields ?? { code: "error", message: error.message ?? text("error.unknown") });
    } finally {
      this.#setBusy(false);
    }
  }

  #setBusy(isBusy) {
    this.#send.disabled = isBusy;
    this.#element.setAttribute("aria-busy", String(isBusy));
  }
}
