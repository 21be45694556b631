// What a value of an output is as media: which kind, and its bytes or its address.

const kinds = ["image", "audio", "video"];
const base64 = /^[A-Za-z0-9+/_-][A-Za-z0-9+/_\s-]*={0,2}\s*$/;
const dataAddress = /^data:([a-z]+\/[a-z0-9.+-]+)?((?:;[a-z-]+=[^;,]*)*)(;base64)?,/i;

// {kind: "image" | "audio" | "video" | "file", blob?, address?, isOurs?} for a value that is media; else undefined.
// `field` is the schema's entry; without one, only a `data:` address of a medium counts.
export function mediaOf(value, field = {}) {
  if (value instanceof Blob) return fromBlob(value);
  if (typeof value !== "string" || value === "") return undefined;
  const expected = kinds.includes(field.type) ? field.type : field.type === "file" ? "file" : undefined;
  if (dataAddress.test(value)) return fromDataAddress(value, expected);
  if (!expected && field.type !== "base64") return undefined;
  if (/^https?:\/\//i.test(value)) return fromAddress(value, expected ?? "file");
  if (field.format === "path") return undefined;
  if (!base64.test(value)) return undefined;
  const bytes = decodeBase64(value);
  if (!bytes) return undefined;
  const type = expected && expected !== "file" ? mediaType(expected, field.subtype, bytes) : "application/octet-stream";
  return { kind: expected ?? "file", blob: new Blob([bytes], { type }) };
}

// The bytes of an output, of the type that the schema's entries say. Bytes that a workflow makes come without one.
export async function typedBlob(blob, fields = []) {
  const [field] = fields;
  const isSaid = fields.length === 1 && kinds.includes(field.type) && !field.is_list;
  if (!isSaid || !["", "application/octet-stream"].includes(blob.type)) return blob;
  const bytes = new Uint8Array(await blob.slice(0, 16).arrayBuffer());
  return new Blob([blob], { type: mediaType(field.type, field.subtype, bytes) });
}

// A binary answer, of the type that the service says. Only media keep their type: as a page of its own,
// nothing else must be more than bytes.
export function fromBlob(blob, contentType = blob.type) {
  const type = contentType.split(";", 1)[0].trim().toLowerCase();
  const kind = kinds.find((each) => type.startsWith(`${each}/`)) ?? "file";
  const safe = kind === "file" ? "application/octet-stream" : type;
  return { kind, type, blob: blob.type === safe ? blob : new Blob([blob], { type: safe }) };
}

function fromDataAddress(value, expected) {
  const [head, type = "text/plain", , isBase64] = dataAddress.exec(value);
  const kind = kinds.find((each) => type.startsWith(`${each}/`));
  if (!kind && !expected) return undefined;
  const body = value.slice(head.length);
  const bytes = isBase64 ? decodeBase64(body) : new TextEncoder().encode(decoded(body));
  if (!bytes) return undefined;
  return { kind: kind ?? "file", blob: new Blob([bytes], { type: kind ? type : "application/octet-stream" }) };
}

function fromAddress(value, kind) {
  try {
    const url = new URL(value);
    return { kind, address: url.href, isOurs: url.origin === location.origin };
  } catch {
    return undefined;
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function decodeBase64(text) {
  try {
    const binary = atob(text.replace(/\s/g, "").replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

const extensions = {
  jpeg: "jpg", mpeg: "mp3", "svg+xml": "svg", quicktime: "mov", "octet-stream": "bin", plain: "txt",
};

// How the name of a file of this type ends.
export function extensionOf(type) {
  const subtype = type.split(";", 1)[0].split("/")[1] || "octet-stream";
  return extensions[subtype] ?? subtype.replace(/^x-/, "");
}

const beginnings = {
  image: [
    ["png", [0x89, 0x50]], ["jpeg", [0xff, 0xd8]], ["gif", [0x47, 0x49]], ["webp", [0x52, 0x49]],
    ["svg+xml", [0x3c, 0x73, 0x76, 0x67]], ["svg+xml", [0x3c, 0x3f, 0x78, 0x6d]],
  ],
  audio: [
    ["wav", [0x52, 0x49]], ["mpeg", [0x49, 0x44]], ["mpeg", [0xff, 0xfb]], ["ogg", [0x4f, 0x67]],
    ["flac", [0x66, 0x4c]],
  ],
  video: [["webm", [0x1a, 0x45]]],
};
const fallbacks = { image: "png", audio: "mpeg", video: "mp4" };
const subtypes = { jpg: "jpeg", mp3: "mpeg", svg: "svg+xml", m4a: "mp4" };

// The type that the file names, or else what the first bytes look like.
function mediaType(kind, subtype, bytes) {
  if (subtype) return `${kind}/${subtypes[subtype] ?? subtype}`;
  const found = beginnings[kind].find(([, start]) => start.every((byte, index) => bytes[index] === byte));
  return `${kind}/${found?.[0] ?? fallbacks[kind]}`;
}
