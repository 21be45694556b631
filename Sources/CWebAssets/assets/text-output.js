// Text of an output: drawn as Markdown, or as its source. What was chosen is remembered.

import { make } from "./dom.js";
import { MarkdownSigns } from "./markdown/signs.js";
import { MarkdownView } from "./markdown/view.js";
import { PlainText } from "./plain-text.js";
import { lasting } from "./storage.js";
import { label, say } from "./strings.js";

const key = "model-compose.text-mode";
const modes = ["rendered", "source"];
// More than this is shown as source: a page of it would be too heavy.
const longestRendered = 600_000;

export class TextOutput {
  #body;
  #onDraw;
  #buttons = new Map();
  #pieces = [];
  #length = 0;
  #isMarkdown;
  #signs = new MarkdownSigns();
  #mode;
  #view;

  // Draws into `body` and puts its switch into `bar`. `isMarkdown`: the file says so. Other text becomes
  // Markdown as soon as it looks like it, so that a log stays a log.
  constructor(body, bar, { isMarkdown, onDraw = () => {} }) {
    this.#body = body;
    this.#onDraw = onDraw;
    this.#isMarkdown = isMarkdown;
    bar.append(this.#makeSwitch());
    this.#show(this.#wantedMode);
  }

  get text() {
    if (this.#pieces.length > 1) this.#pieces = [this.#pieces.join("")];
    return this.#pieces[0] ?? "";
  }

  append(text) {
    if (text === "") return;
    this.#pieces.push(text);
    this.#length += text.length;
    this.#view.append(text);
    if (!this.#signs.isFound) this.#signs.read(text);
    const mode = this.#wantedMode;
    if (mode !== this.#mode) this.#show(mode);
  }

  finish() {
    this.#view.finish();
  }

  close() {
    this.#view.close();
  }

  get #wantedMode() {
    if (this.#length > longestRendered) return "source";
    const chosen = lasting.read(key);
    if (modes.includes(chosen)) return chosen;
    return this.#isMarkdown || this.#signs.isFound ? "rendered" : "source";
  }

  #makeSwitch() {
    const group = make("div", { className: "switch", role: "group" });
    label(group, "output.mode");
    group.removeAttribute("title");
    delete group.dataset.textTitle;
    for (const mode of modes) {
      const button = make("button", { type: "button" });
      say(button, `output.${mode}`);
      button.addEventListener("click", () => {
        lasting.write(key, mode);
        this.#show(this.#wantedMode);
        this.#view.finish();
      });
      this.#buttons.set(mode, button);
      group.append(button);
    }
    return group;
  }

  #show(mode) {
    this.#mode = mode;
    for (const [each, button] of this.#buttons) button.setAttribute("aria-pressed", String(each === mode));
    const isTooLong = this.#length > longestRendered;
    this.#buttons.get("rendered").disabled = isTooLong;
    if (isTooLong) label(this.#buttons.get("rendered"), "output.tooLong");
    this.#view?.close();
    const element = make("div", { className: "text-output" });
    element.classList.toggle("is-prose", !this.#isMarkdown);
    this.#body.replaceChildren(element);
    const View = mode === "rendered" ? MarkdownView : PlainText;
    this.#view = new View(element, this.#onDraw);
    if (this.#length > 0) this.#view.append(this.text);
  }
}
