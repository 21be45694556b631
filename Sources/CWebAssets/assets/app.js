// The page: chooses a workflow, runs it, and keeps what was run.

import { connectApiDialog } from "./api-dialog.js";
import { address, fetchJSON, fieldsOf } from "./api.js";
import { announce, copy } from "./clipboard.js";
import { curlCommand } from "./curl.js";
import { byId, isWide } from "./dom.js";
import { keepDraft, readDraft } from "./drafts.js";
import { readEarlierRun } from "./earlier-run.js";
import { InputForm } from "./form.js";
import { firstLine, workflowTitle } from "./format.js";
import { Health } from "./health.js";
import { HistoryStore, isOver } from "./history-store.js";
import { HistoryView } from "./history-view.js";
import { key } from "./key-prompt.js";
import { connectKeys, runKeys } from "./keyboard.js";
import { connectLayout } from "./layout.js";
import { typedBlob } from "./media.js";
import { RecentRuns } from "./recent-runs.js";
import { RunRequest } from "./request.js";
import { Result } from "./result.js";
import { Run } from "./run.js";
import { lasting } from "./storage.js";
import { language, say, text, translate, useLanguage } from "./strings.js";
import { connectTheme } from "./theme.js";
import { WorkflowList } from "./workflow-list.js";

let workflows = [];
let workflow;
let form;
let run;
let keeping;

const store = new HistoryStore(lasting);
const recent = new RecentRuns();
const result = new Result({ onAnswer: (answers) => run?.answer(answers) });
const list = new WorkflowList(choose);
const history = new HistoryView(store, { onOpen: open, onRepeat: repeat, titleOf });
const layout = connectLayout();
const health = new Health(load);

start();

function start() {
  document.documentElement.lang = language;
  translate(document);
  connectTheme(byId("theme-button"));
  connectApiDialog(byId("api-button"), { workflow: () => workflow, command });
  connectKeys({ run: execute, stop, search: showSearch, help: () => byId("keys-dialog").showModal() });
  for (const each of document.querySelectorAll("[data-keys=run]")) each.textContent = runKeys;
  byId("language-button").addEventListener("click", () => useLanguage(language === "ko" ? "en" : "ko"));
  byId("keys-button").addEventListener("click", () => byId("keys-dialog").showModal());
  byId("input-form").addEventListener("submit", (event) => {
    event.preventDefault();
    execute();
  });
  byId("stop-button").addEventListener("click", stop);
  byId("clear-button").addEventListener("click", clearForm);
  byId("copy-curl").addEventListener("click", (event) => copy(event.currentTarget, command()));
  document.addEventListener("paste", takePastedFiles);
  document.addEventListener("languagechange", () => workflow && showHead());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && !run) load();
  });
  addEventListener("hashchange", () => choose(wantedId()));
  // A page that is kept for "back" would keep its connection, and tokens would go on being spent.
  addEventListener("pagehide", () => {
    keep();
    run?.leave();
  });
  health.check();
  load();
}

// MARK: Workflows

// Fetches the workflows; also when the service or the person is back: the file may have another version then.
async function load() {
  try {
    workflows = await fetchJSON("workflows?include_schema=true");
  } catch (error) {
    // What is on the screen stays useful when only its refreshing failed.
    if (!workflow) result.fail(fieldsOf(error));
    return;
  }
  list.show(workflows);
  history.refresh();
  const current = workflows.find(({ workflow_id: id }) => id === workflow?.workflow_id);
  if (workflow && JSON.stringify(current) === JSON.stringify(workflow)) return;
  const wanted = find(wantedId()) ?? current ?? workflows.find((each) => each.default) ?? workflows[0];
  if (run) return;
  show(wanted);
}

function wantedId() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

function find(id) {
  return workflows.find((each) => each.workflow_id === id);
}

function titleOf(id) {
  const known = find(id);
  return known && workflowTitle(known, text("workflow"));
}

function choose(id) {
  const next = find(id);
  if (!next || run || next === workflow) return layout.closeRail();
  show(next);
  layout.closeRail();
}

function show(next) {
  keep();
  workflow = next;
  byId("run-button").disabled = !next;
  for (const id of ["copy-curl", "api-button", "clear-button"]) byId(id).disabled = !next;
  if (!next) {
    say(byId("workflow-title"), "noWorkflows");
    result.setState("idle");
    return;
  }
  list.choose(next.workflow_id);
  if (workflows.length > 1) globalThis.history.replaceState(null, "", `#${encodeURIComponent(next.workflow_id)}`);
  showHead();
  form = new InputForm(byId("fields"), next.input ?? [], keepSoon);
  form.restore(readDraft(next.workflow_id));
  result.choose(next);
  history.select(undefined);
  if (isWide()) form.focus();
}

function showHead() {
  const title = workflowTitle(workflow, text("workflow"));
  byId("workflow-title").textContent = title;
  byId("workflow-description").textContent = workflow.description ?? "";
  document.title = `${title} · model-compose`;
}

// MARK: The form

function keep() {
  clearTimeout(keeping);
  if (workflow && form) keepDraft(workflow.workflow_id, form.snapshot());
}

// A draft survives even a crash of the tab, but is not written at every key.
function keepSoon() {
  clearTimeout(keeping);
  keeping = setTimeout(keep, 500);
}

function clearForm() {
  form = new InputForm(byId("fields"), workflow.input ?? [], keepSoon);
  keep();
  form.focus();
}

function takePastedFiles(event) {
  const files = event.clipboardData?.files ?? [];
  if (files.length > 0 && form?.takeFiles(files)) event.preventDefault();
}

// The command for what stands in the form, as far as it can be used.
function command() {
  const request = new RunRequest(workflow.workflow_id, form.peek());
  const options = { isStreaming: workflow.streaming === true, needsKey: key() !== undefined };
  return curlCommand(address("workflows/runs"), request, options);
}

// MARK: Running

async function execute() {
  if (run || !workflow) return;
  const pairs = form.read();
  if (pairs === undefined) return announce("announceFaulty");
  keep();
  const request = new RunRequest(workflow.workflow_id, pairs);
  const record = { ...recordOf(workflow), summary: form.summary(), inputs: form.snapshot() };
  const outcome = await follow(record, () => run.start(request, workflow.streaming === true));
  remember(record, outcome);
  if (isRefusal(outcome.error)) form.showRefusal(outcome.error);
}

// Whether the service has found fault with the input.
function isRefusal(error) {
  return error?.code === "invalid-input" || error?.httpStatus === 400;
}

// Shows a run from where it is to its end.
async function follow(record, begin) {
  run = new Run(result);
  result.begin(workflow);
  setRunning(true);
  const outcome = await begin();
  if (outcome.blob) outcome.blob = await typedBlob(outcome.blob, workflow.output);
  record.taskId = run.taskId;
  run = undefined;
  setRunning(false);
  result.end(outcome);
  if (outcome.error?.code === "unreachable") health.check();
  return outcome;
}

function recordOf({ workflow_id: workflowId, title }) {
  return { id: `${Date.now()}-${Math.random().toString(36).slice(2, 8)}`, workflowId, title, startedAt: Date.now() };
}

function remember(record, outcome) {
  Object.assign(record, leftOver(outcome));
  store.add(record);
  // What goes on without the page is read from the service when it is opened again.
  if (isOver(outcome)) {
    recent.add({ ...record, ...outcome, workflow, content: result.text, events: result.events });
  }
  history.refresh();
  history.select(record.taskId ?? record.id);
}

// What the history keeps of a run that is on the screen. How long it took is known at its end.
function leftOver({ state, error, figures = result.figures }) {
  return { state, error, figures: isOver({ state }) ? figures : undefined, line: firstLine(result.text) };
}

// Returns whether there was something to stop.
function stop() {
  run?.stop();
  return run !== undefined;
}

function setRunning(isRunning) {
  layout.setRunning(isRunning);
  byId("workflow-list").inert = isRunning;
  history.isBusy = isRunning;
}

// MARK: Earlier runs

// Shows a run of the history: from memory, from the service, or what is left of it.
async function open(record) {
  if (run) return;
  const owner = find(record.workflowId);
  if (owner && owner !== workflow) show(owner);
  if (record.inputs) form?.restore(record.inputs);
  layout.closeRail();
  const known = recent.find(record);
  if (known) result.show(known);
  else if (!record.taskId) result.show({ ...record, workflow, content: record.line, isForgotten: true });
  else await openFromService(record);
  history.select(record.taskId ?? record.id);
}

async function openFromService(record) {
  try {
    const earlier = await readEarlierRun(record.taskId, workflow);
    // What this page has measured itself says more than what the service remembers.
    if (earlier) result.show({ ...earlier, figures: record.figures ?? earlier.figures });
    const outcome = earlier ?? (await follow({}, () => run.open(record.taskId)));
    store.update(record.taskId, leftOver(outcome));
  } catch (error) {
    showRest(record, fieldsOf(error));
  }
  history.refresh();
}

// What is left where the service has forgotten the run, or its stream is gone: the first line.
function showRest(record, error) {
  const rest = { ...record, workflow, content: record.line ?? "" };
  if (isOver(record)) return result.show({ ...rest, isForgotten: true });
  if (error.code !== "unknown-task") return result.show({ ...rest, state: "failed", error });
  // It waited or went on when it was seen last, and there is nothing of it that could.
  store.update(record.taskId, { state: "stopped" });
  result.show({ ...rest, state: "stopped", isForgotten: true });
}

function showSearch() {
  layout.openRail();
  list.focusSearch();
}

function repeat(record) {
  const owner = find(record.workflowId);
  if (run || !owner) return;
  if (owner !== workflow) show(owner);
  form.restore(record.inputs);
  layout.closeRail();
  execute();
}
