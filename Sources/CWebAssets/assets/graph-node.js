// A job in the drawing: its state as a class, a mark with its time, and what is said about it.

import { duration } from "./format.js";
import { isEnded } from "./job-states.js";
import { text } from "./strings.js";
import { classPrefix, makeSVG } from "./svg-import.js";

const signs = {
  running: "●", retrying: "↻", streaming: "≋", interrupted: "?", done: "✓", handled: "!", failed: "✕",
  cancelled: "–", skipped: "–",
};
// About as wide as a digit is at the size of graph.css.
const characterWidth = 7;

export class GraphNode {
  element;
  name;
  title;
  #mark;
  #markText;
  #markBox;
  #right;
  // What the drawing says itself: whole lines where the box shows shortened ones.
  #tooltip;

  constructor(element) {
    this.element = element;
    this.name = element.dataset.job;
    this.title = element.querySelector(`.${classPrefix}name`)?.textContent ?? this.name;
    const box = boundsOf(element.querySelector(`.${classPrefix}box`));
    this.#right = box.right - 8;
    this.#markBox = makeSVG("rect", { y: box.top - 9, height: 18, rx: 9 });
    this.#markText = makeSVG("text", { y: box.top + 4, x: this.#right - 8, "text-anchor": "end" });
    this.#mark = makeSVG("g", { class: "graph-mark" }, this.#markBox, this.#markText);
    element.append(this.#mark);
    const title = element.querySelector(":scope > title");
    this.#tooltip = title?.textContent ?? "";
    if (!title) element.prepend(makeSVG("title"));
    element.classList.add("graph-job");
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", "-1");
  }

  // Shows a job's state at `now`, in seconds of the run.
  show(job, now) {
    this.element.dataset.state = job.state;
    const words = this.words(job, now);
    const tooltip = [words, this.#tooltip].filter((part) => part !== "").join("\n");
    this.element.querySelector(":scope > title").textContent = tooltip;
    this.element.setAttribute("aria-label", words);
    this.tick(job, now);
  }

  // Brings the time on the mark up to date.
  tick(job, now) {
    const sign = signs[job.state];
    this.#mark.classList.toggle("is-empty", !sign);
    if (!sign) return;
    const count = job.state === "retrying" ? `${job.attempt ?? ""}${job.attempts ? `/${job.attempts}` : ""}` : "";
    const parts = [sign, count, timeOf(job, now)].filter((part) => part !== "");
    const content = parts.join(" ");
    if (this.#markText.textContent === content) return;
    this.#markText.textContent = content;
    const width = content.length * characterWidth + 14;
    this.#markBox.setAttribute("width", String(width));
    this.#markBox.setAttribute("x", String(this.#right - width));
  }

  words(job, now) {
    return [this.title, text(`graph.${job.state}`), timeOf(job, now)].filter((part) => part !== "").join(", ");
  }
}

// How long a job has taken, or has taken so far.
export function timeOf({ startedAt, endedAt, state }, now) {
  if (startedAt === undefined || (endedAt === undefined && isEnded(state))) return "";
  return duration(Math.max(0, (endedAt ?? now) - startedAt) * 1000);
}

// The right and top ends of a box. Computed from what is written: a drawing that is not to be seen has no layout.
function boundsOf(box) {
  if (box?.localName === "rect") {
    const [x, y, width] = ["x", "y", "width"].map((name) => Number(box.getAttribute(name)));
    return { right: x + width, top: y };
  }
  const horizontal = [];
  const vertical = [];
  for (const [, command, rest] of (box?.getAttribute("d") ?? "").matchAll(/([MLHV])([^MLHVZ]*)/g)) {
    const numbers = (rest.match(/-?[0-9.]+/g) ?? []).map(Number);
    if (command === "H") horizontal.push(...numbers);
    else if (command === "V") vertical.push(...numbers);
    else numbers.forEach((number, index) => (index % 2 === 0 ? horizontal : vertical).push(number));
  }
  return { right: Math.max(0, ...horizontal), top: vertical.length > 0 ? Math.min(...vertical) : 0 };
}
