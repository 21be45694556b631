// A stream of JSON values: an entry for each, in the order in which they came.

import { make } from "./dom.js";
import { parseJSON, kindOf } from "./json-text.js";
import { createJSONView } from "./json-view.js";
import { NextFrame } from "./next-frame.js";
import { say } from "./strings.js";

const drawnEntries = 300;
const pageOfEntries = 200;
const previewLength = 160;

export class JSONStream {
  #list;
  #onDraw;
  #entries = [];
  #drawnFrom = 0;
  #drawnTo = 0;
  #frame = new NextFrame(() => this.#draw());
  #earlier;

  constructor(body, onDraw = () => {}) {
    this.#onDraw = onDraw;
    this.#earlier = make("button", { type: "button", className: "secondary earlier", hidden: true });
    this.#earlier.addEventListener("click", () => this.#showEarlier());
    this.#list = make("ol", { className: "json-stream" });
    body.append(this.#earlier, this.#list);
  }

  get text() {
    return this.#entries.join("\n");
  }

  append(data) {
    this.#entries.push(data);
    this.#frame.request();
  }

  finish() {
    this.#frame.now();
  }

  close() {
    this.#frame.cancel();
  }

  #draw() {
    if (this.#drawnTo === this.#entries.length) return;
    const from = Math.max(this.#drawnTo, this.#entries.length - drawnEntries);
    this.#list.append(...this.#items(from, this.#entries.length));
    this.#drawnTo = this.#entries.length;
    while (this.#list.children.length > drawnEntries) this.#list.firstElementChild.remove();
    this.#drawnFrom = this.#drawnTo - this.#list.children.length;
    this.#sayEarlier();
    this.#onDraw();
  }

  #showEarlier() {
    const from = Math.max(0, this.#drawnFrom - pageOfEntries);
    this.#list.prepend(...this.#items(from, this.#drawnFrom));
    this.#drawnFrom = from;
    this.#sayEarlier();
  }

  #sayEarlier() {
    this.#earlier.hidden = this.#drawnFrom === 0;
    say(this.#earlier, "json.earlier", { count: this.#drawnFrom.toLocaleString() });
  }

  #items(from, to) {
    return this.#entries.slice(from, to).map((data, index) => entry(data, from + index + 1));
  }
}

function entry(data, number) {
  const item = make("li", { value: number });
  let value;
  try {
    value = parseJSON(data);
  } catch {
    item.append(make("code", { className: "json-raw", textContent: data }));
    return item;
  }
  const kind = kindOf(value);
  if (kind !== "object" && kind !== "list") {
    item.append(createJSONView(value));
    return item;
  }
  const isLong = data.length > previewLength;
  const preview = make("code", { textContent: isLong ? `${data.slice(0, previewLength)}…` : data });
  const details = make("details", {}, make("summary", {}, preview));
  details.addEventListener("toggle", () => details.append(createJSONView(value)), { once: true });
  item.append(details);
  return item;
}
