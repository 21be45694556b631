// What the events of a run say about its jobs. No DOM here.
//
// A job: {state, startedAt, endedAt, runs, active, attempt, attempts, error, chunks, inner}, times in seconds of
// the run. States: waiting, running, retrying, streaming, interrupted, done, handled, failed, cancelled, skipped.
// What happens in a workflow that a job runs is told by that job: `inner` says where it is.

const ended = new Set(["done", "handled", "failed", "cancelled", "skipped"]);

export class JobStates {
  #jobs = new Map();
  // The jobs that run nested workflows, by the path of those.
  #owners = new Map();
  #findJob;
  #runs;
  #time = 0;

  // `findJob(name)` gives the name of the job that stands for another one, or undefined;
  // `runs(name, workflow)` whether a job is known to run a workflow.
  constructor({ findJob, runs }) {
    this.#findJob = findJob;
    this.#runs = runs;
  }

  get(name) {
    return this.#jobs.get(name) ?? { state: "waiting", active: 0 };
  }

  get time() {
    return this.#time;
  }

  // Whether no event has spoken of a job.
  get isEmpty() {
    return this.#jobs.size === 0;
  }

  reset() {
    this.#jobs.clear();
    this.#owners.clear();
    this.#time = 0;
  }

  // Takes an event; returns the names of the jobs that look different now.
  apply(event) {
    if (event.status !== undefined && event.task_id !== undefined) return this.#applyTask(event);
    if (Number.isFinite(event.time)) this.#time = Math.max(this.#time, event.time);
    const { event: kind, workflows = [] } = event;
    if (workflows.length > 1) return this.#applyNested(event);
    if (kind === "run-ended") return this.finish(event.status);
    if (!event.job) return [];
    const name = this.#findJob(event.job);
    if (name === undefined) return [];
    return this.#change(name, event) ? [name] : [];
  }

  // Nothing follows. What still waits is skipped, and what still runs was ended.
  finish(status) {
    const isDone = status === "completed" || status === "done";
    const changed = [];
    for (const [name, job] of this.#jobs) {
      if (ended.has(job.state)) continue;
      if (job.state === "waiting") job.state = "skipped";
      else job.state = isDone ? "done" : "cancelled";
      job.endedAt ??= job.startedAt === undefined ? undefined : this.#time;
      changed.push(name);
    }
    return changed;
  }

  // A job that no event has spoken of, but that the drawing shows.
  note(name) {
    if (!this.#jobs.has(name)) this.#jobs.set(name, { state: "waiting", active: 0, runs: 0 });
    return this.#jobs.get(name);
  }

  #applyTask({ status, interrupt = [] }) {
    if (status === "completed" || status === "failed" || status === "cancelled") return this.finish(status);
    if (status !== "interrupted") return [];
    return interrupt.flatMap(({ job_id: id }) => {
      const name = id && this.#findJob(id);
      if (!name || ended.has(this.note(name).state)) return [];
      this.note(name).state = "interrupted";
      return [name];
    });
  }

  #applyNested(event) {
    const { workflows, job, event: kind } = event;
    const key = JSON.stringify(workflows.slice(0, 2));
    const isStart = kind === "workflow-started" && workflows.length === 2;
    if (isStart || !this.#owners.has(key)) {
      const owner = this.#ownerOf(workflows[1]);
      if (owner === undefined) return [];
      this.#owners.set(key, owner);
    }
    const name = this.#owners.get(key);
    const owner = this.note(name);
    if (job) owner.inner = [...workflows.slice(1), job].join(" › ");
    // Its own events say how it starts and ends.
    if (ended.has(owner.state)) return [];
    if (kind === "interrupted") owner.state = "interrupted";
    else if (kind === "answered") owner.state = "running";
    else if (kind === "attempt-failed") owner.state = "retrying";
    else if (kind === "job-started" && owner.state === "retrying") owner.state = "running";
    return [name];
  }

  // The job that has begun a workflow: one that is known to run it, and of those the one begun last.
  #ownerOf(workflow) {
    const open = [...this.#jobs].filter(([, job]) => job.active > 0).reverse();
    return (open.find(([name]) => this.#runs(name, workflow)) ?? open[0])?.[0];
  }

  #change(name, event) {
    const job = this.note(name);
    const { event: kind, time } = event;
    switch (kind) {
      case "job-started":
        // Side by side, as in for-each, it is one job that goes on.
        if (job.active === 0) Object.assign(job, { startedAt: time, endedAt: undefined, error: undefined });
        job.active += 1;
        job.runs = Math.max(job.runs + 1, event.run ?? 0);
        Object.assign(job, { state: "running", attempt: undefined, attempts: undefined, chunks: undefined });
        return true;
      case "attempt-failed":
        Object.assign(job, { state: "retrying", attempt: event.attempt + 1 });
        Object.assign(job, { attempts: event.attempts, error: event.error });
        return true;
      case "interrupted":
        job.state = "interrupted";
        return true;
      case "answered":
        job.state = "running";
        return true;
      case "first-byte":
        if (!ended.has(job.state)) job.state = "streaming";
        return true;
      case "job-completed": return this.#end(job, event.stream ? "streaming" : "done", time);
      case "job-rewound": return this.#end(job, "waiting", undefined);
      case "job-failure-handled": return this.#end(job, "handled", time, event.error);
      case "job-failed": return this.#end(job, "failed", time, event.error);
      case "job-cancelled": return this.#end(job, "cancelled", time);
      case "stream-ended": return this.#endStream(job, "done", event);
      case "stream-failed": return this.#endStream(job, "failed", event);
      case "stream-cancelled": return this.#endStream(job, "cancelled", event);
      default: return false;
    }
  }

  #end(job, state, time, error) {
    job.active = Math.max(0, job.active - 1);
    if (error) job.error = error;
    else if (state === "done") job.error = undefined;
    if (job.active > 0 && state === "done") return true;
    job.state = state;
    job.endedAt = state === "streaming" ? undefined : time;
    return true;
  }

  #endStream(job, state, { time, chunks, error }) {
    Object.assign(job, { state, endedAt: time, chunks });
    if (error) job.error = error;
    return true;
  }
}

export const isEnded = (state) => ended.has(state);
