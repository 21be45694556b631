// Markdown that grows. Text is appended at any speed; blocks that can no longer change are never
// read or drawn again.

import { parseBlocks } from "./blocks.js";
import { render, update } from "./render.js";

// While text arrives, drawing takes at most one part in `restShare` of the time.
const restShare = 4;

export class MarkdownView {
  #element;
  #onDraw;
  // All that came.
  #pieces = [];
  // The part that may still change, and the blocks and elements that show it.
  #tail = "";
  #blocks = [];
  #elements = [];
  // The link definitions of the part that is settled.
  #definitions = new Map();
  #timer;
  #restUntil = 0;

  // `onDraw` is called after each time that something was drawn.
  constructor(element, onDraw = () => {}) {
    this.#element = element;
    this.#onDraw = onDraw;
    element.classList.add("markdown");
  }

  append(text) {
    this.#pieces.push(text);
    this.#tail += text;
    this.#schedule();
  }

  // Draws what is left. A definition may stand behind the links that it names: then all is read once more.
  finish() {
    this.#stop();
    if (this.#draw().size === 0) return;
    this.#element.replaceChildren();
    this.#blocks = [];
    this.#elements = [];
    this.#definitions.clear();
    this.#tail = this.#pieces.join("");
    this.#draw();
  }

  // Forgets what is pending; the view is not used any more.
  close() {
    this.#stop();
  }

  #schedule() {
    if (this.#timer) return;
    const wait = Math.max(16, this.#restUntil - performance.now());
    // No animation frame: a hidden page gets none, and would draw everything at once afterwards.
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
    }, wait);
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  // Returns the definitions that were found so far.
  #draw() {
    const startedAt = performance.now();
    // The last carriage return may be the first half of a line end.
    this.#tail = this.#tail.replace(/\r\n|\r(?!$)/g, "\n").replaceAll("\0", "\ufffd");
    // A definition may still change while its line is not whole, so those of the tail are not kept.
    const { blocks, definitions } = parseBlocks(this.#tail.replace(/\r$/, ""), new Map(this.#definitions));
    blocks.forEach((block, index) => {
      const shown = this.#elements[index];
      const next = shown ? update(shown, this.#blocks[index], block, definitions) : render(block, definitions);
      if (shown && next !== shown) shown.replaceWith(next);
      else if (!shown) this.#element.append(next);
      this.#elements[index] = next;
    });
    for (const rest of this.#elements.splice(blocks.length)) rest.remove();
    this.#blocks = blocks;
    this.#settle(definitions.size > this.#definitions.size);
    this.#onDraw();
    this.#restUntil = performance.now() + (performance.now() - startedAt) * (restShare - 1);
    return definitions;
  }

  // Keeps the last two blocks that began in whole lines: an unfinished line may still become part
  // of the last one, and a table takes its first line from the paragraph before it.
  #settle(hasDefinitions) {
    const lineStart = this.#tail.lastIndexOf("\n") + 1;
    let count = this.#blocks.length;
    while (count > 0 && this.#blocks[count - 1].start >= lineStart) count -= 1;
    const gone = count - 2;
    if (gone <= 0) return;
    const { start } = this.#blocks[gone];
    if (hasDefinitions) parseBlocks(this.#tail.slice(0, start), this.#definitions);
    this.#tail = this.#tail.slice(start);
    this.#blocks.splice(0, gone);
    this.#elements.splice(0, gone);
  }
}
