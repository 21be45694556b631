// JSON read and written without losing digits: 12345678901234567890 is no double.

const longNumber = /[0-9.]{16}/;

export function parseJSON(text) {
  if (!JSON.rawJSON || !longNumber.test(text)) return JSON.parse(text);
  return JSON.parse(text, (key, value, { source }) => {
    const isExact = typeof value !== "number" || source === undefined || String(value) === source;
    return isExact ? value : JSON.rawJSON(source);
  });
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
