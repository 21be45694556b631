// The dialog that says how programs call the workflow on the screen.

import { address, fetchJSON, fieldsOf } from "./api.js";
import { copy } from "./clipboard.js";
import { byId } from "./dom.js";
import { say } from "./strings.js";

// A browser needs half a minute to lay out some hundred thousand characters of one text.
const shownLength = 4000;

export function connectApiDialog(button, { workflow, command }) {
  const dialog = byId("api-dialog");
  let whole = "";
  byId("api-copy-curl").addEventListener("click", (event) => copy(event.currentTarget, whole));
  byId("api-copy-schema").addEventListener("click", (event) => copy(event.currentTarget, byId("api-schema").textContent));
  byId("api-schema-section").addEventListener("toggle", () => showSchema(workflow()));
  button.addEventListener("click", () => {
    const { workflow_id: id } = workflow();
    byId("api-endpoint").textContent = `POST ${address("workflows/runs")}`;
    whole = command();
    showBeginning(whole);
    byId("api-schema-link").href = address(`workflows/${encodeURIComponent(id)}/schema`);
    byId("api-schema-section").open = false;
    dialog.showModal();
  });
}

function showBeginning(command) {
  // Half of a character that takes two places would be shown as a sign for something broken.
  const shown = command.slice(0, shownLength).replace(/[\ud800-\udbff]$/, "");
  const rest = command.length - shown.length;
  byId("api-curl").textContent = shown;
  byId("api-curl-rest").hidden = rest === 0;
  say(byId("api-curl-rest"), "curlRest", { count: rest.toLocaleString() });
}

// Fetched here and not only linked, because a link cannot send a key.
async function showSchema({ workflow_id: id }) {
  if (!byId("api-schema-section").open) return;
  const target = byId("api-schema");
  target.textContent = "…";
  try {
    const schema = await fetchJSON(`workflows/${encodeURIComponent(id)}/schema`);
    target.textContent = JSON.stringify(schema, undefined, 2);
  } catch (error) {
    target.textContent = fieldsOf(error).message ?? "";
  }
}
