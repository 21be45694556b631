// The panel that says why something did not work.

import { text } from "./strings.js";

const byId = (id) => document.getElementById(id);

// Shows what a Failure says, or hides the panel.
export function showError(error) {
  const panel = byId("error");
  panel.hidden = !error;
  byId("retry-button").hidden = true;
  byId("error-code").textContent = error?.code ?? "";
  byId("error-message").textContent = error ? messageOf(error) : "";
  for (const name of ["job", "status", "line"]) {
    const value = error?.[name];
    byId(`error-${name}`).textContent = value ?? "";
    byId(`error-${name}`).parentElement.hidden = value === undefined || value === null;
  }
}

// What we know ourselves about a broken connection says more than the browser's words.
export function messageOf(error) {
  const isOurs = ["unreachable", "connection-lost", "incomplete-stream"].includes(error.code);
  return isOurs ? text(error.code) : (error.message || text("error"));
}
