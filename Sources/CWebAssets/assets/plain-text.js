// Text as it is, of any length. It is drawn in blocks, the last ones only: what came before is one press away.

import { make } from "./dom.js";
import { NextFrame } from "./next-frame.js";
import { say } from "./strings.js";

// A block is closed at the first line end behind this many characters, and anywhere behind the second number.
const blockLength = 4000;
const longestBlock = 16_000;
const drawnBlocks = 250;
const pageOfBlocks = 100;

export class PlainText {
  #element;
  #onDraw;
  // The texts of the closed blocks and of the last one.
  #blocks = [];
  #last = "";
  #node;
  // Blocks before this one are not in the document.
  #firstDrawn = 0;
  #pending = "";
  #frame = new NextFrame(() => this.#draw());
  #earlier;

  constructor(element, onDraw = () => {}) {
    this.#element = element;
    this.#onDraw = onDraw;
    this.#earlier = make("button", { type: "button", className: "secondary earlier", hidden: true });
    this.#earlier.addEventListener("click", () => this.#showEarlier());
    element.classList.add("plain-text");
    element.append(this.#earlier);
  }

  append(text) {
    this.#pending += text;
    this.#frame.request();
  }

  finish() {
    this.#frame.now();
  }

  close() {
    this.#frame.cancel();
  }

  #draw() {
    let rest = this.#pending;
    if (rest === "") return;
    this.#pending = "";
    while (rest !== "") {
      const length = lengthToAdd(this.#last.length, rest);
      const piece = rest.slice(0, length);
      rest = rest.slice(length);
      this.#add(piece);
      const isFull = this.#last.length >= (piece.endsWith("\n") ? blockLength : longestBlock);
      if (isFull) this.#close();
    }
    this.#dropEarly();
    this.#onDraw();
  }

  #add(piece) {
    this.#last += piece;
    if (this.#node) return this.#node.appendData(piece);
    this.#node = document.createTextNode(piece);
    this.#element.append(make("span", { className: "block" }, this.#node));
  }

  #close() {
    this.#blocks.push(this.#last);
    this.#last = "";
    this.#node = undefined;
  }

  // MARK: Window

  #dropEarly() {
    const drawn = this.#blocks.length - this.#firstDrawn;
    if (drawn <= drawnBlocks) return;
    for (let count = drawn - drawnBlocks; count > 0; count -= 1) this.#earlier.nextSibling.remove();
    this.#firstDrawn = this.#blocks.length - drawnBlocks;
    this.#sayEarlier();
  }

  #showEarlier() {
    const from = Math.max(0, this.#firstDrawn - pageOfBlocks);
    const blocks = this.#blocks.slice(from, this.#firstDrawn);
    this.#firstDrawn = from;
    const region = this.#element.closest(".output-body") ?? this.#element;
    const heightBefore = region.scrollHeight;
    this.#earlier.after(...blocks.map((text) => make("span", { className: "block", textContent: text })));
    this.#sayEarlier();
    // What was being read stays where it is.
    region.scrollTop += region.scrollHeight - heightBefore;
  }

  #sayEarlier() {
    this.#earlier.hidden = this.#firstDrawn === 0;
    const count = this.#blocks.slice(0, this.#firstDrawn).reduce((sum, text) => sum + text.length, 0);
    say(this.#earlier, "output.earlier", { count: count.toLocaleString() });
  }
}

// How much of a text goes into a block that holds `length` characters.
function lengthToAdd(length, text) {
  const lineEnd = text.indexOf("\n", Math.max(0, blockLength - length));
  const wanted = lineEnd < 0 ? text.length : lineEnd + 1;
  const count = Math.min(wanted, longestBlock - length);
  // No pair of surrogates is cut in two.
  const code = text.charCodeAt(count - 1);
  return code >= 0xd800 && code <= 0xdbff && count < text.length ? count + 1 : count;
}
