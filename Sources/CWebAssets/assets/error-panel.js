// Says why something did not work: what happened, where, and what to do.

import { copyButton } from "./copy-button.js";
import { make } from "./dom.js";
import { shown } from "./format.js";
import { say } from "./strings.js";

// What the page knows itself says more than the browser's words.
const ours = new Set(["unreachable", "connection-lost", "incomplete-stream", "stream-gone"]);
const advised = new Set([
  "invalid-input", "invalid-body", "unknown-workflow", "unsupported", "value", "provider", "protocol", "connection",
  "timeout", "unanswered", "limit", "deadlock", "cancelled", "internal", "unauthorized", "forbidden", "not-found",
  "too-large", "too-many", "shutting-down", "stream-gone", "unreachable", "connection-lost", "incomplete-stream",
  "unknown-task",
]);
// These say what to look at in the line, so without one they say nothing.
const needsLine = new Set(["value", "limit"]);

// Fills `element`, or hides it when there is no error.
export function showError(element, error) {
  element.hidden = !error;
  element.classList.add("error-panel");
  element.replaceChildren();
  if (!error) return;
  const code = make("code", { className: "error-code", textContent: error.code ?? "error" });
  element.append(make("p", { className: "error-head" }, code, make("span", { className: "error-message" })));
  const message = element.querySelector(".error-message");
  if (ours.has(error.code)) say(message, `error.${error.code}`);
  else if (error.message) message.textContent = error.message;
  else say(message, "error.unknown");
  const place = placeOf(error);
  if (place) element.append(placeLine(error, place));
  const facts = factsOf(error);
  if (facts.childElementCount > 0) element.append(facts);
  const advice = adviceFor(error);
  if (!advice) return;
  const next = make("p", { className: "error-next" });
  say(next, advice);
  element.append(next);
}

function placeOf({ file, line, column }) {
  if (line === undefined || line === null) return file ?? "";
  return [file, line, column].filter((part) => part !== undefined && part !== null).join(":");
}

// As an editor shows it: the line's number in the margin, the file, and something to paste into "go to".
function placeLine({ file, line }, place) {
  const margin = make("span", { className: "error-line", textContent: String(line ?? ""), "aria-hidden": "true" });
  const words = file ? make("code", { textContent: place }) : make("span");
  if (!file) say(words, "error.line", { line });
  return make("p", { className: "error-place" }, margin, words, copyButton(() => place));
}

function factsOf({ code, job, status, httpStatus, field, task_id: task, retry_after: pause }) {
  const facts = make("dl", { className: "error-facts" });
  const add = (name, value, ...more) => {
    if (value === undefined || value === null || value === "") return;
    const term = make("dt");
    say(term, `error.${name}`);
    facts.append(make("div", {}, term, make("dd", {}, shown(value), ...more)));
  };
  add("job", /^__.*__$/.test(job ?? "") ? undefined : job);
  add("status", status);
  // An answer that is none of the service's own, as of a proxy before it, may have nothing else to say.
  add("httpStatus", code === "http" ? httpStatus : undefined);
  add("field", field);
  add("retryAfter", pause === undefined || pause === null ? undefined : `${shown(pause)} s`);
  add("task", task, ...(task ? [copyButton(() => task)] : []));
  return facts;
}

// The name of the text that says what to do next.
function adviceFor({ code, status, line }) {
  if (needsLine.has(code) && (line === undefined || line === null)) return undefined;
  if (code === "provider") {
    if (status === 401 || status === 403) return "error.next.provider-key";
    if (status === 404) return "error.next.provider-address";
    if (status === 429) return "error.next.provider-rate";
    if (status >= 500) return "error.next.provider-fault";
  }
  return advised.has(code) ? `error.next.${code}` : undefined;
}
