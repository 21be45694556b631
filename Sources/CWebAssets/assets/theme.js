// Light, dark, or what the system says; the choice is remembered.

import { lasting } from "./storage.js";
import { label } from "./strings.js";

const key = "model-compose.theme";
const order = ["system", "light", "dark"];
const names = { system: "themeSystem", light: "themeLight", dark: "themeDark" };

// Makes a button that goes on to the next theme with each press.
export function connectTheme(button) {
  let theme = order.includes(lasting.read(key)) ? lasting.read(key) : "system";
  show();
  button.addEventListener("click", () => {
    theme = order[(order.indexOf(theme) + 1) % order.length];
    lasting.write(key, theme === "system" ? undefined : theme);
    show();
  });

  function show() {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.dataset.choice = theme;
    label(button, names[theme]);
  }
}
