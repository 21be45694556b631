// Draws a tree of blocks, and brings what is drawn up to date when the tree has grown.

import { createCodeBlock, updateCodeBlock } from "./code-block.js";
import { renderInline } from "./inline-render.js";
import { fillTable, updateTable } from "./table-render.js";

// The element of a block.
export function render(block, definitions) {
  switch (block.type) {
    case "paragraph": return withText("p", block.text, definitions);
    case "heading": return withText(`h${block.level}`, block.text, definitions);
    case "code": return createCodeBlock(block);
    case "rule": return document.createElement("hr");
    case "quote": return withBlocks("blockquote", block, definitions);
    case "table": return fillTable(document.createElement("table"), block, definitions);
    case "list": return list(block, definitions);
  }
}

// Makes `element`, which shows `old`, show `block`; returns the element that does, which may be a new one.
// Only what differs is drawn again: while text streams in, that is the last leaf.
export function update(element, old, block, definitions) {
  if (old.type !== block.type) return render(block, definitions);
  switch (block.type) {
    case "rule": return element;
    case "paragraph":
      if (old.text !== block.text) renderInline(element, block.text, definitions);
      return element;
    case "heading":
      if (old.level !== block.level) return render(block, definitions);
      if (old.text !== block.text) renderInline(element, block.text, definitions);
      return element;
    case "code":
      updateCodeBlock(element, old, block);
      return element;
    case "table": return updateTable(element, old, block, definitions) ? element : render(block, definitions);
    case "quote":
      updateBlocks(element, old.children, block.children, definitions);
      return element;
    case "list": return updateList(element, old, block, definitions);
  }
}

// Makes the children of `element`, which show `old`, show `blocks`.
export function updateBlocks(element, old, blocks, definitions) {
  // The box of a task stands before its blocks.
  const shown = [...element.children].slice(element.children.length - old.length);
  blocks.forEach((block, index) => {
    if (index >= old.length) return element.append(render(block, definitions));
    const next = update(shown[index], old[index], block, definitions);
    if (next !== shown[index]) shown[index].replaceWith(next);
  });
  for (const rest of shown.slice(blocks.length)) rest.remove();
}

function withText(name, text, definitions) {
  const element = document.createElement(name);
  renderInline(element, text, definitions);
  return element;
}

function withBlocks(name, block, definitions) {
  const element = document.createElement(name);
  element.append(...block.children.map((child) => render(child, definitions)));
  return element;
}

// MARK: Lists

function list(block, definitions) {
  const element = document.createElement(block.isOrdered ? "ol" : "ul");
  if (block.isOrdered && block.first !== 1) element.start = block.first;
  element.append(...block.children.map((each) => item(each, block.isTight, definitions)));
  return element;
}

function updateList(element, old, block, definitions) {
  const isSame = old.isOrdered === block.isOrdered && old.first === block.first && old.isTight === block.isTight;
  if (!isSame) return list(block, definitions);
  block.children.forEach((each, index) => {
    if (index >= old.children.length) return element.append(item(each, block.isTight, definitions));
    const before = old.children[index];
    const shown = element.children[index];
    // The words of a tight list are no elements that could be kept, so its items are drawn whole.
    if (isEqual(before, each)) return;
    if (block.isTight || before.isChecked !== each.isChecked) {
      shown.replaceWith(item(each, block.isTight, definitions));
    } else {
      updateBlocks(shown, before.children, each.children, definitions);
    }
  });
  while (element.children.length > block.children.length) element.lastElementChild.remove();
  return element;
}

function item({ children, isChecked }, isTight, definitions) {
  const element = document.createElement("li");
  if (isChecked !== undefined) {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.disabled = true;
    // As an attribute too: what is copied from here keeps it.
    box.toggleAttribute("checked", isChecked);
    element.classList.add("task");
    element.append(box, " ");
  }
  for (const child of children) {
    if (isTight && child.type === "paragraph") {
      const words = withText("span", child.text, definitions);
      element.append(...words.childNodes);
    } else {
      element.append(render(child, definitions));
    }
  }
  return element;
}

function isEqual(one, other) {
  if (one.type !== other.type || one.text !== other.text || one.isChecked !== other.isChecked) return false;
  if (one.level !== other.level || one.language !== other.language || one.isTight !== other.isTight) return false;
  if (one.type === "table") return JSON.stringify(one) === JSON.stringify(other);
  const children = one.children ?? [];
  const others = other.children ?? [];
  return children.length === others.length && children.every((child, index) => isEqual(child, others[index]));
}
