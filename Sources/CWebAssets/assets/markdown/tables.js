// Rows of GFM tables.

const delimiterRow = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const maximumColumns = 128;

// The alignments that a delimiter row sets: "left", "center", "right" or "" per column;
// undefined when the line is no such row.
export function alignmentsOf(line) {
  if (!line.includes("|") && !line.includes(":")) return undefined;
  if (!delimiterRow.test(line)) return undefined;
  const cells = cellsOf(line);
  if (cells.length > maximumColumns) return undefined;
  return cells.map((cell) => {
    const isLeft = cell.startsWith(":");
    const isRight = cell.endsWith(":");
    return isLeft && isRight ? "center" : isRight ? "right" : isLeft ? "left" : "";
  });
}

// The cells of a row, `limit` at most. A `\|` is part of its cell, also inside code.
export function cellsOf(line, limit = Infinity) {
  const row = line.trim();
  const cells = [];
  let cell = "";
  let index = row.startsWith("|") ? 1 : 0;
  let isOpen = false;
  for (; index < row.length; index += 1) {
    const character = row[index];
    if (character === "\\" && row[index + 1] === "|") {
      cell += "|";
      index += 1;
      isOpen = true;
    } else if (character === "\\" && index + 1 < row.length) {
      cell += character + row[index + 1];
      index += 1;
      isOpen = true;
    } else if (character === "|") {
      cells.push(cell.trim());
      cell = "";
      isOpen = false;
    } else {
      cell += character;
      isOpen = true;
    }
  }
  if (isOpen) cells.push(cell.trim());
  return cells.slice(0, limit);
}
