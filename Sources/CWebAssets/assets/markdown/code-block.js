// A block of code: its language's name, a copy button, and the code itself.

import { copyButton } from "../copy-button.js";

export function createCodeBlock({ language, text }) {
  const figure = document.createElement("figure");
  figure.className = "code-block";
  const caption = document.createElement("figcaption");
  const name = document.createElement("span");
  name.textContent = language;
  const code = document.createElement("code");
  code.append(document.createTextNode(text));
  if (language) code.dataset.language = language;
  caption.append(name, copyButton(() => code.textContent, "panel.copyCode"));
  const frame = document.createElement("pre");
  // Long lines scroll, also by the keyboard.
  frame.tabIndex = 0;
  frame.append(code);
  figure.append(caption, frame);
  return figure;
}

// Brings a block up to date. Code that only grew costs no more than what was added.
export function updateCodeBlock(figure, old, { language, text }) {
  const code = figure.querySelector("code");
  if (old.language !== language) {
    figure.querySelector("figcaption span").textContent = language;
    code.dataset.language = language;
  }
  if (old.text === text) return;
  if (text.startsWith(old.text)) code.firstChild.appendData(text.slice(old.text.length));
  else code.firstChild.data = text;
}
