// Turns what stands in the form into the workflow's input. No DOM here.

import { kindOf, parseJSON } from "./json-text.js";

// Something the person at the form can correct. `key` names a text of strings.js.
export class Problem extends Error {
  constructor(key, details = {}) {
    super(key);
    this.key = key;
    this.details = details;
  }
}

const jsonNumber = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;
const documentTypes = new Set(["json", "object"]);
const mediaTypes = new Set(["image", "audio", "video", "model-3d", "file"]);
// More than these, or longer ones, are easier to find in a menu.
const segmentLimit = { count: 3, characters: 36 };

// How a field is edited: one of file, items, toggle, segments, choice, range, number, document, line, text.
export function fieldKind(field) {
  // With a format, the value is a text that holds the data or says where they are.
  if (mediaTypes.has(field.type)) return field.format ? "line" : "file";
  if (field.is_list || field.type === "list") return "items";
  if (field.type === "boolean") return "toggle";
  if (field.type === "select" && choices(field).length > 0) return isShort(choices(field)) ? "segments" : "choice";
  if (field.type === "slider") return bounds(field) ? "range" : "number";
  if (field.type === "number" || field.type === "integer") return "number";
  if (documentTypes.has(field.type)) return "document";
  if (field.format === "url" || field.format === "path") return "line";
  return "text";
}

function isShort(options) {
  return options.length <= segmentLimit.count && options.join("").length <= segmentLimit.characters;
}

export function hasDefault(field) {
  return field.default !== undefined && field.default !== null;
}

// The options of a `select` field, from its subtype: "small,large".
export function choices(field) {
  if (Array.isArray(field.options)) return field.options.map(display);
  return (field.subtype ?? "").split(",").map((text) => text.trim()).filter((text) => text !== "");
}

// The bounds and the step of a `slider` field, from its subtype: "0,2,0.1". Nothing when they are not numbers.
export function bounds(field) {
  const [min, max, step = "any"] = (field.subtype ?? "").split(",").map((text) => text.trim());
  const isNumber = (text) => text !== "" && Number.isFinite(Number(text));
  if (!isNumber(min) || !isNumber(max ?? "") || Number(min) >= Number(max)) return undefined;
  return { min, max, step: isNumber(step) && Number(step) > 0 ? step : "any" };
}

// A value as the form writes it: text as it is, everything else as JSON.
export function display(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

// The value that the text of one field stands for. Throws a Problem when it does not fit the field's type.
export function parse(field, text) {
  return parseOne(field.type, text);
}

// The value that one entry of a list stands for. Lists without a type of their own hold anything: what reads as
// JSON is JSON, and the rest is text.
export function parseItem(field, text) {
  if (field.is_list && field.type !== "any") return parseOne(field.type, text);
  try {
    return parseJSON(text);
  } catch {
    return text;
  }
}

// An entry as it is written, so that `parseItem` gives the value back.
export function displayItem(field, value) {
  if (typeof value !== "string") return JSON.stringify(value);
  return parseItem(field, value) === value ? value : JSON.stringify(value);
}

function parseOne(type, text) {
  switch (type) {
    case "number":
    case "slider": return parseNumber(text.trim(), "notANumber");
    case "integer": return parseInteger(text.trim());
    case "boolean": return parseBoolean(text.trim());
    case "json": return parseDocument(text);
    case "object": return parseObject(text);
    default: return text;
  }
}

function parseNumber(text, key) {
  const number = text === "" ? NaN : Number(text);
  if (!Number.isFinite(number)) throw new Problem(key);
  // The digits as typed, where the browser can keep them: 12345678901234567890 is no double.
  return jsonNumber.test(text) && JSON.rawJSON ? JSON.rawJSON(text) : number;
}

function parseInteger(text) {
  if (!/^[+-]?[0-9]+$/.test(text)) throw new Problem("notAnInteger");
  return parseNumber(text, "notAnInteger");
}

function parseBoolean(text) {
  if (text !== "true" && text !== "false") throw new Problem("notABoolean");
  return text === "true";
}

function parseDocument(text) {
  try {
    return parseJSON(text);
  } catch (error) {
    throw new Problem("notJSON", { reason: error.message });
  }
}

function parseObject(text) {
  const value = parseDocument(text);
  if (kindOf(value) !== "object") throw new Problem("notAnObject");
  return value;
}

// The input made of [name, value] pairs. A name is the path the workflow reads, such as
// `prompt`, `user.name` or `items[0].id`; a pair without a name is the whole input.
export function assemble(pairs) {
  let input = {};
  for (const [name, value] of pairs) {
    if (name) place(input, name, value);
    else input = value;
  }
  return input;
}

function place(target, name, value) {
  const steps = [...name.matchAll(/([^.[\]]+)|\[([0-9]+)\]/g)].map((match) => match[1] ?? Number(match[2]));
  const last = steps.pop();
  let container = target;
  steps.forEach((step, index) => {
    const next = index + 1 < steps.length ? steps[index + 1] : last;
    const present = Object.hasOwn(container, step) ? container[step] : undefined;
    if (!["object", "list"].includes(kindOf(present))) set(container, step, typeof next === "number" ? [] : {});
    container = container[step];
  });
  set(container, last, value);
}

// A plain assignment to `__proto__` would not make a property.
function set(container, key, value) {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}
