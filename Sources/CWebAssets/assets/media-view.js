// Shows a picture, a sound or a film, with its size and a download.

import { make, setText } from "./dom.js";
import { extensionOf } from "./media.js";
import { label, say, text } from "./strings.js";

// The view of what mediaOf() made: {element, close}. `close` gives the bytes back.
export function createMediaView({ kind, type, blob, address, isOurs }, name) {
  if (!blob && !isOurs) return { element: foreignLink(address), close() {} };
  const source = blob ? URL.createObjectURL(blob) : address;
  const facts = make("figcaption", { className: "media-facts" });
  const size = blob ? [fileSize(blob.size)] : [];
  const shownType = type ?? blob?.type ?? "";
  const show = (...more) => setText(facts.firstChild, [shownType, ...more, ...size].filter(Boolean).join(" · "));
  const download = make("a", { className: "media-download", href: source, download: fileName(name, kind, shownType) });
  say(download, "media.download");
  facts.append(make("span"), download);
  show();
  const element = make("figure", { className: `media media-${kind}` });
  const player = createPlayer(kind, name, show, () => {
    const broken = make("p", { className: "media-broken" });
    say(broken, "media.broken");
    player.replaceWith(broken);
  });
  if (player) {
    player.src = source;
    element.append(player);
  }
  element.append(facts);
  return { element, close: () => blob && URL.revokeObjectURL(source) };
}

// `onSize` gets what is known once the medium is loaded.
function createPlayer(kind, name, onSize, onError) {
  if (kind === "image") {
    const image = make("img", { alt: name ?? text("media.picture"), tabIndex: 0, decoding: "async" });
    image.addEventListener("load", () => onSize(`${image.naturalWidth} × ${image.naturalHeight}`));
    image.addEventListener("error", onError);
    return image;
  }
  if (kind !== "audio" && kind !== "video") return undefined;
  const player = make(kind, { controls: true, preload: "metadata" });
  if (name) player.setAttribute("aria-label", name);
  else label(player, `media.${kind}`);
  player.addEventListener("loadedmetadata", () => {
    const seconds = Number.isFinite(player.duration) ? `${player.duration.toFixed(1)} s` : "";
    onSize(kind === "video" ? `${player.videoWidth} × ${player.videoHeight}` : "", seconds);
  });
  player.addEventListener("error", onError);
  return player;
}

// What another server has is fetched only when the reader asks for it.
function foreignLink(address) {
  const link = make("a", { href: address, target: "_blank", textContent: address });
  link.rel = "noopener noreferrer nofollow";
  const note = make("span", { className: "media-note" });
  say(note, "media.foreign", { host: new URL(address).host });
  return make("p", { className: "media-foreign" }, link, note);
}

function fileName(name, kind, type) {
  const base = (name ?? kind).replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 80) || "output";
  return base.includes(".") ? base : `${base}.${extensionOf(type)}`;
}

export function fileSize(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB"];
  const power = Math.min(3, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toPrecision(3)} ${units[power - 1]}`;
}
