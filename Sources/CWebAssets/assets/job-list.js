// The jobs of a run, one line each: name, state, a bar on the common time line, duration.

import { make, setText } from "./dom.js";
import { duration } from "./format.js";
import { say } from "./strings.js";

// What an event means for the state of its job; others leave it as it is.
const states = {
  "job-started": "running", "attempt-failed": "retrying", interrupted: "interrupted", answered: "running",
  "first-byte": "streaming", "job-completed": "done", "job-failure-handled": "handled", "job-failed": "failed",
  "job-cancelled": "stopped", "stream-ended": "done", "stream-failed": "failed", "stream-cancelled": "stopped",
};
const ended = new Set(["done", "handled", "failed", "stopped"]);

export class JobList {
  #list;
  #jobs = new Map();
  // Seconds since the run began, as its events count.
  #time = 0;
  #timeSetAt = 0;
  #isRunning = false;

  constructor(list) {
    this.#list = list;
  }

  // How many jobs have done their work, and how many have begun so far.
  get counts() {
    const all = [...this.#jobs.values()];
    return { done: all.filter(({ state }) => state === "done" || state === "handled").length, all: all.length };
  }

  reset() {
    this.#jobs.clear();
    this.#list.replaceChildren();
    this.#time = 0;
    this.#isRunning = true;
  }

  // Takes an event of the run; those that speak of no job only move the time.
  apply({ event, time, job: name, workflows = [], stream, attempt, attempts, error }) {
    if (Number.isFinite(time)) {
      this.#time = Math.max(this.#time, time);
      this.#timeSetAt = performance.now();
    }
    if (!name || !(event in states)) return;
    const job = this.#job(name, workflows);
    // A result that is a stream goes on until its own end.
    job.state = event === "job-completed" && stream ? "streaming" : states[event];
    if (event === "job-started") job.startedAt = time;
    job.endedAt = ended.has(job.state) ? time : undefined;
    job.note = event === "attempt-failed" ? `${attempt}/${attempts} · ${error?.message ?? ""}` : (error?.message ?? "");
    this.#draw(job);
    this.#drawBars();
  }

  // No more events come; what still runs has ended as the run did.
  finish(status) {
    for (const job of this.#jobs.values()) {
      if (ended.has(job.state)) continue;
      job.state = status === "done" ? "done" : "stopped";
      job.endedAt = this.#now;
      this.#draw(job);
    }
    this.#drawBars();
    this.#isRunning = false;
  }

  // Moves the bars of what is running; called for each frame.
  tick() {
    if (this.#isRunning && this.#jobs.size > 0) this.#drawBars();
  }

  get #now() {
    return this.#isRunning ? this.#time + (performance.now() - this.#timeSetAt) / 1000 : this.#time;
  }

  #job(name, workflows) {
    const key = JSON.stringify([workflows, name]);
    const known = this.#jobs.get(key);
    if (known) return known;
    const job = { state: "running", startedAt: this.#time, note: "", ...row(name, workflows) };
    this.#jobs.set(key, job);
    this.#list.append(job.row);
    return job;
  }

  #draw(job) {
    job.row.dataset.state = job.state;
    say(job.stateText, `job-${job.state}`);
    job.row.title = job.note;
  }

  #drawBars() {
    const now = this.#now;
    const span = Math.max(now, 0.001);
    for (const { startedAt, endedAt = now, bar, time } of this.#jobs.values()) {
      bar.style.left = `${(startedAt / span) * 100}%`;
      bar.style.width = `${Math.max(0, (endedAt - startedAt) / span) * 100}%`;
      setText(time, duration(Math.max(0, endedAt - startedAt) * 1000));
    }
  }
}

function row(name, workflows) {
  const stateText = make("span", { className: "job-state" });
  const bar = make("span", { className: "job-bar" });
  const time = make("span", { className: "job-time" });
  const title = make("span", { className: "job-name", textContent: name.replace(/^__job__$/, workflows.at(-1) ?? name) });
  title.style.paddingInlineStart = `${Math.max(0, workflows.length - 1)}rem`;
  const track = make("span", { className: "job-track", "aria-hidden": "true" }, bar);
  return { row: make("li", { className: "job" }, title, stateText, track, time), stateText, bar, time };
}
