// The dialog that says how programs call the workflow on the screen.

import { address, fetchJSON, fieldsOf } from "./api.js";
import { copy } from "./clipboard.js";
import { byId } from "./dom.js";

export function connectApiDialog(button, { workflow, command }) {
  const dialog = byId("api-dialog");
  byId("api-copy-curl").addEventListener("click", (event) => copy(event.currentTarget, byId("api-curl").textContent));
  byId("api-copy-schema").addEventListener("click", (event) => copy(event.currentTarget, byId("api-schema").textContent));
  byId("api-schema-section").addEventListener("toggle", () => showSchema(workflow()));
  button.addEventListener("click", () => {
    const { workflow_id: id } = workflow();
    byId("api-endpoint").textContent = `POST ${address("workflows/runs")}`;
    byId("api-curl").textContent = command();
    byId("api-schema-link").href = address(`workflows/${encodeURIComponent(id)}/schema`);
    byId("api-schema-section").open = false;
    dialog.showModal();
  });
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
