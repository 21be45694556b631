// The API key: asked for when the service wants one, kept until the tab is closed, never in the address.

import { byId } from "./dom.js";
import { forThisTab } from "./storage.js";
import { say } from "./strings.js";

const storageKey = "model-compose.key";
// The answer that everyone waits for while the dialog is open.
let pending;

export function key() {
  return forThisTab.read(storageKey);
}

// Asks for a key after `refused` (the key that did not do, if any). Resolves to whether there is a new one.
export function requestKey(refused) {
  // Another request has asked in the meantime, and its answer has not been tried yet.
  if (key() && key() !== refused) return Promise.resolve(true);
  pending ??= ask(refused !== undefined).finally(() => { pending = undefined; });
  return pending;
}

function ask(wasRefused) {
  const dialog = byId("key-dialog");
  const field = byId("key-field");
  say(byId("key-message"), wasRefused ? "keyRefused" : "keyWanted");
  field.value = "";
  dialog.showModal();
  return new Promise((resolve) => {
    byId("key-form").onsubmit = (event) => {
      event.preventDefault();
      if (field.value.trim() === "") return;
      forThisTab.write(storageKey, field.value.trim());
      dialog.close("given");
    };
    byId("key-cancel").onclick = () => dialog.close("");
    dialog.onclose = () => {
      field.value = "";
      resolve(dialog.returnValue === "given");
      dialog.returnValue = "";
    };
  });
}
