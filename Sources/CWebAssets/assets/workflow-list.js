// The workflows to choose from, with a search where there are many.

import { byId, make } from "./dom.js";
import { workflowTitle } from "./format.js";
import { say, text } from "./strings.js";

const searchFrom = 9;

export class WorkflowList {
  #onChoose;
  #list = byId("workflow-list");
  #search = byId("workflow-search");
  #workflows = [];
  #chosen;

  constructor(onChoose) {
    this.#onChoose = onChoose;
    this.#search.addEventListener("input", () => this.#filter());
    this.#search.addEventListener("keydown", (event) => this.#onSearchKey(event));
    this.#list.addEventListener("keydown", (event) => this.#onListKey(event));
    document.addEventListener("languagechange", () => this.show(this.#workflows));
  }

  show(workflows) {
    this.#workflows = workflows;
    byId("workflow-search-line").hidden = workflows.length < searchFrom;
    byId("workflow-section").hidden = workflows.length < 2;
    this.#list.replaceChildren(...workflows.map((workflow) => this.#item(workflow)));
    this.#filter();
    this.choose(this.#chosen);
  }

  // Marks the workflow whose form is shown.
  choose(id) {
    this.#chosen = id;
    for (const link of this.#links) {
      if (link.dataset.workflow === id) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  focusSearch() {
    if (!byId("workflow-search-line").hidden) this.#search.select();
    else this.#links[0]?.focus();
    if (!byId("workflow-search-line").hidden) this.#search.focus();
  }

  get #links() { return [...this.#list.querySelectorAll("a")]; }
  get #shownLinks() { return this.#links.filter((link) => !link.closest("li").hidden); }

  // A link, so that it can be copied and opened in another tab.
  #item(workflow) {
    const title = workflowTitle(workflow, text("workflow"));
    const link = make("a", { href: `#${encodeURIComponent(workflow.workflow_id)}` },
      make("span", { className: "name", textContent: title }));
    if (workflow.description) link.append(make("span", { className: "about", textContent: workflow.description }));
    link.dataset.workflow = workflow.workflow_id;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#onChoose(workflow.workflow_id);
    });
    return make("li", {}, link);
  }

  // Every word has to occur somewhere in the id, the title or the description.
  #filter() {
    const words = this.#search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    this.#workflows.forEach(({ workflow_id: id, title = "", description = "" }, index) => {
      const content = `${id} ${title} ${description}`.toLocaleLowerCase();
      this.#list.children[index].hidden = !words.every((word) => content.includes(word));
    });
    const count = this.#shownLinks.length;
    byId("workflow-none").hidden = count > 0 || this.#workflows.length === 0;
    say(byId("workflow-count"), words.length > 0 ? "searchCount" : "nothingToSay", { count });
  }

  #onSearchKey(event) {
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      const first = this.#shownLinks[0];
      if (event.key === "Enter" && !event.isComposing) first?.click();
      else first?.focus();
    } else if (event.key === "Escape" && this.#search.value !== "") {
      event.stopPropagation();
      this.#search.value = "";
      this.#filter();
    }
  }

  #onListKey(event) {
    const links = this.#shownLinks;
    const index = links.indexOf(event.target.closest("a"));
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: links.length - 1 }[event.key];
    if (index < 0 || next === undefined) return;
    event.preventDefault();
    if (next < 0 && !byId("workflow-search-line").hidden) this.#search.focus();
    else links[Math.max(0, Math.min(next, links.length - 1))]?.focus();
  }
}
