// The id by which the runs of this tab belong together: jobs see it as `context.session_id`, and the page
// finds its run in the service's list before the first byte of the answer names it.

import { forThisTab } from "./storage.js";

const key = "model-compose.session";
const id = forThisTab.read(key) ?? randomId();
forThisTab.write(key, id);

export const sessionId = id;

// `crypto.randomUUID` is missing where the page does not come over HTTPS or from this machine.
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `page-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
