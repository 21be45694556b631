// Follows an event stream of the service, and takes it up again where the connection broke.

import { Failure, send } from "./api.js";
import { EventStreamParser } from "./event-stream.js";

const delays = [250, 500, 1000, 2000, 4000, 4000, 4000];

// Hands each event of an answer to `onEvent`, until that returns true or the answer ends.
// Returns whether `onEvent` said that it was the last one; a broken connection is false.
export async function readEvents(response, onEvent, signal) {
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventStreamParser();
  for (;;) {
    let piece;
    try {
      piece = await reader.read();
    } catch (error) {
      if (signal.aborted) throw error;
      return false;
    }
    if (piece.done) return false;
    for (const event of parser.feed(decoder.decode(piece.value, { stream: true }))) {
      if (!onEvent(event)) continue;
      // Nothing follows the last event; a failing cancel has no one to tell.
      reader.cancel().catch(() => {});
      return true;
    }
  }
}

// Reads the stream at `path` until `onEvent` returns true. Events come once and in order, over as many
// connections as it takes. Resolves to nothing then, or to an answer that is no event stream: the service says
// that all of it was seen already (204), or the output is bytes.
export async function follow(path, { signal, lastEventId = "", onEvent, onReconnect = () => {} }) {
  let failures = 0;
  for (;;) {
    try {
      const headers = { Accept: "text/event-stream", ...(lastEventId && { "Last-Event-ID": lastEventId }) };
      const response = await send(path, { headers, signal });
      if (!isEventStream(response)) return response;
      const isComplete = await readEvents(response, (event) => {
        if (failures > 0) onReconnect(false);
        failures = 0;
        lastEventId = event.id || lastEventId;
        return onEvent(event);
      }, signal);
      if (isComplete) return undefined;
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error;
    }
    if (failures === delays.length) throw new Failure({ code: "connection-lost" });
    onReconnect(true);
    await pause(delays[failures], signal);
    failures += 1;
  }
}

export function isEventStream(response) {
  return (response.headers.get("Content-Type") ?? "").startsWith("text/event-stream");
}

// Whether trying again may help: the service is away or about to come back.
function isPassing(error) {
  const { code, httpStatus } = error instanceof Failure ? error.fields : {};
  return code === "unreachable" || httpStatus === 503 || httpStatus === 502;
}

export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done, { once: true });
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    }
  });
}
