// Shows a finished value by what the schema says it is, and else by what it is.

import { copyButton } from "./copy-button.js";
import { make } from "./dom.js";
import { formatJSON, kindOf } from "./json-text.js";
import { createJSONView } from "./json-view.js";
import { createMediaView } from "./media-view.js";
import { mediaOf } from "./media.js";
import { TextOutput } from "./text-output.js";

const texts = new Set(["text", "string", "markdown", "select", "any", "none", "base64", "stream"]);
const listLimit = 50;

// Fills `body`: the views that were made, each with `close`. Switches go into `bar`.
export function showValue(body, bar, value, fields = []) {
  const named = fields.filter((field) => field.name !== undefined && field.name !== null);
  const isObject = kindOf(value) === "object" && !(value instanceof Blob);
  if (named.length > 0 && isObject) return showMembers(body, value, named);
  const field = fields.length === 1 && named.length === 0 ? fields[0] : undefined;
  return showOne(body, bar, value, field);
}

// Several outputs: each under its name, those that the schema does not know last.
function showMembers(body, value, fields) {
  const known = new Map(fields.map((field) => [field.name, field]));
  const names = [...known.keys(), ...Object.keys(value).filter((name) => !known.has(name))];
  const list = make("dl", { className: "outputs" });
  const views = names.filter((name) => Object.hasOwn(value, name)).flatMap((name) => {
    const bar = make("span", { className: "output-tools" }, copyButton(() => asText(value[name])));
    const member = make("dd");
    const field = known.get(name);
    const title = make("span", { className: "output-name", textContent: name, title: field?.description ?? "" });
    list.append(make("div", {}, make("dt", {}, title, bar), member));
    return showOne(member, bar, value[name], field, name);
  });
  body.append(list);
  return views;
}

function showOne(body, bar, value, field, name) {
  const isShortList = field?.is_list && Array.isArray(value) && value.length <= listLimit;
  if (isShortList && value.some((each) => mediaOf(each, field))) {
    const items = value.map((each) => make("li"));
    body.append(make("ol", { className: "value-list" }, ...items));
    return items.flatMap((item, index) => showOne(item, bar, value[index], { ...field, is_list: false }, name));
  }
  const media = mediaOf(value, field);
  if (media) {
    const view = createMediaView(media, name);
    body.append(view.element);
    return [view];
  }
  if (typeof value === "string" && (!field || texts.has(field.type) || !isJSONType(field.type))) {
    const frame = make("div");
    body.append(frame);
    const view = new TextOutput(frame, bar, { isMarkdown: field?.type === "markdown" });
    view.append(value);
    view.finish();
    return [view];
  }
  const kind = kindOf(value);
  if (kind === "number" || kind === "boolean" || kind === "null") {
    body.append(make("p", { className: `scalar json-${kind}`, textContent: JSON.stringify(value) ?? "null" }));
    return [];
  }
  body.append(createJSONView(value));
  return [];
}

function isJSONType(type) {
  return type === "json" || type === "object" || type === "list";
}

// A value as it is copied: text as it is, everything else as JSON.
export function asText(value) {
  return typeof value === "string" ? value : formatJSON(value);
}
