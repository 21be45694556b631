// Requests to the HTTP API of the service that this page came from.

import { parseJSON } from "./json-text.js";
import { key, requestKey } from "./key-prompt.js";

// Why something did not work, as the error panel shows it: code, message, and where known
// job, status (HTTP), file, line and field.
export class Failure extends Error {
  constructor(fields) {
    super(fields.message);
    this.fields = fields;
  }
}

// The address of an API path; relative to the page, so that a prefix of a proxy stays.
export function address(path) {
  return new URL(`api/${path}`, document.baseURI).href;
}

// Sends a request and returns the answer if its status is 2xx; throws a Failure otherwise.
// When the service wants a key, the person is asked for it and the request is sent again.
export async function send(path, options = {}) {
  for (;;) {
    const used = key();
    const response = await attempt(path, options, used);
    if (response.ok) return response;
    const failure = await refusal(response);
    const isAnswered = response.status === 401 && (await requestKey(used));
    if (!isAnswered) throw failure;
    options.signal?.throwIfAborted();
  }
}

async function attempt(path, options, secret) {
  const headers = { Accept: "application/json", ...options.headers };
  if (secret) headers.Authorization = `Bearer ${secret}`;
  try {
    return await fetch(address(path), { cache: "no-store", credentials: "same-origin", ...options, headers });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    document.dispatchEvent(new Event("service-unreachable"));
    throw new Failure({ code: "unreachable" });
  }
}

export async function fetchJSON(path, options) {
  return readJSON(await send(path, options));
}

// The value of an answer, with every number as it was written.
export async function readJSON(response) {
  return parseJSON(await response.text());
}

export async function fetchText(path, options) {
  return (await send(path, options)).text();
}

export function postJSON(path, value, options) {
  const headers = { "Content-Type": "application/json" };
  return fetchJSON(path, { method: "POST", headers, body: JSON.stringify(value), ...options });
}

// A response outside 2xx as a failure; the body may be JSON of ours or anything. Its `status` is that of a provider,
// if it has one, and never our own.
async function refusal(response) {
  const text = await response.text();
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    body = { detail: text.slice(0, 500) };
  }
  const detail = body?.detail ?? body?.message;
  const message = typeof detail === "string" ? detail : JSON.stringify(detail ?? body);
  return new Failure({ ...body, code: body?.code ?? "http", message, httpStatus: response.status });
}

// What a caught error says, as the error panel wants it.
export function fieldsOf(error) {
  return error instanceof Failure ? error.fields : { code: "page", message: error.message };
}
