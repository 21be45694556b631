// A button that copies what `content()` returns when it is pressed.

import { copy } from "./clipboard.js";
import { make } from "./dom.js";
import { say } from "./strings.js";

export function copyButton(content, name = "panel.copy") {
  const button = make("button", { type: "button", className: "quiet copy-button" });
  say(button, name);
  button.addEventListener("click", () => copy(button, content()));
  return button;
}
