// The keys of the page.

import { byId } from "./dom.js";

const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");
export const runKeys = isMac ? "⌘ Enter" : "Ctrl Enter";

// `actions`: `run()`, `stop()` (returns whether there was something to stop), `search()`, `help()`.
export function connectKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    const isDialog = document.querySelector("dialog[open]") !== null;
    if (isDialog) return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      actions.run();
    } else if (event.key === "Escape") {
      // An open drawer is closed by the browser; the run goes on.
      if (!byId("rail").matches(":popover-open") && actions.stop()) event.preventDefault();
    } else if (isPlain && !isTyping(event.target)) {
      if (event.key === "/") {
        event.preventDefault();
        actions.search();
      } else if (event.key === "?") {
        event.preventDefault();
        actions.help();
      }
    }
  });
}

function isTyping(element) {
  return element.closest?.("textarea, select, [contenteditable], input:not([type=range], [type=checkbox], [type=radio])");
}
