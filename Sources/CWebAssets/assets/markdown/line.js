// A line of Markdown and how far it has been read. Columns, not characters, decide about
// indentation: a tab reaches to the next multiple of four, and half of it may belong to a container.

const tabWidth = 4;

export class Line {
  #text;
  #offset = 0;
  #column = 0;
  // The character at #offset is a tab of which the columns before #column are used up.
  #isInsideTab = false;

  constructor(text) {
    this.#text = text;
  }

  // Columns of white space ahead.
  get indent() {
    return this.#ahead().column - this.#column;
  }

  get isBlank() {
    return this.#ahead().offset === this.#text.length;
  }

  // What stands behind the white space.
  get content() {
    return this.#text.slice(this.#ahead().offset);
  }

  // All that is left, with its white space.
  get rest() {
    if (!this.#isInsideTab) return this.#text.slice(this.#offset);
    return " ".repeat(tabWidth - (this.#column % tabWidth)) + this.#text.slice(this.#offset + 1);
  }

  // Passes over white space, `columns` at most.
  skip(columns) {
    while (columns > 0) {
      const character = this.#text[this.#offset];
      if (character !== " " && character !== "\t") return;
      const width = character === " " ? 1 : tabWidth - (this.#column % tabWidth);
      const taken = Math.min(width, columns);
      this.#column += taken;
      columns -= taken;
      this.#isInsideTab = taken < width;
      if (!this.#isInsideTab) this.#offset += 1;
    }
  }

  // Passes over the white space and `count` characters behind it.
  take(count) {
    this.skip(this.indent);
    this.#offset += count;
    this.#column += count;
  }

  #ahead() {
    let offset = this.#offset;
    let column = this.#column;
    for (;; offset += 1) {
      const character = this.#text[offset];
      if (character === " ") column += 1;
      else if (character === "\t") column += tabWidth - (column % tabWidth);
      else return { offset, column };
    }
  }
}
