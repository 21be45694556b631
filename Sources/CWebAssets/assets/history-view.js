// The list of runs: those of this browser, or all that the service knows.

import { fetchJSON } from "./api.js";
import { download } from "./clipboard.js";
import { confirm } from "./confirm-dialog.js";
import { byId, make } from "./dom.js";
import { duration } from "./format.js";
import { recordOfTask } from "./history-store.js";
import { label, language, say } from "./strings.js";

const refreshDelay = 5000;

export class HistoryView {
  #store;
  #handlers;
  #list = byId("history-list");
  #source = "browser";
  #tasks = [];
  #current;
  // What the list shows, so that it is left alone while nothing changes.
  #drawn;
  #isBusy = false;

  // `handlers`: `onOpen(record)`, `onRepeat(record)`, `titleOf(workflowId)`.
  constructor(store, handlers) {
    this.#store = store;
    this.#handlers = handlers;
    const tabs = ["browser", "service"].map((source) => byId(`history-${source}`));
    for (const tab of tabs) tab.addEventListener("click", () => this.#choose(tab.id.replace("history-", "")));
    byId("history-tabs").addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const other = tabs.find((tab) => tab !== event.target);
      other.click();
      other.focus();
    });
    byId("history-clear").addEventListener("click", () => this.#clear());
    byId("history-export").addEventListener("click", () => {
      download(new Blob([store.exported()], { type: "application/json" }), "model-compose-history.json");
    });
    document.addEventListener("languagechange", () => this.#draw());
    // Another tab of this browser has run something.
    addEventListener("storage", () => this.refresh());
    setInterval(() => this.#poll(), refreshDelay);
    this.#draw();
  }

  // Brings the list up to date, after a run or when the service is back.
  async refresh() {
    if (this.#source === "service") await this.#load();
    this.#draw();
  }

  // Marks the run that is shown.
  select(taskId) {
    this.#current = taskId;
    for (const item of this.#list.children) {
      item.querySelector(".entry")?.setAttribute("aria-current", String(item.dataset.task === taskId));
    }
  }

  // While a run is going on, another one cannot be opened in its place.
  set isBusy(isBusy) {
    this.#isBusy = isBusy;
    for (const button of this.#list.querySelectorAll(".entry, .repeat")) button.disabled = isBusy;
  }

  #choose(source) {
    this.#source = source;
    for (const each of ["browser", "service"]) {
      const tab = byId(`history-${each}`);
      tab.setAttribute("aria-selected", String(each === source));
      tab.tabIndex = each === source ? 0 : -1;
    }
    byId("history-panel").setAttribute("aria-labelledby", `history-${source}`);
    this.refresh();
  }

  #poll() {
    const isSeen = document.visibilityState === "visible" && this.#list.checkVisibility?.() !== false;
    if (this.#source === "service" && isSeen) this.refresh();
  }

  async #load() {
    try {
      const { tasks } = await fetchJSON("tasks?limit=50");
      this.#tasks = tasks.map(recordOfTask);
    } catch {
      // The banner says that the service is away; the list stays as it was.
    }
  }

  async #clear() {
    say(byId("clear-message"), "clearMessage", { count: this.#store.records.length });
    if (!(await confirm(byId("clear-dialog")))) return;
    this.#store.clear();
    this.#draw();
    byId("history-browser").focus();
  }

  #draw() {
    const isBrowser = this.#source === "browser";
    const own = this.#store.records;
    const records = isBrowser ? own : this.#tasks.map((task) => merged(task, own));
    const titles = records.map(({ workflowId }) => this.#handlers.titleOf(workflowId));
    const drawn = JSON.stringify([this.#source, language, records, titles]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const focused = this.#list.contains(document.activeElement) ? focusKey(document.activeElement) : undefined;
    this.#list.replaceChildren(...records.map((record) => this.#item(record, isBrowser)));
    const again = focused && this.#list.querySelector(`[data-task="${CSS.escape(focused.task)}"] .${focused.name}`);
    again?.focus();
    say(byId("history-empty"), isBrowser ? "historyEmpty" : "serviceEmpty");
    byId("history-empty").hidden = records.length > 0;
    byId("history-tools").hidden = !isBrowser || records.length === 0;
    this.select(this.#current);
  }

  #item(record, isBrowser) {
    const title = this.#handlers.titleOf(record.workflowId) ?? record.title ?? record.workflowId;
    const state = make("span", { className: "entry-state" });
    say(state, record.state);
    const about = [clock(record.startedAt), record.summary ? title : "", durationOf(record)].filter(Boolean).join(" · ");
    const open = make("button", { type: "button", className: "entry", disabled: this.#isBusy },
      make("span", { className: "what", textContent: record.summary || title }),
      state,
      make("span", { className: "about", textContent: about }));
    open.addEventListener("click", () => this.#handlers.onOpen(record));
    const item = make("li", {}, open);
    item.dataset.state = record.state;
    item.dataset.task = record.taskId ?? record.id;
    if (record.inputs) {
      item.append(this.#button("↻", "repeat", "runAgain", record, () => this.#handlers.onRepeat(record)));
    }
    if (isBrowser) {
      item.append(this.#button("✕", "remove", "deleteRun", record, () => {
        const next = item.nextElementSibling ?? item.previousElementSibling;
        this.#store.remove(record.id);
        const task = next?.dataset.task;
        this.#draw();
        (this.#list.querySelector(`[data-task="${CSS.escape(task ?? "")}"] .remove`) ?? byId("history-browser")).focus();
      }));
    }
    return item;
  }

  #button(textContent, className, name, record, onClick) {
    const button = make("button", { type: "button", className: `icon small ${className}`, textContent });
    label(button, name, { name: record.summary || record.workflowId });
    if (className === "repeat") button.disabled = this.#isBusy;
    button.addEventListener("click", onClick);
    return button;
  }
}

// A run that the service lists, with what this browser knows about it.
function merged(task, own) {
  const known = own.find(({ taskId }) => taskId === task.taskId);
  return known ? { ...known, ...task } : task;
}

function focusKey(element) {
  const name = ["entry", "repeat", "remove"].find((each) => element.classList.contains(each));
  return name && { name, task: element.closest("li").dataset.task };
}

function durationOf({ figures }) {
  return Number.isFinite(figures?.total) ? duration(figures.total) : "";
}

// The time of today's runs, the day of older ones.
function clock(time) {
  if (!Number.isFinite(time)) return "";
  const isToday = new Date(time).toDateString() === new Date().toDateString();
  const style = isToday ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : { month: "short", day: "numeric" };
  return new Intl.DateTimeFormat(language, style).format(time);
}
