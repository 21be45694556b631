// Takes results out of the page: to the clipboard or into a file.

import { byId, make } from "./dom.js";
import { say } from "./strings.js";

// Copies and says on the button, and to screen readers, whether it worked.
export async function copy(button, content) {
  let answer = "copied";
  try {
    await navigator.clipboard.writeText(content);
  } catch {
    answer = copyBySelection(content) ? "copied" : "copyFailed";
  }
  const name = button.dataset.name ?? button.dataset.text;
  button.dataset.name = name;
  say(button, answer);
  announce(answer);
  setTimeout(() => say(button, name), 1500);
}

// Where the page does not come over HTTPS or from this machine, there is no clipboard to write to.
function copyBySelection(content) {
  const area = make("textarea", { value: content, className: "unseen", readOnly: true });
  const focused = document.activeElement;
  // Inside an open dialog, everything else cannot be focused.
  (focused?.closest("dialog") ?? document.body).append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return isCopied;
}

export function download(blob, fileName) {
  const link = make("a", { href: URL.createObjectURL(blob), download: fileName });
  link.click();
  // The browser reads the address after this task.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// Says something to screen readers; nothing is to be seen.
export function announce(name, details) {
  say(byId("announcement"), name, details);
}
