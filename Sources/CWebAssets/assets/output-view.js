// The output of a run: chooses how it is shown, while it arrives and when it is there.

import { make } from "./dom.js";
import { FollowEnd } from "./follow-end.js";
import { JSONStream } from "./json-stream.js";
import { createMediaView } from "./media-view.js";
import { fromBlob } from "./media.js";
import { label, say } from "./strings.js";
import { TextOutput } from "./text-output.js";
import { asText, showValue } from "./value-view.js";

export class OutputView {
  #body;
  #bar;
  #empty;
  #follow;
  #fields = [];
  // What shows the stream, once something came.
  #stream;
  // Everything that holds timers or bytes and must be closed.
  #views = [];
  #value;
  #isUnderWay = false;

  constructor(element) {
    element.classList.add("output");
    this.#bar = make("div", { className: "output-bar" });
    this.#body = make("div", { className: "output-body", role: "region", tabIndex: 0 });
    label(this.#body, "output.name");
    // The name is for screen readers; as a tooltip it would be in the way.
    this.#body.removeAttribute("title");
    delete this.#body.dataset.textTitle;
    this.#empty = make("p", { className: "output-empty" });
    const jump = make("button", { type: "button", className: "jump", hidden: true });
    say(jump, "output.jump");
    element.replaceChildren(this.#bar, this.#body, this.#empty, jump);
    this.#follow = new FollowEnd(this.#body, jump);
    this.#sayEmpty("output.placeholder");
  }

  // What "copy" copies: all of it, also what is not drawn.
  get text() {
    if (this.#value !== undefined) return this.#value instanceof Blob ? "" : asText(this.#value);
    return this.#stream?.text ?? "";
  }

  // A run of `workflow` begins; without one, the view is only emptied.
  begin(workflow) {
    this.#clear();
    this.#fields = workflow?.output ?? [];
    this.#isUnderWay = workflow !== undefined;
    this.#body.setAttribute("aria-busy", String(this.#isUnderWay));
    this.#follow.isGrowing = this.#isUnderWay;
    this.#sayEmpty(this.#isUnderWay ? undefined : "output.placeholder");
  }

  append(data) {
    this.#stream ??= this.#openStream();
    this.#stream.append(data);
  }

  // The run has ended. A value that is no stream comes with the outcome.
  finish({ state, output, contentType, blob } = {}) {
    this.#stream?.finish();
    this.#isUnderWay = false;
    this.#follow.isGrowing = false;
    this.#body.setAttribute("aria-busy", "false");
    if (blob) this.#showBlob(blob, contentType);
    else if (output !== undefined && output !== null && !this.#stream) this.#showValue(output);
    const isEmpty = !this.#stream && this.#value === undefined;
    this.#sayEmpty(!isEmpty ? undefined : state === "done" ? "output.nothing" : "output.none");
  }

  // Shows an earlier run again.
  show({ workflow, content = "", output, state }) {
    this.begin(workflow);
    this.#follow.isGrowing = false;
    if (output === undefined || output === null) {
      for (const data of content === "" ? [] : this.#isJSON ? content.split("\n") : [content]) this.append(data);
    }
    this.finish(output instanceof Blob ? { state, blob: output } : { state, output });
    this.#body.scrollTop = 0;
  }

  // Each event of the stream is a JSON value and not a piece of text.
  get #isJSON() {
    const [field] = this.#fields;
    return field?.format === "sse-json" || (field?.type === "stream" && field.subtype === "json");
  }

  #openStream() {
    this.#sayEmpty(undefined);
    const onDraw = () => this.#follow.update();
    const stream = this.#isJSON
      ? new JSONStream(this.#body, onDraw)
      : new TextOutput(this.#body, this.#bar, { isMarkdown: this.#fields[0]?.type === "markdown", onDraw });
    this.#views.push(stream);
    return stream;
  }

  #showValue(value) {
    this.#value = value;
    this.#views.push(...showValue(this.#body, this.#bar, value, this.#fields));
  }

  #showBlob(blob, contentType) {
    this.#value = blob;
    const view = createMediaView(fromBlob(blob, contentType), this.#fields[0]?.name);
    this.#views.push(view);
    this.#body.append(view.element);
  }

  #clear() {
    for (const view of this.#views) view.close();
    this.#views = [];
    this.#stream = undefined;
    this.#value = undefined;
    this.#bar.replaceChildren();
    this.#body.replaceChildren();
  }

  #sayEmpty(name) {
    this.#empty.hidden = !name;
    if (name) say(this.#empty, name);
  }
}
