// JSON read and written without losing digits: 12345678901234567890 is no double, and 1.0 is written as 1.

// Every number of a JSON text stands behind one of these signs. What looks like one inside of a string is found
// too, which costs time and does no harm.
const beginning = "(?:^|[\\s,:[])";
// Whether there is a number at all that is not a few plain digits: most texts have none, and need no closer look.
const unusualNumber = new RegExp(`${beginning}(?:-0|-?\\d{16}|-?\\d+[.eE])`);
const anyNumber = new RegExp(`${beginning}(-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)`, "g");

// The value of a JSON text. Numbers that would come out otherwise than they were written are objects of
// `JSON.rawJSON`, where the browser has it: JSON.stringify writes them as they were, and kindOf knows them.
export function parseJSON(text) {
  if (!JSON.rawJSON || !hasInexactNumber(text)) return JSON.parse(text);
  return JSON.parse(text, (key, value, { source }) => {
    const isKept = typeof value !== "number" || source === undefined || isExact(source);
    return isKept ? value : JSON.rawJSON(source);
  });
}

// To look at every value takes ten times as long as the browser's own reading.
function hasInexactNumber(text) {
  if (!unusualNumber.test(text)) return false;
  for (const [, source] of text.matchAll(anyNumber)) {
    if (!isExact(source)) return true;
  }
  return false;
}

function isExact(source) {
  return String(Number(source)) === source;
}

export function formatJSON(value) {
  return JSON.stringify(value, undefined, 2) ?? "null";
}

// One of object, list, text, number, boolean, null.
export function kindOf(value) {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "list";
  if (JSON.isRawJSON?.(value)) return "number";
  return { object: "object", string: "text" }[typeof value] ?? typeof value;
}

// The steps into a value as expressions of the file write them: `items[0].name`.
export function pathText(steps) {
  return steps.map((step, index) => {
    if (typeof step === "number") return `[${step}]`;
    if (/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(step)) return index === 0 ? step : `.${step}`;
    return `[${JSON.stringify(step)}]`;
  }).join("");
}
