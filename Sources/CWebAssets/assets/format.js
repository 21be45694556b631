// How measured values and commands are written. No DOM here.

// A duration in milliseconds: "312 ms", "1.24 s", "12.4 s", "2 m 05 s".
export function duration(milliseconds) {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} m ${String(whole % 60).padStart(2, "0")} s`;
}

// Chunks per second between the first and the last chunk; undefined while there is no interval.
// The wait for the first chunk is left out: it has its own number.
export function chunkRate(count, firstAt, lastAt) {
  return count > 1 && lastAt > firstAt ? ((count - 1) * 1000) / (lastAt - firstAt) : undefined;
}

// A rate with at most three digits that matter.
export function rate(value) {
  return value < 99.95 ? value.toFixed(1) : String(Math.round(value));
}

// A value as the output panel shows it.
export function shown(value) {
  return typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
}

// The run request as a command for a POSIX shell.
export function curlCommand(url, body, isStreaming) {
  const lines = [
    `curl ${isStreaming ? "-N " : ""}-X POST ${shellQuoted(url)}`,
    `  -H 'Content-Type: application/json'`,
    ...(isStreaming ? [`  -H 'Accept: text/event-stream'`] : []),
    `  -d ${shellQuoted(body)}`,
  ];
  return lines.join(" \\\n");
}

function shellQuoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
