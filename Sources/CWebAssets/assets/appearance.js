// A classic script in the head: runs before the first paint, so that the chosen theme does not flash.
{
  let theme = null;
  try {
    theme = JSON.parse(localStorage.getItem("model-compose.theme"));
  } catch {
    // Storage is forbidden: the system's theme it is.
  }
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}
