// The output panel: text that grows, and a view that follows it unless the reader scrolled up.

import { text } from "./strings.js";

// A block is closed at the first line end after this many characters: a browser lays out the
// last block only, not the whole text, when a chunk arrives.
const blockLength = 4000;
// How far from the end, in pixels, still counts as being there.
const nearEnd = 32;

export class OutputView {
  #region;
  #placeholder;
  #jump;
  #pieces = [];
  #pending = "";
  #node;
  #isScheduled = false;
  #isGrowing = false;
  #isFollowing = true;
  #lastTop = 0;

  constructor(region, placeholder, jump) {
    this.#region = region;
    this.#placeholder = placeholder;
    this.#jump = jump;
    region.addEventListener("scroll", () => this.#noticeScroll(), { passive: true });
    jump.addEventListener("click", () => {
      this.#isFollowing = true;
      this.#follow();
      region.focus();
    });
  }

  // Everything that was shown since the last `clear`.
  get content() {
    if (this.#pieces.length > 1) this.#pieces = [this.#pieces.join("")];
    return this.#pieces[0] ?? "";
  }

  // Whether the text is JSON, which is set in a fixed-width font.
  get isCode() {
    return this.#region.classList.contains("code");
  }

  set isCode(isCode) {
    this.#region.classList.toggle("code", isCode);
  }

  clear(placeholder) {
    this.#pieces = [];
    this.#pending = "";
    this.#node = undefined;
    this.#region.replaceChildren();
    this.#isGrowing = false;
    this.#isFollowing = true;
    this.#lastTop = 0;
    this.#jump.hidden = true;
    this.#placeholder.textContent = placeholder ? text(placeholder) : "";
    this.#placeholder.hidden = !placeholder;
  }

  // Empties the view and keeps to its end while text is appended, until `finish`.
  begin() {
    this.clear();
    this.#isGrowing = true;
  }

  finish() {
    this.flush();
    this.#isGrowing = false;
    this.#jump.hidden = true;
  }

  // Adds text; the screen is brought up to date once per frame.
  append(piece) {
    if (piece === "") return;
    this.#pieces.push(piece);
    this.#pending += piece;
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    requestAnimationFrame(() => this.flush());
  }

  // Shows what is pending now, without waiting for a frame: a hidden page gets none.
  flush() {
    this.#isScheduled = false;
    if (this.#pending === "") return;
    this.#placeholder.hidden = true;
    let rest = this.#pending;
    this.#pending = "";
    while (rest !== "") {
      if (!this.#node) {
        this.#node = document.createTextNode("");
        const block = document.createElement("span");
        block.className = "block";
        block.append(this.#node);
        this.#region.append(block);
      }
      const room = Math.max(0, blockLength - this.#node.length);
      const lineEnd = rest.indexOf("\n", room);
      const length = lineEnd < 0 ? rest.length : lineEnd + 1;
      this.#node.appendData(rest.slice(0, length));
      rest = rest.slice(length);
      if (lineEnd >= 0) this.#node = undefined;
    }
    if (this.#isGrowing && this.#isFollowing) this.#follow();
  }

  #follow() {
    this.#region.scrollTop = this.#region.scrollHeight;
    this.#jump.hidden = true;
  }

  #noticeScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.#region;
    const distance = scrollHeight - scrollTop - clientHeight;
    // Any move up lets go, or else the next chunk would pull a slow reader back down.
    if (scrollTop < this.#lastTop && distance > 1) this.#isFollowing = false;
    else if (distance < nearEnd) this.#isFollowing = true;
    this.#lastTop = scrollTop;
    this.#jump.hidden = this.#isFollowing || !this.#isGrowing;
  }
}
