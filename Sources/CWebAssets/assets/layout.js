// The rail with workflows and history: a column where there is room, else a drawer over the page.

import { byId } from "./dom.js";
import { lasting } from "./storage.js";

const stepsKey = "model-compose.steps";

export function connectLayout() {
  const rail = byId("rail");
  const column = matchMedia("(min-width: 75rem)");
  column.addEventListener("change", place);
  place();

  // Whether graph and jobs are shown is remembered.
  const steps = byId("steps");
  steps.open = lasting.read(stepsKey) !== false;
  steps.addEventListener("toggle", () => lasting.write(stepsKey, steps.open));

  // The browser gives a popover the top layer, closing by Escape and by a click elsewhere, and the focus back.
  function place() {
    rail.popover = column.matches ? null : "auto";
  }

  // The address keeps the workflow's id, where a plain link would put the heading's.
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("workflow-title").focus();
  });

  return {
    setRunning,
    openRail() {
      if (rail.popover && !rail.matches(":popover-open")) rail.showPopover();
    },
    closeRail() {
      if (rail.popover && rail.matches(":popover-open")) rail.hidePopover();
    },
  };
}

// A button that had the focus keeps a partner to hand it to: a disabled one would drop it.
function setRunning(isRunning) {
  const [runButton, stopButton] = [byId("run-button"), byId("stop-button")];
  const focused = document.activeElement;
  runButton.disabled = isRunning;
  stopButton.disabled = !isRunning;
  if (isRunning && focused === runButton) stopButton.focus({ preventScroll: true });
  if (!isRunning && focused === stopButton) runButton.focus({ preventScroll: true });
}
