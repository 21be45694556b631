// The first half of Markdown: lines become a tree of blocks. Follows CommonMark 0.31, and GFM for
// tables and task lists. HTML is no block here: what looks like it stays text.
//
// A block: {type, start, …}; `start` is the offset of its first line in the text.
//   paragraph {text}   heading {level, text}   code {language, text}   rule
//   quote {children}   list {isOrdered, first, isTight, children}   item {isChecked?, children}
//   table {alignments, header, rows}
//
// Each line is read once, and containers are bounded, so the time is linear in the text.

import { becomesHeading, finishCode, finishParagraph, tableFrom } from "./leaves.js";
import { Line } from "./line.js";
import { endsFence, fenceOf, headingOf, isRule, markerOf } from "./marks.js";
import { cellsOf } from "./tables.js";

// Containers inside each other. What lies deeper is text of the deepest one.
const maximumDepth = 24;

// The blocks of a text, and the link definitions found so far: {blocks, definitions}.
export function parseBlocks(text, definitions = new Map()) {
  const parser = new BlockParser(definitions);
  for (let start = 0; start < text.length;) {
    const end = text.indexOf("\n", start);
    parser.read(text.slice(start, end < 0 ? text.length : end), start);
    if (end < 0) break;
    start = end + 1;
  }
  return { blocks: parser.finish(), definitions };
}

class BlockParser {
  // The open containers, from the document to the innermost.
  #path = [{ type: "document", children: [] }];
  // The open paragraph, code or table of the innermost container.
  #leaf;
  #definitions;
  #start = 0;

  constructor(definitions) {
    this.#definitions = definitions;
  }

  read(text, start) {
    this.#start = start;
    const line = new Line(text);
    const matched = this.#matchContainers(line);
    const isMatched = matched === this.#path.length;
    if (isMatched && this.#continueLeaf(line)) return;
    const isBlank = line.isBlank;
    const isOpened = !isBlank && this.#openBlocks(line, matched);
    if (isOpened !== "whole") this.#addText(line, matched, isBlank, isOpened);
    if (!isBlank) for (const container of this.#path) container.sawBlank = false;
  }

  finish() {
    this.#closeTo(1);
    return this.#path[0].children;
  }

  // MARK: Containers

  // How many of the open containers the line goes on with.
  #matchContainers(line) {
    let depth = 1;
    for (; depth < this.#path.length; depth += 1) {
      const container = this.#path[depth];
      if (container.type === "quote") {
        if (line.indent > 3 || !line.content.startsWith(">")) break;
        takeQuoteMark(line);
      } else if (container.type === "item") {
        if (line.isBlank) {
          // An item may begin with one blank line, not with two.
          if (container.children.length === 0 && !this.#leaf) break;
          line.skip(container.indent);
        } else {
          if (line.indent < container.indent) break;
          line.skip(container.indent);
        }
      }
    }
    return depth;
  }

  // Opens what begins in this line: "whole" when that takes all of it, true when a container was opened.
  #openBlocks(line, matched) {
    let isOpened = false;
    let isLazy = matched < this.#path.length;
    for (;;) {
      const { indent, content } = line;
      if (content === "") return isOpened;
      const paragraph = this.#leaf?.type === "paragraph" ? this.#leaf : undefined;
      if (indent > 3) {
        if (paragraph) return isOpened;
        line.skip(4);
        this.#closeTo(matched);
        this.#openLeaf({ type: "code", language: "", isIndented: true, lines: [line.rest] });
        return "whole";
      }
      if (paragraph && !isLazy && this.#transform(paragraph, content)) return "whole";
      if (this.#openSimple(line, matched)) return "whole";
      if (!this.#openContainer(line, matched, paragraph)) return isOpened;
      isOpened = true;
      isLazy = false;
      matched = this.#path.length;
    }
  }

  #openContainer(line, matched, paragraph) {
    if (matched + 2 > maximumDepth) return false;
    if (line.content.startsWith(">")) {
      this.#closeTo(matched);
      takeQuoteMark(line);
      this.#push({ type: "quote", children: [] });
      return true;
    }
    return this.#openItem(line, matched, paragraph);
  }

  #openItem(line, matched, paragraph) {
    const marker = markerOf(line.content);
    if (!marker) return false;
    const { mark, kind, number } = marker;
    const isEmpty = line.content.slice(mark.length).trim() === "";
    const isInList = this.#path[matched - 1].type === "list";
    // In the middle of a paragraph "1986. What a year" is no list.
    if (paragraph && !isInList && (isEmpty || (number !== undefined && number !== 1))) return false;
    const before = line.indent;
    this.#closeTo(matched);
    line.take(mark.length);
    const gap = isEmpty || line.indent > 4 ? 1 : line.indent;
    line.skip(gap);
    if (this.#container.type !== "list" || this.#container.kind !== kind) {
      this.#push({ type: "list", kind, isOrdered: number !== undefined, first: number, isTight: true, children: [] });
    }
    this.#push({ type: "item", indent: before + mark.length + gap, children: [] });
    return true;
  }

  get #container() {
    return this.#path[this.#path.length - 1];
  }

  #push(container) {
    this.#attach(container);
    this.#path.push(container);
  }

  // Adds a block to the innermost container. A blank line before it makes the list around it loose.
  #attach(block) {
    if (block.type !== "item" && this.#container.type === "list") this.#path.pop();
    const container = this.#container;
    block.start ??= this.#start;
    if (container.sawBlank && container.children.length > 0) {
      const list = container.type === "item" ? this.#path[this.#path.length - 2] : container;
      if (list.type === "list") list.isTight = false;
    }
    container.children.push(block);
  }

  #closeTo(depth) {
    this.#closeLeaf();
    this.#path.length = depth;
  }

  // MARK: Leaves

  #continueLeaf(line) {
    const leaf = this.#leaf;
    if (leaf?.type === "table") {
      if (line.isBlank) this.#closeLeaf();
      return false;
    }
    if (leaf?.type !== "code") return false;
    if (leaf.isIndented) {
      if (line.indent < 4 && !line.isBlank) {
        this.#closeLeaf();
        return false;
      }
      if (line.isBlank) this.#noteBlank();
      line.skip(4);
      leaf.lines.push(line.rest);
      return true;
    }
    if (line.indent < 4 && endsFence(line.content, leaf.fence)) {
      this.#closeLeaf();
    } else {
      line.skip(leaf.indent);
      leaf.lines.push(line.rest);
    }
    return true;
  }

  #openLeaf(leaf) {
    this.#closeLeaf();
    this.#attach(leaf);
    this.#leaf = leaf;
  }

  // Headings, fences and rules: what begins with a mark of its own and needs no container.
  #openSimple(line, matched) {
    const { indent, content } = line;
    const heading = headingOf(content);
    const fence = heading ? undefined : fenceOf(content);
    if (!heading && !fence && !isRule(content)) return false;
    this.#closeTo(matched);
    if (fence) this.#openLeaf({ type: "code", ...fence, indent, lines: [] });
    else this.#attach(heading ? { type: "heading", ...heading } : { type: "rule" });
    return true;
  }

  // What a line makes of the paragraph before it: a heading or a table.
  #transform(paragraph, content) {
    if (becomesHeading(paragraph, content, this.#definitions)) {
      this.#leaf = undefined;
      return true;
    }
    const table = tableFrom(paragraph, content);
    if (!table) return false;
    paragraph.lines.pop();
    if (paragraph.lines.length > 0) this.#closeLeaf();
    else this.#container.children.pop();
    this.#leaf = undefined;
    this.#openLeaf(table);
    return true;
  }

  #addText(line, matched, isBlank, isOpened) {
    const isLazy = !isOpened && matched < this.#path.length;
    if (isLazy && !isBlank && this.#leaf?.type === "paragraph") return this.#extend(line);
    if (isLazy) this.#closeTo(matched);
    if (isBlank) {
      this.#closeLeaf();
      return this.#noteBlank();
    }
    if (this.#leaf?.type === "table") {
      this.#leaf.rows.push(cellsOf(line.content, this.#leaf.header.length));
    } else if (this.#leaf) {
      this.#extend(line);
    } else {
      this.#openLeaf({ type: "paragraph", lines: [] });
      this.#extend(line);
    }
  }

  #extend(line) {
    this.#leaf.lines.push(line.content);
    this.#leaf.lastStart = this.#start;
  }

  #closeLeaf() {
    const leaf = this.#leaf;
    this.#leaf = undefined;
    if (leaf?.type === "paragraph") finishParagraph(leaf, this.#container, this.#definitions);
    else if (leaf?.type === "code") finishCode(leaf);
  }

  // A blank line inside a quote says nothing about the list around the quote.
  #noteBlank() {
    for (let depth = this.#path.length - 1; depth > 0 && this.#path[depth].type !== "quote"; depth -= 1) {
      this.#path[depth].sawBlank = true;
    }
  }
}

function takeQuoteMark(line) {
  line.take(1);
  line.skip(1);
}
