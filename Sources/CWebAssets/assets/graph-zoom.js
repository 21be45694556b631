// How large the drawing is: as wide as its place, or as the reader chose; what does not fit scrolls.

import { make } from "./dom.js";
import { label } from "./strings.js";

// Text smaller than this share of its size is hard to read: the drawing scrolls instead.
const smallestFit = 0.72;
const range = [0.25, 2.5];
const step = 1.25;

export class GraphZoom {
  tools = make("div", { className: "graph-tools" });
  #frame;
  #drawing;
  #size = [1, 1];
  // What the reader chose; undefined while the place decides.
  #scale;
  #isWhole = false;

  constructor(frame) {
    this.#frame = frame;
    new ResizeObserver(() => this.#apply()).observe(frame);
    this.#addButton("−", "graph.zoomOut", () => this.#set(this.#current / step));
    this.#addButton("+", "graph.zoomIn", () => this.#set(this.#current * step));
    this.#addButton("⤢", "graph.fit", () => {
      this.#isWhole = true;
      this.#set(undefined);
    });
  }

  set drawing(drawing) {
    this.#drawing = drawing;
    this.#isWhole = false;
    this.#scale = undefined;
    const box = (drawing.getAttribute("viewBox") ?? "").split(/[\s,]+/).map(Number);
    this.#size = box.length === 4 && box[2] > 0 && box[3] > 0 ? box.slice(2) : [600, 400];
    this.#apply();
    // What is wider than its place is seen from its middle, where the first jobs are.
    this.#frame.scrollTo((this.#frame.scrollWidth - this.#frame.clientWidth) / 2, 0);
  }

  #addButton(sign, name, action) {
    const button = make("button", { type: "button", className: "secondary", textContent: sign });
    label(button, name);
    button.addEventListener("click", action);
    this.tools.append(button);
  }

  #set(scale) {
    this.#scale = scale === undefined ? undefined : Math.min(range[1], Math.max(range[0], scale));
    this.#apply();
  }

  get #current() {
    if (this.#scale !== undefined) return this.#scale;
    const { clientWidth, clientHeight } = this.#frame;
    const [width, height] = this.#size;
    if (this.#isWhole) return Math.max(range[0], Math.min(1, clientWidth / width, clientHeight / height));
    return Math.min(1, Math.max(smallestFit, clientWidth / width));
  }

  #apply() {
    if (!this.#drawing || this.#frame.clientWidth === 0) return;
    const scale = this.#current;
    this.#drawing.setAttribute("width", String(Math.floor(this.#size[0] * scale)));
    this.#drawing.setAttribute("height", String(Math.floor(this.#size[1] * scale)));
  }
}
