// The graph of a workflow, lit as its jobs run.

import { make } from "./dom.js";
import { GraphDetails } from "./graph-details.js";
import { GraphNode } from "./graph-node.js";
import { GraphZoom } from "./graph-zoom.js";
import { isEnded, JobStates } from "./job-states.js";
import { say } from "./strings.js";
import { classPrefix, importSVG } from "./svg-import.js";

const tickInterval = 200;

export class GraphView {
  #frame = make("div", { className: "graph-frame" });
  #message = make("p", { className: "graph-message", hidden: true });
  #details;
  #zoom;
  #nodes = new Map();
  #arrows = [];
  #states;
  // The node that the details speak of.
  #chosen;
  #timer;
  #timeSetAt = 0;
  // Counts the loads: an answer that was overtaken is not shown.
  #load = 0;

  constructor(element) {
    element.classList.add("graph");
    this.#zoom = new GraphZoom(this.#frame);
    const details = make("div", { className: "graph-details" });
    this.#details = new GraphDetails(details);
    element.replaceChildren(this.#zoom.tools, this.#frame, this.#message, details);
    this.#states = new JobStates({
      findJob: (name) => this.#findJob(name),
      runs: (name, workflow) => this.#runs(name, workflow),
    });
    this.#frame.addEventListener("keydown", (event) => this.#move(event));
    for (const type of ["focusin", "click"]) {
      this.#frame.addEventListener(type, ({ target }) => {
        this.#choose(this.#nodes.get(target.closest(".graph-job")?.dataset.job));
      });
    }
    document.addEventListener("languagechange", () => this.#showAll());
  }

  // Draws the graph of a workflow. `fetchText(path)` reads a text of the API.
  async load(workflowId, fetchText) {
    this.#load += 1;
    const load = this.#load;
    this.#say("graph.loading");
    try {
      const svg = await fetchText(`workflows/${encodeURIComponent(workflowId)}/graph`);
      if (load === this.#load) this.#draw(importSVG(svg));
    } catch {
      if (load === this.#load) this.#say("graph.unavailable");
    }
  }

  reset() {
    this.#states.reset();
    this.#stopClock();
    this.#showAll();
  }

  apply(event) {
    const before = this.#states.time;
    const changed = this.#states.apply(event);
    if (this.#states.time !== before || this.#timeSetAt === 0) this.#timeSetAt = performance.now();
    for (const name of changed) this.#show(name);
    if (event.event === "job-started") this.#timer ??= setInterval(() => this.#tick(), tickInterval);
    if (event.event === "run-ended") this.finish(event.status);
  }

  finish(status) {
    // Of a run that told nothing, nothing is known: its jobs were not skipped.
    if (this.#states.isEmpty) return;
    for (const name of this.#nodes.keys()) this.#states.note(name);
    this.#states.finish(status);
    this.#stopClock();
    this.#showAll();
  }

  // MARK: Drawing

  #draw(drawing) {
    this.#message.hidden = true;
    this.#frame.replaceChildren(drawing);
    const group = drawing.querySelector("desc")?.textContent;
    drawing.setAttribute("role", "group");
    if (group) drawing.setAttribute("aria-label", group);
    for (const part of drawing.querySelectorAll(":scope > title, :scope > desc")) part.remove();
    const elements = [...drawing.querySelectorAll("[data-job]")];
    this.#nodes = new Map(elements.map((element) => [element.dataset.job, new GraphNode(element)]));
    this.#arrows = [...drawing.querySelectorAll("[data-from], [data-to]")];
    elements[0]?.setAttribute("tabindex", "0");
    this.#chosen = undefined;
    this.#details.hide();
    this.#zoom.drawing = drawing;
    this.#showAll();
  }

  #say(name) {
    this.#frame.replaceChildren();
    this.#nodes.clear();
    this.#arrows = [];
    this.#details.hide();
    this.#message.hidden = false;
    say(this.#message, name);
  }

  #showAll() {
    for (const name of this.#nodes.keys()) this.#show(name);
  }

  #show(name) {
    const node = this.#nodes.get(name);
    if (!node) return;
    const job = this.#states.get(name);
    node.show(job, this.#now);
    if (node === this.#chosen) this.#details.show(node, job, this.#now);
    for (const arrow of this.#arrows) {
      if (arrow.dataset.from === name || arrow.dataset.to === name) this.#showArrow(arrow);
    }
  }

  // An arrow is lit once what it leads to has begun because of what it comes from.
  #showArrow(arrow) {
    const isPassed = (name) => !["waiting", "skipped"].includes(this.#states.get(name).state);
    const { from, to } = arrow.dataset;
    const isFromPassed = !this.#nodes.has(from) || isPassed(from);
    const isToPassed = this.#nodes.has(to) ? isPassed(to) : this.#states.get(from).state === "done";
    arrow.classList.toggle("is-passed", isFromPassed && isToPassed);
  }

  // MARK: Time

  // Seconds of the run, going on between the events.
  get #now() {
    const sinceThen = this.#timer ? (performance.now() - this.#timeSetAt) / 1000 : 0;
    return this.#states.time + sinceThen;
  }

  #tick() {
    const now = this.#now;
    for (const [name, node] of this.#nodes) {
      const job = this.#states.get(name);
      if (job.startedAt === undefined || isEnded(job.state)) continue;
      node.tick(job, now);
      if (node === this.#chosen) this.#details.show(node, job, now);
    }
  }

  #stopClock() {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#timeSetAt = 0;
  }

  // MARK: Jobs

  // The node of a job, or of the job that it stands inside of when it has none: `each` for `each[do]`.
  #findJob(name) {
    for (let known = name; known !== ""; known = known.slice(0, Math.max(0, known.lastIndexOf("[")))) {
      if (this.#nodes.has(known)) return known;
    }
    return undefined;
  }

  #runs(name, workflow) {
    const element = this.#nodes.get(name)?.element;
    if (!element) return false;
    if (element.dataset.workflow) return element.dataset.workflow === workflow;
    const lines = element.querySelectorAll(`.${classPrefix}line`);
    return [...lines].some((line) => line.textContent.split(/[\s'"]+/).includes(workflow));
  }

  #choose(node) {
    if (!node) return;
    for (const each of this.#nodes.values()) {
      each.element.setAttribute("tabindex", each === node ? "0" : "-1");
      each.element.classList.toggle("is-chosen", each === node);
    }
    this.#chosen = node;
    this.#details.show(node, this.#states.get(node.name), this.#now);
  }

  #move(event) {
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    const nodes = [...this.#nodes.values()];
    const index = nodes.findIndex(({ element }) => element === document.activeElement);
    if (index < 0 || !(event.key in steps)) return;
    event.preventDefault();
    nodes[index + steps[event.key]]?.element.focus();
  }
}
