// Escapes and entities: how Markdown writes characters that it would read otherwise.

const escape = /\\([!-/:-@[-`{-~])|&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z][A-Za-z0-9]{1,31}));/g;
const named = new Map();

// A text with its escapes and entities replaced.
export function unescaped(text) {
  if (!text.includes("\\") && !text.includes("&")) return text;
  return text.replace(escape, (whole, character) => character ?? entity(whole));
}

// The characters that `&…;` stands for; the text itself when there is no such entity.
export function entity(text) {
  const number = /^&#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));$/.exec(text);
  if (number) return character(number[1] ? parseInt(number[1], 16) : Number(number[2]));
  if (!named.has(text)) {
    // The browser knows the two thousand names. A parsed document that is never shown runs nothing,
    // and the callers pass `&name;` only.
    named.set(text, new DOMParser().parseFromString(text, "text/html").body.textContent);
  }
  return named.get(text);
}

function character(code) {
  const isText = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isText ? String.fromCodePoint(code) : "\ufffd";
}
