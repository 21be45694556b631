// The right side of the page: what comes back from a run. It listens to one Run at a time.

import { fetchText } from "./api.js";
import { announce, copy, download } from "./clipboard.js";
import { byId, isWide, prefersStillness, setText } from "./dom.js";
import { showError } from "./error-panel.js";
import { duration, rate, shown } from "./format.js";
import { GraphView } from "./graph-view.js";
import { InterruptPanel } from "./interrupt-panel.js";
import { JobList } from "./job-list.js";
import { extensionOf } from "./media.js";
import { OutputView } from "./output-view.js";
import { RunClock } from "./run-clock.js";
import { say } from "./strings.js";

// Enough to draw a run again; a loop with more of them keeps its beginning.
const eventLimit = 2000;

export class Result {
  #output = new OutputView(byId("output"));
  #graph = new GraphView(byId("graph"));
  #jobs = new JobList(byId("job-list"));
  #interrupts;
  #clock;
  #events = [];
  #outcome;
  #isRunning = false;
  // Whether chunks are to be expected, and worth a place among the numbers.
  #streams = false;

  // `onAnswer` gets {pointId: value}; when its promise fails, the panel of the questions says so.
  constructor({ onAnswer }) {
    this.#interrupts = new InterruptPanel(byId("interrupt"), { onAnswer });
    byId("copy-result").addEventListener("click", (event) => copy(event.currentTarget, this.text));
    byId("download-result").addEventListener("click", () => this.#download());
  }

  get text() { return this.#output.text; }
  get figures() { return this.#clock?.figures; }
  get events() { return this.#events; }

  // MARK: A workflow is chosen

  // Loads the graph of a workflow and empties the rest.
  choose(workflow) {
    this.#reset();
    this.#streams = workflow.streaming === true;
    this.#output.begin(undefined);
    this.setState("idle");
    this.#showFigures();
    this.#graph.load(workflow.workflow_id, fetchText).catch(() => {});
  }

  // MARK: A run

  begin(workflow) {
    this.#reset();
    this.#clock = new RunClock();
    this.#isRunning = true;
    this.#output.begin(workflow);
    this.setState("waiting");
    announce("announceRunning");
    this.#showOnSmallScreen();
    requestAnimationFrame(() => this.#tick());
  }

  onTask(id) {
    setText(byId("task-id"), id);
    this.#events = [];
    this.#graph.reset();
    this.#jobs.reset();
    this.#showSteps();
  }

  onState(state) {
    // Behind the first piece of the output, jobs that go on waiting are no news.
    if (state !== "interrupted" && this.#clock.chunks > 0) return;
    this.setState(state);
  }

  onChunk(data) {
    if (this.#clock.chunks === 0) this.setState("streaming");
    this.#clock.noteChunk();
    this.#output.append(data);
  }

  onEvent(event) {
    if (this.#events.length < eventLimit) this.#events.push(event);
    if (event.event === "usage") this.#clock.noteUsage(event.usage);
    this.#graph.apply(event);
    this.#jobs.apply(event);
    this.#showSteps();
  }

  onInterrupts(points) {
    if (points.length === 0) return this.#interrupts.hide();
    this.setState("interrupted");
    this.#interrupts.show(points);
  }

  onReconnect(isAway) {
    byId("reconnecting").hidden = !isAway;
  }

  end(outcome) {
    this.#isRunning = false;
    this.#clock.end();
    this.#finish(outcome);
    const total = duration(this.#clock.figures.total);
    // A run that goes on without this page has no end to be told.
    const ends = { done: "announceDone", stopped: "announceStopped", failed: "announceFailed" };
    if (ends[outcome.state]) announce(ends[outcome.state], { total });
  }

  // MARK: An earlier run

  // Shows a run of the history as it ended.
  show(record) {
    this.#reset();
    this.#output.show({ ...record, output: record.blob ?? record.output });
    setText(byId("task-id"), record.taskId ?? "");
    this.#jobs.reset();
    this.#graph.reset();
    for (const event of record.events ?? []) {
      this.#graph.apply(event);
      this.#jobs.apply(event);
    }
    this.#finish(record, record.figures);
    this.#showOnSmallScreen();
  }

  // Shows why there is nothing to show.
  fail(error) {
    this.setState("failed");
    showError(byId("error"), error);
  }

  setState(state) {
    const status = byId("status");
    status.dataset.state = state;
    say(status, state);
    byId("result").dataset.state = state;
  }

  // MARK: Drawing

  #reset() {
    this.#clock = undefined;
    this.#outcome = undefined;
    this.#events = [];
    this.#interrupts.hide();
    this.#graph.reset();
    this.#jobs.reset();
    this.#jobs.finish();
    showError(byId("error"), undefined);
    byId("reconnecting").hidden = true;
    byId("forgotten").hidden = true;
    setText(byId("task-id"), "");
    this.#showActions(false);
    this.#showSteps();
  }

  #finish(outcome, figures) {
    this.#outcome = outcome;
    this.#interrupts.hide();
    byId("reconnecting").hidden = true;
    if (!figures) this.#output.finish(outcome);
    const isEmpty = this.text === "" && !outcome.blob;
    byId("forgotten").hidden = !outcome.isForgotten;
    this.#graph.finish(outcome.state);
    this.#jobs.finish(outcome.state);
    this.#showFigures(figures);
    this.#showSteps();
    this.#showActions(!isEmpty);
    this.setState(outcome.state);
    showError(byId("error"), outcome.error);
  }

  #tick() {
    if (!this.#isRunning) return;
    this.#showFigures();
    this.#jobs.tick();
    requestAnimationFrame(() => this.#tick());
  }

  #showFigures(figures = this.#clock?.figures) {
    const { first, chunks = 0, rate: perSecond, tokens, total } = figures ?? {};
    const known = (value, write) => (value === undefined || value === null ? "–" : write(value));
    setText(byId("time-to-first-token"), known(first, duration));
    setText(byId("chunk-count"), chunks === 0 ? "–" : String(chunks));
    setText(byId("chunk-rate"), known(perSecond, rate));
    setText(byId("token-count"), known(tokens, String));
    for (const id of ["time-to-first-token", "chunk-count", "chunk-rate"]) {
      byId(id).parentElement.hidden = !this.#streams && chunks === 0;
    }
    byId("token-count").parentElement.hidden = tokens === undefined || tokens === null;
    setText(byId("total-time"), known(total, duration));
  }

  #showSteps() {
    const counts = this.#jobs.counts;
    byId("steps-count").hidden = counts.all === 0;
    say(byId("steps-count"), "stepsCount", counts);
    byId("job-list").hidden = counts.all === 0;
  }

  #showActions(isThere) {
    byId("copy-result").disabled = !isThere || this.text === "";
    byId("download-result").disabled = !isThere;
  }

  #showOnSmallScreen() {
    if (isWide()) return;
    byId("result").scrollIntoView({ block: "start", behavior: prefersStillness() ? "auto" : "smooth" });
  }

  #download() {
    const { blob, fileName, output } = this.#outcome ?? {};
    const id = byId("task-id").textContent || "result";
    if (blob) return download(blob, fileName ?? `${id}.${extensionOf(blob.type)}`);
    const isJSON = output !== undefined && typeof output !== "string";
    const content = isJSON ? shown(output) : this.text;
    download(new Blob([content], { type: isJSON ? "application/json" : "text/plain" }), `${id}.${isJSON ? "json" : "txt"}`);
  }
}
