// Draws a table, and appends the rows that came since.

import { renderInline } from "./inline-render.js";

export function fillTable(table, { alignments, header, rows }, definitions) {
  const head = document.createElement("thead");
  head.append(row("th", header, alignments, definitions));
  const body = document.createElement("tbody");
  body.append(...rows.map((cells) => row("td", cells, alignments, definitions)));
  table.append(head);
  if (rows.length > 0) table.append(body);
  return table;
}

// False when the table is another one, and must be drawn anew.
export function updateTable(table, old, block, definitions) {
  const isSame = isEqual(old.header, block.header) && isEqual(old.alignments, block.alignments);
  if (!isSame || block.rows.length < old.rows.length) return false;
  if (block.rows.length === 0) return true;
  const body = table.tBodies[0] ?? table.createTBody();
  block.rows.forEach((cells, index) => {
    const shown = body.rows[index];
    if (shown && isEqual(old.rows[index], cells)) return;
    const next = row("td", cells, block.alignments, definitions);
    if (shown) shown.replaceWith(next);
    else body.append(next);
  });
  return true;
}

function row(name, cells, alignments, definitions) {
  const element = document.createElement("tr");
  cells.forEach((text, index) => {
    const cell = document.createElement(name);
    if (alignments[index]) cell.className = alignments[index];
    renderInline(cell, text, definitions);
    element.append(cell);
  });
  return element;
}

function isEqual(one, other) {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}
