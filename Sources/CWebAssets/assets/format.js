// How measured values are written. No DOM here.

// A duration in milliseconds: "312 ms", "1.24 s", "12.4 s", "2 m 05 s".
export function duration(milliseconds) {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} m ${String(whole % 60).padStart(2, "0")} s`;
}

// A rate with at most three digits that matter.
export function rate(value) {
  return value < 99.95 ? value.toFixed(1) : String(Math.round(value));
}

// A size in bytes: "512 B", "1.2 kB", "3.4 MB".
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB"];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit + 1 < units.length) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 99.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

// A value as text: what is text stays as it is, the rest is JSON.
export function shown(value) {
  return typeof value === "string" ? value : (JSON.stringify(value, undefined, 2) ?? "");
}

// The first line that says something, cut to `limit` characters.
export function firstLine(content, limit = 200) {
  const line = content.split(/[\r\n]+/, 20).find((each) => each.trim() !== "") ?? "";
  return line.trim().slice(0, limit);
}

// Whether each event of the workflow's stream is a JSON value and not a piece of text.
export function streamsJSON({ output: fields = [] } = {}) {
  const [field] = fields;
  return field?.format === "sse-json" || (field?.type === "stream" && field.subtype === "json");
}

// Ids such as `__workflow__` stand for a workflow without a name.
export function workflowTitle({ title, workflow_id: id }, nameless) {
  return title ?? (/^__.*__$/.test(id) ? nameless : id);
}
