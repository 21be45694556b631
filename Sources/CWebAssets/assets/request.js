// The body of a run request: JSON, or multipart when the input holds files. No DOM here.

import { assemble } from "./values.js";

// What of the input are files, found at any depth of lists.
function holdsFile(value) {
  return value instanceof Blob || (Array.isArray(value) && value.some(holdsFile));
}

export class RunRequest {
  // `pairs` are [name, value, isList] as the form gives them.
  constructor(workflowId, pairs) {
    this.workflowId = workflowId;
    this.pairs = pairs;
    this.isMultipart = pairs.some(([, value]) => holdsFile(value));
  }

  // `fetch` options for a run with these fields besides workflow and input.
  options(fields = {}) {
    if (this.isMultipart) return { method: "POST", body: this.#form(fields) };
    return { method: "POST", headers: { "Content-Type": "application/json" }, body: this.json(fields) };
  }

  json(fields = {}) {
    return JSON.stringify({ workflow_id: this.workflowId, input: assemble(this.pairs), ...fields });
  }

  #form(fields) {
    const form = new FormData();
    for (const [name, value] of Object.entries({ workflow_id: this.workflowId, ...fields })) {
      form.append(name, String(value));
    }
    for (const [name, value] of this.parts()) form.append(name, value, ...(value instanceof Blob ? [value.name] : []));
    return form;
  }

  // The input as multipart fields. Elements of a list have a field each, which ends in `[]`; whatever else is
  // no plain text is written as JSON, which is what workflows read lists and objects from.
  parts() {
    return this.pairs.flatMap(([name, value, isList]) => {
      const field = `input${bracketed(name)}`;
      if (!isList) return [[field, plain(value)]];
      return [value].flat().map((each) => [`${field}[]`, plain(each)]);
    });
  }
}

// `user.name` as `[user][name]`.
function bracketed(name = "") {
  return [...name.matchAll(/[^.[\]]+/g)].map(([step]) => `[${step}]`).join("");
}

function plain(value) {
  return typeof value === "string" || value instanceof Blob ? value : JSON.stringify(value);
}
