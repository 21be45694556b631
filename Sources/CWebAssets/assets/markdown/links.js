// The part of a link behind its text: `(address "title")`.

import { unescaped } from "./text.js";

const space = /[ \t]*(?:\n[ \t]*)?/y;
const bracketed = /<((?:[^<>\n\\]|\\.){0,2000})>/y;
const title = /"((?:[^"\\]|\\[^]){0,1000})"|'((?:[^'\\]|\\[^]){0,1000})'|\(((?:[^()\\]|\\[^]){0,1000})\)/y;
const picture = /data:image\/[a-z+]{1,16};base64,[A-Za-z0-9+/=]*/y;
// A longer address is no address: what never ends must not be read again from each of its brackets.
const maximumLength = 2000;
const maximumParentheses = 32;

// Reads at `start`, where the `(` stands: {address, title, end}, or undefined when it is no target.
export function readTarget(text, start) {
  let index = skip(space, text, start + 1);
  const inBrackets = match(bracketed, text, index);
  let address;
  if (inBrackets) {
    address = inBrackets[1];
    index += inBrackets[0].length;
  } else {
    const end = endOfAddress(text, index);
    if (end < 0) return undefined;
    address = text.slice(index, end);
    index = end;
  }
  const afterSpace = skip(space, text, index);
  const found = afterSpace > index ? match(title, text, afterSpace) : undefined;
  index = found ? skip(space, text, afterSpace + found[0].length) : afterSpace;
  if (text[index] !== ")") return undefined;
  const words = found && (found[1] ?? found[2] ?? found[3]);
  return { address: unescaped(address), title: words && unescaped(words), end: index + 1 };
}

// Where an address without `<…>` ends: at a blank, or at a `)` that it did not open itself.
function endOfAddress(text, start) {
  const inText = match(picture, text, start);
  if (inText) return start + inText[0].length;
  let depth = 0;
  let index = start;
  for (; index < text.length && index - start < maximumLength; index += 1) {
    const character = text[index];
    if (character === "\\" && index + 1 < text.length && text[index + 1] > " ") index += 1;
    else if (character <= " ") break;
    else if (character === "(" && (depth += 1) > maximumParentheses) return -1;
    else if (character === ")" && (depth -= 1) < 0) break;
  }
  return index;
}

function match(pattern, text, index) {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

function skip(pattern, text, index) {
  return index + match(pattern, text, index)[0].length;
}
