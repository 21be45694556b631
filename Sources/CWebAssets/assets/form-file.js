// The control for files: choose, drop or paste; shows what was taken.

import { make } from "./dom.js";
import { size } from "./format.js";
import { Recorder } from "./form-recorder.js";
import { label, say } from "./strings.js";
import { Problem } from "./values.js";

const extensions = { "model-3d": ".glb,.gltf,.obj,.stl,.ply,.fbx,.usdz" };
const players = { image: "img", audio: "audio", video: "video" };

export class FileControl {
  isGroup = true;
  target;
  element;
  focusTarget;
  #field;
  #input;
  #list = make("ul", { className: "files" });
  // {file, address}; the address is revoked with the file.
  #entries = [];

  constructor(field) {
    this.#field = field;
    this.#input = make("input", { type: "file", accept: acceptedBy(field), multiple: field.is_list, hidden: true });
    this.#input.addEventListener("change", () => {
      this.#take(this.#input.files);
      // The same file can be chosen again after it was removed.
      this.#input.value = "";
    });
    const button = make("button", { type: "button", className: "secondary" });
    say(button, field.is_list ? "chooseFiles" : "chooseFile");
    button.addEventListener("click", () => this.#input.click());
    const hint = make("span", { className: "hint" });
    say(hint, "dropHint");
    const zone = make("div", { className: "drop" }, button);
    if (field.type === "audio" && Recorder.isAvailable) zone.append(new Recorder((file) => this.#take([file])).button);
    zone.append(hint);
    this.focusTarget = button;
    this.element = this.target = make("div", { className: "file-control" }, this.#input, zone, this.#list);
    this.#acceptDrops(zone);
  }

  value() {
    if (this.#entries.length === 0) return undefined;
    const files = this.#entries.map(({ file }) => file);
    const odd = files.find((file) => !fits(this.#field, file));
    if (odd) throw new Problem("wrongKind", { name: odd.name, type: this.#field.type });
    return this.#field.is_list ? files : files[0];
  }

  // Files are too large to keep, and a page may not read them again.
  snapshot() { return undefined; }
  restore() {}
  summary() { return this.#entries.map(({ file }) => file.name).join(", "); }

  takeFiles(files) {
    const fitting = [...files].filter((file) => fits(this.#field, file));
    if (fitting.length === 0) return false;
    this.#take(fitting);
    return true;
  }

  #take(files) {
    const taken = [...files].slice(0, this.#field.is_list ? undefined : 1);
    if (taken.length === 0) return;
    if (!this.#field.is_list) this.#entries.splice(0).forEach(forget);
    this.#entries.push(...taken.map((file) => ({ file, address: URL.createObjectURL(file) })));
    this.#changed();
  }

  #remove(entry) {
    forget(entry);
    this.#entries = this.#entries.filter((each) => each !== entry);
    this.#changed();
    this.focusTarget.focus();
  }

  #changed() {
    this.#list.replaceChildren(...this.#entries.map((entry) => this.#row(entry)));
    this.element.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #row(entry) {
    const { file } = entry;
    const remove = make("button", { type: "button", className: "icon small", textContent: "✕" });
    label(remove, "removeFile", { name: file.name });
    remove.addEventListener("click", () => this.#remove(entry));
    const about = make("div", { className: "about" },
      make("span", { className: "file-name", textContent: file.name }),
      make("span", { className: "file-size", textContent: `${size(file.size)}${file.type ? ` · ${file.type}` : ""}` }));
    return make("li", {}, ...preview(entry), about, remove);
  }

  #acceptDrops(zone) {
    // `dragleave` also comes from the children: what counts is whether the pointer is over the zone at all.
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.dataset.over = "true";
    });
    zone.addEventListener("dragleave", (event) => {
      if (!zone.contains(event.relatedTarget)) delete zone.dataset.over;
    });
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      delete zone.dataset.over;
      this.#take(event.dataTransfer.files);
    });
  }
}

function forget({ address }) {
  URL.revokeObjectURL(address);
}

function preview({ file, address }) {
  const tag = players[file.type.split("/")[0]];
  if (!tag) return [];
  const properties = tag === "img" ? { alt: "" } : { controls: true, preload: "metadata" };
  return [make(tag, { className: "preview", src: address, ...properties })];
}

function acceptedBy({ type, subtype }) {
  if (type === "file") return "";
  return extensions[type] ?? (subtype ? `${type}/${subtype}` : `${type}/*`);
}

// Files whose type the browser does not know are left to the service.
function fits({ type }, file) {
  return !players[type] || file.type === "" || file.type.startsWith(`${type}/`);
}
