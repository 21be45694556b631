// Small tools for building elements.

export const byId = (id) => document.getElementById(id);

// An element with properties, and with attributes for names that hold a hyphen or are `role`.
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children);
  return element;
}

// A text node's parent gets new content only when it differs: assistive technology reads what changes.
export function setText(element, content) {
  if (element.textContent !== content) element.textContent = content;
}

export const isWide = () => matchMedia("(min-width: 48rem)").matches;

export const prefersStillness = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
