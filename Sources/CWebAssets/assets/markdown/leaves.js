// What becomes of the lines of a block when it ends, or when the line below it says what it is.

import { takeDefinitions } from "./definitions.js";
import { underlineLevel } from "./marks.js";
import { alignmentsOf, cellsOf } from "./tables.js";

export function finishCode(code) {
  const { lines } = code;
  if (code.isIndented) while (lines.length > 0 && lines.at(-1).trim() === "") lines.pop();
  code.text = lines.join("\n");
  code.lines = undefined;
}

// Gives the paragraph, which is the last child of `container`, its text.
export function finishParagraph(paragraph, container, definitions) {
  paragraph.text = textOf(paragraph, definitions);
  paragraph.lines = undefined;
  if (paragraph.text === "") {
    // It was nothing but definitions.
    container.children.pop();
    return;
  }
  if (container.type !== "item" || container.children.length > 1) return;
  const task = /^\[([ xX])\][ \t\n]+/.exec(paragraph.text);
  if (!task) return;
  container.isChecked = task[1] !== " ";
  paragraph.text = paragraph.text.slice(task[0].length);
}

// Whether the line underlines the paragraph, which is a heading then.
export function becomesHeading(paragraph, line, definitions) {
  const level = underlineLevel(line);
  if (!level) return false;
  const text = textOf(paragraph, definitions);
  if (text === "") return false;
  Object.assign(paragraph, { type: "heading", level, text, lines: undefined });
  return true;
}

// The table that begins with the paragraph's last line, if the next line divides a table's head from its rows.
export function tableFrom(paragraph, line) {
  const alignments = alignmentsOf(line);
  if (!alignments) return undefined;
  const header = cellsOf(paragraph.lines.at(-1));
  if (header.length !== alignments.length) return undefined;
  return { type: "table", start: paragraph.lastStart, alignments, header, rows: [] };
}

function textOf(paragraph, definitions) {
  return takeDefinitions(paragraph.lines.join("\n"), definitions).trimEnd();
}
