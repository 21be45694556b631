// What a screen reader cannot name: buttons, links and fields without a name, and ids that are used twice.
const controls = [...document.querySelectorAll("button, a[href], input:not([type=file]), textarea, select, [role=tab], dialog")];
const nameOf = (element) => {
  const ids = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
  const labels = [...(element.labels ?? [])].map((label) => label.textContent);
  const byIds = ids.map((id) => document.getElementById(id)?.textContent ?? "");
  const own = element.matches("button, a, [role=tab]") ? element.textContent : "";
  return [element.getAttribute("aria-label") ?? "", ...byIds, ...labels, own].join("").trim();
};
const nameless = controls.filter((element) => nameOf(element) === "").map((element) => `no name: ${element.outerHTML.slice(0, 120)}`);
const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
const doubled = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `twice: ${id}`);
const described = [...document.querySelectorAll("[aria-describedby], [aria-labelledby], [aria-controls]")].flatMap((element) =>
  ["aria-describedby", "aria-labelledby", "aria-controls"].flatMap((attribute) =>
    (element.getAttribute(attribute) ?? "").split(/\s+/).filter((id) => id && !document.getElementById(id)).map((id) => `nothing has the id ${id}`)));
return [...nameless, ...doubled, ...described];
