// Records sound with the microphone, for inputs that take audio.

import { announce } from "./clipboard.js";
import { make } from "./dom.js";
import { say } from "./strings.js";

export class Recorder {
  button = make("button", { type: "button", className: "secondary" });
  #onFile;
  #recorder;

  static get isAvailable() {
    return Boolean(globalThis.navigator?.mediaDevices?.getUserMedia) && typeof MediaRecorder === "function";
  }

  constructor(onFile) {
    this.#onFile = onFile;
    say(this.button, "record");
    this.button.addEventListener("click", () => (this.#recorder ? this.#recorder.stop() : this.#start()));
  }

  async #start() {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      announce("noMicrophone");
      say(this.button, "noMicrophone");
      return;
    }
    const pieces = [];
    const recorder = new MediaRecorder(stream);
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recorder.addEventListener("stop", () => {
      // The browser shows that it listens until every track has ended.
      for (const track of stream.getTracks()) track.stop();
      this.#recorder = undefined;
      say(this.button, "record");
      const type = recorder.mimeType.split(";")[0];
      this.#onFile(new File(pieces, `recording.${type.split("/")[1] ?? "webm"}`, { type }));
    });
    this.#recorder = recorder;
    say(this.button, "stopRecording");
    recorder.start();
  }
}
