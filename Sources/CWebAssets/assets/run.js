// Talks to the HTTP API of the server that this page came from.

import { EventStreamParser } from "./event-stream.js";

export const runPath = "/api/workflows/runs";

// Reads a JSON resource. Throws a Failure.
export async function fetchJSON(path) {
  const response = await send(path, { headers: { Accept: "application/json" } });
  if (!response.ok) throw await refusal(response);
  return response.json();
}

// Why something did not work, as the error panel shows it: code, message, and where known
// job, status (HTTP), line (of the YAML file) and field.
export class Failure extends Error {
  constructor(fields) {
    super(fields.message);
    this.fields = fields;
  }
}

// The body of a run request.
export function runBody(workflowId, input) {
  return JSON.stringify({ workflow_id: workflowId, input });
}

// Runs a workflow and calls `onChunk` with the data of each event as it arrives.
// Returns how it ended: {state: "done" | "stopped"} or {state: "failed", error}, with
// `output` when the answer was not a stream.
export async function runWorkflow(body, { signal, onStart, onChunk }) {
  try {
    const headers = { "Accept": "text/event-stream", "Content-Type": "application/json" };
    const response = await send(runPath, { method: "POST", headers, body, signal });
    if (!response.ok) throw await refusal(response);
    onStart(response.headers.get("X-Task-Id"));
    const type = response.headers.get("Content-Type") ?? "";
    if (type.startsWith("text/event-stream")) return await readStream(response, onChunk);
    return readAnswer(await response.json(), onStart);
  } catch (error) {
    if (signal.aborted) return { state: "stopped" };
    if (error instanceof Failure) return { state: "failed", error: error.fields };
    return { state: "failed", error: { code: "connection-lost", message: error.message } };
  }
}

async function send(path, options) {
  try {
    return await fetch(path, { cache: "no-store", credentials: "same-origin", ...options });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Failure({ code: "unreachable" });
  }
}

// A response outside 2xx as a failure; the body may be JSON of ours or anything.
async function refusal(response) {
  const text = await response.text();
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    body = { detail: text.slice(0, 500) };
  }
  const detail = body?.detail ?? body?.message;
  const message = typeof detail === "string" ? detail : JSON.stringify(detail ?? body);
  return new Failure({ ...body, code: body?.code ?? "http", message, status: body?.status ?? response.status });
}

async function readStream(response, onChunk) {
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventStreamParser();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Failure({ code: "incomplete-stream" });
    for (const event of parser.feed(decoder.decode(value, { stream: true }))) {
      if (event.type === "message") {
        onChunk(event.data);
        continue;
      }
      const outcome = terminalOutcome(event);
      if (!outcome) continue;
      // Nothing follows a terminal event; a failing cancel has no one to tell.
      reader.cancel().catch(() => {});
      return outcome;
    }
  }
}

// What a named event says about the end of the run; undefined for names we do not know.
function terminalOutcome(event) {
  switch (event.type) {
    case "done": return { state: "done" };
    case "error": return { state: "failed", error: { code: "error", ...readObject(event.data) } };
    case "cancelled": return { state: "stopped" };
    default: return undefined;
  }
}

function readObject(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return text === "" ? {} : { message: text };
  }
}

function readAnswer(answer, onStart) {
  if (answer?.task_id) onStart(answer.task_id);
  if (answer?.status === "failed") {
    return { state: "failed", error: { code: "error", ...answer.error_info, message: answer.error } };
  }
  if (answer?.status === "cancelled") return { state: "stopped" };
  // An answer that is no task state is itself the output.
  const isState = answer !== null && typeof answer === "object" && "status" in answer && "task_id" in answer;
  if (isState && answer.status !== "completed") return { state: "done", output: answer };
  return { state: "done", output: isState ? answer.output : answer };
}
