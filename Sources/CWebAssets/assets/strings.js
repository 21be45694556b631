// The texts of the page in the language that was chosen, else in the browser's.
//
// Elements name their texts in data attributes, so that another language needs no reload:
// `data-text` for the content, `data-text-label`, `-title` and `-placeholder` for attributes.

import { lasting } from "./storage.js";
import { english } from "./strings-en.js";
import { korean } from "./strings-ko.js";
import * as panels from "./strings-panels.js";

const key = "model-compose.language";
const languages = {
  en: { ...panels.english, ...english },
  ko: { ...panels.english, ...english, ...panels.korean, ...korean },
};
const attributes = { textLabel: "aria-label", textTitle: "title", textPlaceholder: "placeholder" };
// What belongs into the `{words}` of an element's texts.
const detailsOf = new WeakMap();

export let language = languages[lasting.read(key)] ? lasting.read(key) : preferred();

function preferred() {
  return /^ko\b/i.test(globalThis.navigator?.language ?? "") ? "ko" : "en";
}

// The text of a name, with `{word}` replaced by the detail of that name.
export function text(name, details = {}) {
  return (languages[language][name] ?? name).replace(/\{(\w+)\}/g, (match, word) => details[word] ?? match);
}

// Gives an element a text that follows the language.
export function say(element, name, details) {
  element.dataset.text = name;
  if (details) detailsOf.set(element, details);
  else detailsOf.delete(element);
  const content = text(name, details);
  if (element.textContent !== content) element.textContent = content;
}

// Gives an element an accessible name, and a tooltip with it, that follow the language.
export function label(element, name, details) {
  element.dataset.textLabel = name;
  element.dataset.textTitle = name;
  if (details) detailsOf.set(element, details);
  translateOne(element);
}

// Brings the texts of an element and of everything inside it up to date.
export function translate(root) {
  const named = "[data-text], [data-text-label], [data-text-title], [data-text-placeholder]";
  for (const element of root.querySelectorAll(named)) translateOne(element);
}

function translateOne(element) {
  const details = detailsOf.get(element);
  if (element.dataset.text) element.textContent = text(element.dataset.text, details);
  for (const [name, attribute] of Object.entries(attributes)) {
    if (element.dataset[name]) element.setAttribute(attribute, text(element.dataset[name], details));
  }
}

// Chooses a language, remembers it, and tells whoever draws texts of its own by `languagechange`.
export function useLanguage(code) {
  language = code;
  lasting.write(key, code);
  document.documentElement.lang = code;
  translate(document);
  document.dispatchEvent(new Event("languagechange"));
}
