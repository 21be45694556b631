// How a run ended: {state: "done" | "stopped"} or {state: "failed", error}, with `output` (a value) or `blob` and
// `fileName` when the result is no stream. One that the page has left before its end is "interrupted" or "waiting".

import { readJSON, send } from "./api.js";

export const finalStates = new Set(["completed", "failed", "cancelled"]);

// The outcome that the last event of an output stream tells; nothing for any other event.
export function outcomeOfEvent({ type, data }) {
  switch (type) {
    case "done": return { state: "done" };
    case "error": return { state: "failed", error: { code: "error", ...readObject(data) } };
    case "cancelled": return { state: "stopped" };
    default: return undefined;
  }
}

// The outcome of a task by its last state, without its output.
export function outcomeOfState(state) {
  switch (state.status) {
    case "completed": return { state: "done" };
    case "failed": return { state: "failed", error: { code: "error", ...state.error_info, message: state.error } };
    default: return { state: "stopped" };
  }
}

// The output of a completed task: what its state holds, or the answer that has it with its own type.
export async function readOutput(state, signal) {
  if ("output" in state) return { output: state.output };
  const path = `tasks/${state.task_id}?output_only=true`;
  return outputOf(await send(path, { signal, headers: { Accept: "*/*" } }));
}

// The value or the bytes of an answer.
export async function outputOf(response) {
  const type = response.headers.get("Content-Type") ?? "";
  if (type.startsWith("application/json")) return { output: await readJSON(response) };
  const fileName = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
  return { blob: await response.blob(), fileName };
}

// The object that an event holds. `parse` is parseJSON where it carries something of a person or a provider.
export function readObject(text, parse = JSON.parse) {
  try {
    return Object(parse(text));
  } catch {
    return text === "" ? {} : { message: text };
  }
}
