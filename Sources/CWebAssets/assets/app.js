// The page: chooses a workflow, runs it and shows what comes back.

import { messageOf, showError } from "./error-panel.js";
import { InputForm } from "./form.js";
import { chunkRate, curlCommand, duration, rate, shown } from "./format.js";
import { History } from "./history.js";
import { OutputView } from "./output.js";
import { Failure, fetchJSON, runBody, runPath, runWorkflow } from "./run.js";
import { language, text, translate } from "./strings.js";

const byId = (id) => document.getElementById(id);
const select = byId("workflow-select");
const runButton = byId("run-button");
const stopButton = byId("stop-button");
const output = new OutputView(byId("output"), byId("output-placeholder"), byId("jump-button"));
const history = new History(byId("history"), byId("history-list"), openRecord);

let workflows = [];
let workflow;
let form;
// What was typed per workflow, so that changing the workflow loses nothing.
const drafts = new Map();
// Set while a run is going on.
let controller;
// What the numbers show: {startedAt, firstAt, lastAt, count, total} in milliseconds.
let timing;

start();

function start() {
  document.documentElement.lang = language;
  translate(document);
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  byId("run-keys").textContent = isMac ? "⌘ Enter" : "Ctrl Enter";
  byId("input-form").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  stopButton.addEventListener("click", () => controller?.abort());
  // A page that is kept for "back" would keep its connection, and tokens would go on being spent.
  addEventListener("pagehide", () => controller?.abort());
  select.addEventListener("change", () => {
    show(workflows[select.selectedIndex]);
    clearResult();
  });
  byId("copy-result").addEventListener("click", (event) => copy(event.currentTarget, output.content));
  byId("copy-curl").addEventListener("click", (event) => copyCurl(event.currentTarget));
  byId("retry-button").addEventListener("click", load);
  document.addEventListener("keydown", onKey);
  load();
}

async function load() {
  setState("loading");
  showError(undefined);
  try {
    const [health, list] = await Promise.all([readHealth(), fetchJSON("/api/workflows?include_schema=true")]);
    byId("sandbox-banner").hidden = health.sandbox !== true;
    workflows = list;
  } catch (error) {
    setState("failed");
    showError(error instanceof Failure ? error.fields : { code: "error", message: error.message });
    byId("retry-button").hidden = false;
    return;
  }
  fillSelect();
  setState("idle");
  const wanted = decodeURIComponent(location.hash.slice(1));
  const chosen = workflows.find((candidate) => candidate.workflow_id === wanted);
  show(chosen ?? workflows.find((candidate) => candidate.default) ?? workflows[0]);
}

// A server that is shutting down answers 503 here; the list of workflows decides what to show.
async function readHealth() {
  try {
    return await fetchJSON("/api/health");
  } catch {
    return {};
  }
}

function fillSelect() {
  select.replaceChildren(...workflows.map((each) => new Option(titleOf(each), each.workflow_id)));
  byId("workflow-picker").hidden = workflows.length < 2;
}

function show(next) {
  if (workflow) drafts.set(workflow.workflow_id, form.snapshot());
  workflow = next;
  runButton.disabled = !next;
  byId("copy-curl").disabled = !next;
  if (!next) {
    byId("workflow-title").textContent = text("noWorkflows");
    return;
  }
  select.value = next.workflow_id;
  if (workflows.length > 1) window.history.replaceState(null, "", `#${encodeURIComponent(next.workflow_id)}`);
  byId("workflow-title").textContent = titleOf(next);
  byId("workflow-description").textContent = next.description ?? "";
  document.title = `${titleOf(next)} · model-compose`;
  form = new InputForm(byId("fields"), next.input ?? []);
  const draft = drafts.get(next.workflow_id);
  if (draft) form.restore(draft);
  if (matchMedia("(min-width: 60rem)").matches) form.focus();
}

// Ids such as `__workflow__` stand for a workflow without a name.
function titleOf({ title, workflow_id: id }) {
  return title ?? (/^__.*__$/.test(id) ? text("workflow") : id);
}

async function run() {
  if (controller || !workflow) return;
  const input = form.read();
  if (input === undefined) return;
  const record = { workflow, title: titleOf(workflow), summary: form.summary(), draft: form.snapshot() };
  begin(record);
  const isJSON = streamsJSON(workflow);
  output.isCode = isJSON;
  const outcome = await runWorkflow(runBody(workflow.workflow_id, input), {
    signal: controller.signal,
    onStart: (id) => { byId("task-id").textContent = id ?? ""; },
    onChunk: (data) => {
      noteChunk();
      output.append(isJSON ? `${data}\n` : data);
    },
  });
  end(record, outcome);
}

function begin(record) {
  controller = new AbortController();
  record.startedAt = Date.now();
  timing = { startedAt: performance.now(), count: 0 };
  showError(undefined);
  output.begin();
  byId("task-id").textContent = "";
  setState("waiting");
  setRunning(true);
  showResultOnSmallScreen();
  requestAnimationFrame(tick);
}

function noteChunk() {
  const now = performance.now();
  if (timing.count === 0) {
    timing.firstAt = now;
    setState("streaming");
  }
  timing.count += 1;
  timing.lastAt = now;
}

function end(record, outcome) {
  timing.total = performance.now() - timing.startedAt;
  controller = undefined;
  if (outcome.output !== undefined && outcome.output !== null) {
    output.isCode = typeof outcome.output !== "string";
    output.append(shown(outcome.output));
  }
  output.finish();
  if (output.content === "") output.clear(outcome.state === "done" ? "nothing" : "placeholder");
  showTiming();
  showError(outcome.error);
  if (outcome.error?.field) form.showProblem(outcome.error.field, messageOf(outcome.error));
  setRunning(false);
  setState(outcome.state);
  Object.assign(record, outcome, { timing, total: timing.total, content: output.content });
  Object.assign(record, { isCode: output.isCode, taskId: byId("task-id").textContent });
  history.add(record);
}

// Shows an earlier run again: its input and its result.
function openRecord(record) {
  if (controller) return;
  if (record.workflow !== workflow) show(record.workflow);
  form.restore(record.draft);
  output.clear(record.content === "" ? (record.state === "done" ? "nothing" : "placeholder") : undefined);
  output.isCode = record.isCode;
  output.append(record.content);
  output.flush();
  byId("output").scrollTop = 0;
  timing = record.timing;
  showTiming();
  byId("task-id").textContent = record.taskId;
  showError(record.error);
  setState(record.state);
  showResultOnSmallScreen();
}

// The result of another workflow would look like this one's. It stays in the history.
function clearResult() {
  timing = undefined;
  output.clear("placeholder");
  byId("task-id").textContent = "";
  showTiming();
  showError(undefined);
  setState("idle");
}

// MARK: Showing

function setState(state) {
  const status = byId("status");
  status.dataset.state = state;
  status.textContent = text(state);
  byId("result").dataset.state = state;
}

function setRunning(isRunning) {
  // A button that had the focus keeps a partner to hand it to: a disabled one would drop it.
  const focused = document.activeElement;
  runButton.disabled = isRunning;
  stopButton.disabled = !isRunning;
  select.disabled = isRunning;
  byId("output").setAttribute("aria-busy", String(isRunning));
  if (isRunning && focused === runButton) stopButton.focus({ preventScroll: true });
  if (!isRunning && focused === stopButton) runButton.focus({ preventScroll: true });
}

function tick() {
  showTiming();
  if (controller) requestAnimationFrame(tick);
}

function showTiming() {
  const { startedAt, firstAt, lastAt, count = 0, total } = timing ?? {};
  const perSecond = chunkRate(count, firstAt, lastAt);
  setNumber("time-to-first-token", firstAt === undefined ? "–" : duration(firstAt - startedAt));
  setNumber("chunk-count", count === 0 ? "–" : String(count));
  setNumber("chunk-rate", perSecond === undefined ? "–" : rate(perSecond));
  setNumber("total-time", timing ? duration(total ?? performance.now() - startedAt) : "–");
}

function setNumber(id, content) {
  const element = byId(id);
  if (element.textContent !== content) element.textContent = content;
}

function showResultOnSmallScreen() {
  if (matchMedia("(min-width: 60rem)").matches) return;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  byId("result").scrollIntoView({ block: "start", behavior: isStill ? "auto" : "smooth" });
}

// Whether each event of the workflow's stream is a JSON value and not a piece of text.
function streamsJSON({ output: fields = [] }) {
  const [field] = fields;
  return field?.format === "sse-json" || (field?.type === "stream" && field.subtype === "json");
}

// MARK: Keyboard and clipboard

function onKey(event) {
  if (event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  } else if (event.key === "Escape" && controller) {
    event.preventDefault();
    controller.abort();
  }
}

function copyCurl(button) {
  const input = form.read();
  if (input === undefined) return;
  const url = new URL(runPath, location.href).href;
  copy(button, curlCommand(url, runBody(workflow.workflow_id, input), workflow.streaming === true));
}

async function copy(button, content) {
  let isCopied = true;
  try {
    await navigator.clipboard.writeText(content);
  } catch {
    isCopied = false;
  }
  const answer = text(isCopied ? "copied" : "copyFailed");
  button.textContent = answer;
  byId("announcement").textContent = answer;
  setTimeout(() => {
    button.textContent = text(button.dataset.text);
    byId("announcement").textContent = "";
  }, 1500);
}
