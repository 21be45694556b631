// What is known about one job, below the drawing.

import { make } from "./dom.js";
import { duration } from "./format.js";
import { timeOf } from "./graph-node.js";
import { say } from "./strings.js";

export class GraphDetails {
  #element;

  constructor(element) {
    this.#element = element;
    element.hidden = true;
  }

  hide() {
    this.#element.hidden = true;
  }

  show(node, job, now) {
    const state = make("span", { className: "graph-state" });
    state.dataset.state = job.state;
    say(state, `graph.${job.state}`);
    const facts = make("dl");
    const add = (name, content, className = "") => {
      if (content === undefined || content === null || content === "") return;
      const term = make("dt");
      say(term, `graph.${name}`);
      facts.append(make("div", { className }, term, make("dd", { textContent: String(content) })));
    };
    add("start", job.startedAt === undefined ? "" : `+${duration(job.startedAt * 1000)}`);
    add("time", timeOf(job, now));
    add("attempt", job.attempt && (job.attempts ? `${job.attempt} / ${job.attempts}` : job.attempt));
    add("runs", job.runs > 1 ? job.runs : "");
    add("active", job.active > 1 ? job.active : "");
    add("chunks", job.chunks);
    add("inner", job.inner);
    if (job.error) {
      const { code, status, file, line, message } = job.error;
      const place = file && line ? `${file}:${line}` : "";
      add("error", [code, status && `HTTP ${status}`, place].filter(Boolean).join(" · "));
      add("message", message, "is-wide");
    }
    const head = make("p", { className: "graph-details-head" }, make("strong", { textContent: node.title }), state);
    this.#element.replaceChildren(head, facts);
    this.#element.hidden = false;
  }
}
