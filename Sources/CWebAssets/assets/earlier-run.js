// Reads a run that has ended from the service: its outcome, its output, and what happened in it.

import { fetchJSON, send } from "./api.js";
import { streamsJSON } from "./format.js";
import { typedBlob } from "./media.js";
import { finalStates, outcomeOfState, outputOf, readOutput } from "./outcome.js";
import { follow, isEventStream, readEvents } from "./task-stream.js";

// As much as the page keeps of a run of its own.
const eventLimit = 2000;
// Reading what is there already takes no time worth stopping it.
const never = new AbortController().signal;

// Resolves to what Result.show takes, or to nothing while the run goes on. Throws a Failure when the service has
// forgotten it.
export async function readEarlierRun(taskId, workflow) {
  const state = await fetchJSON(`tasks/${taskId}`);
  if (!finalStates.has(state.status)) return undefined;
  const [output, events] = await Promise.all([readResult(state, workflow), readHappenings(taskId)]);
  if (output.blob) output.blob = await typedBlob(output.blob, workflow?.output);
  return { taskId, workflow, ...outcomeOfState(state), events, figures: figuresOf(events), ...output };
}

// {output}, {blob}, or {content} of what was a stream. What is left of a failed one is worth seeing, too.
async function readResult(state, workflow) {
  if ("output" in state) return readOutput(state);
  const isWhole = state.status === "completed";
  const path = `tasks/${state.task_id}${isWhole ? "?output_only=true" : "/stream"}`;
  const response = await send(path, { headers: { Accept: "*/*" } });
  if (response.status === 204) return { content: "" };
  return isEventStream(response) ? { content: await readContent(response, workflow) } : outputOf(response);
}

async function readContent(response, workflow) {
  const pieces = [];
  await readEvents(response, ({ type, data }) => {
    if (type === "message") pieces.push(data);
    return ["done", "error", "cancelled"].includes(type);
  }, never);
  return pieces.join(streamsJSON(workflow) ? "\n" : "");
}

async function readHappenings(taskId) {
  const events = [];
  const onEvent = ({ type, data }) => {
    if (type !== "end" && events.length < eventLimit) events.push(JSON.parse(data));
    return type === "end";
  };
  await follow(`tasks/${taskId}/events`, { signal: never, onEvent });
  return events;
}

// How long it took, as its events tell; when pieces came to somebody else is not known.
function figuresOf(events) {
  const times = events.map(({ time }) => time).filter(Number.isFinite);
  return { total: times.length > 0 ? Math.max(...times) * 1000 : undefined };
}
