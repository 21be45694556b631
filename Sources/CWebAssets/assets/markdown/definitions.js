// Link definitions: `[label]: address "title"`.

import { unescaped } from "./text.js";

const definition = new RegExp([
  /^\[((?:[^\\[\]]|\\[^]){1,999})\]:[ \t]*\n?[ \t]*/,
  /(<[^<>\n]{0,2000}>|[^\s<]\S{0,2000})/,
  /(?:[ \t]*(?:[ \t]|\n)[ \t]*("(?:[^"\\]|\\[^]){0,1000}"|'(?:[^'\\]|\\[^]){0,1000}'))?[ \t]*(?:\n|$)/,
].map((part) => part.source).join(""));

// Moves the definitions at the beginning of a paragraph into `definitions`; returns what is left of it.
export function takeDefinitions(text, definitions) {
  let rest = text;
  while (rest.startsWith("[")) {
    const match = definition.exec(rest);
    if (!match || match[1].trim() === "") break;
    const [whole, label, address, title] = match;
    const key = normalized(label);
    // The first one of a name holds.
    if (!definitions.has(key)) {
      definitions.set(key, {
        address: unescaped(address.startsWith("<") ? address.slice(1, -1) : address),
        title: title === undefined ? undefined : unescaped(title.slice(1, -1)),
      });
    }
    rest = rest.slice(whole.length);
  }
  return rest;
}

// Labels are compared without case and with single blanks.
export function normalized(label) {
  return label.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();
}
