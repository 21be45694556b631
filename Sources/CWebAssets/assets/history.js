// The runs of this page, newest first, in memory only.

import { duration } from "./format.js";
import { text } from "./strings.js";

const limit = 20;

export class History {
  #section;
  #list;
  #onOpen;
  #clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

  // `onOpen` gets the record of the run that was chosen.
  constructor(section, list, onOpen) {
    this.#section = section;
    this.#list = list;
    this.#onOpen = onOpen;
  }

  // Adds a finished run: {title, summary, state, startedAt, total} and whatever else the owner needs.
  add(record) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.state = record.state;
    button.append(
      part("when", this.#clock.format(record.startedAt)),
      part("what", record.summary || record.title),
      part("state", text(record.state)),
      part("total", duration(record.total)),
    );
    button.addEventListener("click", () => this.#onOpen(record));
    const item = document.createElement("li");
    item.append(button);
    this.#list.prepend(item);
    while (this.#list.children.length > limit) this.#list.lastElementChild.remove();
    this.#section.hidden = false;
  }
}

function part(className, content) {
  return Object.assign(document.createElement("span"), { className, textContent: content });
}
