// One run, from its start (or from where it stands, if others started it) to its outcome.
//
// A workflow that streams is run with the answer as its stream: whoever leaves ends it. Any other one is
// started in the background and followed by its events, so that progress and interrupts are to be seen.

import { Failure, fetchJSON, fieldsOf, postJSON, readJSON, send } from "./api.js";
import { parseJSON } from "./json-text.js";
import { finalStates, outcomeOfEvent, outcomeOfState, outputOf, readObject, readOutput } from "./outcome.js";
import { sessionId } from "./session.js";
import { follow, isEventStream, pause, readEvents } from "./task-stream.js";

// When to look for the run in the service's list, while its answer has not begun.
const searchDelays = [150, 350, 1000, 2500];
// Runs of this page that are known; a search must not find an earlier one.
const known = new Set();

export class Run {
  taskId;
  #listener;
  #abort = new AbortController();
  // Whether closing the connection ends the run, or else a call must.
  #isAttached = false;
  #isOurs = false;
  #isInterrupted = false;
  // Whether the page went away and the run goes on without it.
  #isLeft = false;
  #lastEventId = "";
  #events;
  #stream;

  // The listener has `onTask(id)`, `onState(state)`, `onChunk(text)`, `onEvent(event)`, `onInterrupts(points)`
  // (none when there is nothing to answer any more) and `onReconnect(isAway)`.
  constructor(listener) {
    this.#listener = listener;
  }

  // Starts a run. Resolves to its outcome.
  start(request, isStreaming) {
    this.#isOurs = true;
    return this.#outcome(() => (isStreaming ? this.#runAttached(request) : this.#runInBackground(request)));
  }

  // Follows a run that is there already.
  open(taskId) {
    return this.#outcome(() => {
      this.#begin(taskId);
      return this.#followToEnd();
    });
  }

  // Answers interrupts by the ids of their points. The events tell when the run goes on.
  async answer(answers) {
    await postJSON(`tasks/${this.taskId}/resume`, { answer: answers }, { signal: this.#abort.signal });
  }

  stop() {
    if (!this.#isAttached) this.#cancel();
    this.#abort.abort();
  }

  // The page goes away. What runs for it ends with it; what waits for a person, or belongs to others, stays.
  leave() {
    if (this.#isOurs && !this.#isInterrupted) return this.stop();
    this.#isLeft = true;
    this.#abort.abort();
  }

  async #outcome(body) {
    try {
      const outcome = await body();
      await this.#seeTheEnd();
      return outcome;
    } catch (error) {
      if (this.#isLeft) return { state: this.#isInterrupted ? "interrupted" : "waiting" };
      return this.#abort.signal.aborted ? { state: "stopped" } : { state: "failed", error: fieldsOf(error) };
    } finally {
      // Ends what else is still being followed.
      this.#isAttached = true;
      this.#abort.abort();
    }
  }

  // The last events may come a moment after the last piece of the output.
  #seeTheEnd() {
    return Promise.race([this.#events, pause(1000, this.#abort.signal)]).catch(() => {});
  }

  // MARK: Ways to run

  async #runAttached(request) {
    this.#isAttached = true;
    this.#search();
    const options = request.options({ session_id: sessionId });
    options.headers = { ...options.headers, Accept: "text/event-stream" };
    const response = await send("workflows/runs", { ...options, signal: this.#abort.signal });
    this.#begin(response.headers.get("X-Task-Id"));
    if (isEventStream(response)) return this.#readAnswer(response);
    const type = response.headers.get("Content-Type") ?? "";
    if (!type.startsWith("application/json")) return { state: "done", ...(await outputOf(response)) };
    this.#isAttached = false;
    const state = await readJSON(response);
    this.#begin(state.task_id);
    return finalStates.has(state.status) ? this.#conclude(state) : this.#followToEnd();
  }

  async #runInBackground(request) {
    // Not ended by `stop`: a run that has begun without our knowing its id could not be cancelled.
    const response = await send(
      "workflows/runs", request.options({ session_id: sessionId, wait_for_completion: false }));
    const state = await readJSON(response);
    this.#begin(state.task_id);
    if (this.#abort.signal.aborted) this.#cancel();
    this.#abort.signal.throwIfAborted();
    return this.#followToEnd();
  }

  async #readAnswer(response) {
    let outcome;
    const isComplete = await readEvents(response, (event) => {
      outcome = this.#readPiece(event);
      return outcome !== undefined;
    }, this.#abort.signal);
    if (isComplete) return outcome;
    // The connection broke. Perhaps the service kept the run, and what follows can still be read.
    this.#isAttached = false;
    if (!this.taskId) throw new Failure({ code: "incomplete-stream" });
    return this.#followStream();
  }

  // The events tell whether there is a stream, and how the run ends.
  async #followToEnd() {
    const state = await this.#events;
    if (this.#stream) return this.#stream;
    return this.#conclude(state ?? (await fetchJSON(`tasks/${this.taskId}`, { signal: this.#abort.signal })));
  }

  // MARK: Following

  // The run has an id now: what happens in it can be followed.
  #begin(taskId) {
    if (!taskId || taskId === this.taskId) return;
    known.add(taskId);
    this.taskId = taskId;
    this.#listener.onTask(taskId);
    this.#events = this.#followEvents(taskId);
    // An attached run ends by its answer, whatever becomes of the events.
    this.#events.catch(() => {});
  }

  // Resolves to the last state that the events tell.
  async #followEvents(taskId) {
    let last;
    const onEvent = ({ type, data }) => {
      if (taskId !== this.taskId || type === "end") return true;
      const isState = type === "task_state";
      // A state carries the data of questions; other events only what the service itself counts.
      const event = readObject(data, isState ? parseJSON : JSON.parse);
      if (isState) last = this.#noteState(event);
      this.#listener.onEvent(event);
      return false;
    };
    const onReconnect = (isAway) => this.#isAttached || this.#listener.onReconnect(isAway);
    await follow(`tasks/${taskId}/events`, { signal: this.#abort.signal, onEvent, onReconnect });
    return finalStates.has(last?.status) ? last : undefined;
  }

  #noteState(state) {
    this.#showInterrupts(state.status === "interrupted" ? (state.interrupt ?? []) : []);
    if (state.status === "interrupted") this.#listener.onState("interrupted");
    if (state.status === "processing" || state.status === "pending") this.#listener.onState("waiting");
    if (state.status === "streaming" && !this.#isAttached && !this.#stream) {
      this.#stream = this.#followStream();
      // Its failure is told when the events have ended.
      this.#stream.catch(() => {});
    }
    return state;
  }

  async #followStream() {
    let outcome;
    const onEvent = (event) => {
      outcome = this.#readPiece(event);
      return outcome !== undefined;
    };
    const path = `tasks/${this.taskId}/stream`;
    const onReconnect = this.#listener.onReconnect;
    const options = { signal: this.#abort.signal, lastEventId: this.#lastEventId, onEvent, onReconnect };
    const rest = await follow(path, options);
    if (!rest) return outcome;
    if (rest.status === 200) return { state: "done", ...(await outputOf(rest)) };
    return this.#conclude(await fetchJSON(`tasks/${this.taskId}`, { signal: this.#abort.signal }));
  }

  // One event of the output; its outcome if it is the last one.
  #readPiece(event) {
    this.#lastEventId = event.id || this.#lastEventId;
    if (event.type === "message") this.#listener.onChunk(event.data);
    return outcomeOfEvent(event);
  }

  // The outcome of a run that has ended.
  async #conclude(state) {
    const outcome = outcomeOfState(state);
    return outcome.state === "done" ? { ...outcome, ...(await readOutput(state, this.#abort.signal)) } : outcome;
  }

  // MARK: Interrupts and the end

  #showInterrupts(points) {
    if (points.length === 0 && !this.#isInterrupted) return;
    this.#isInterrupted = points.length > 0;
    this.#listener.onInterrupts(points);
  }

  // An answer that streams names its run with its first byte. Until then the list of the service does.
  async #search() {
    try {
      for (const delay of searchDelays) {
        await pause(delay, this.#abort.signal);
        if (this.taskId) return;
        const query = new URLSearchParams({ session_id: sessionId, limit: "1" });
        const { tasks } = await fetchJSON(`tasks?${query}`, { signal: this.#abort.signal });
        const found = tasks.find(({ task_id: id, status }) => !known.has(id) && !finalStates.has(status));
        if (found && !this.taskId) return this.#begin(found.task_id);
      }
    } catch {
      // Only the graph begins later for it.
    }
  }

  #cancel() {
    // `keepalive`: the page may be gone before the answer comes. An ended run answers 409, which is as good.
    if (this.taskId) send(`tasks/${this.taskId}/cancel`, { method: "POST", keepalive: true }).catch(() => {});
  }
}
