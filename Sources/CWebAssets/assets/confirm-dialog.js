// Asks before something that cannot be undone.

// Opens a dialog whose form has a button of the value "yes". Resolves to whether that one was pressed; Escape, a click
// elsewhere and every other button mean no.
export function confirm(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "yes");
  });
}
