// Watches whether the service is there, and says so where it is not.

import { address } from "./api.js";
import { byId } from "./dom.js";
import { say } from "./strings.js";

const delays = { well: 15_000, unwell: 2000 };

export class Health {
  #onReturn;
  #state;
  #timer;

  // `onReturn` is called when the service is well again after it was not.
  constructor(onReturn) {
    this.#onReturn = onReturn;
    // Whoever found the service away need not wait until the next look.
    document.addEventListener("service-unreachable", () => this.#state === "well" && this.check());
    document.addEventListener("visibilitychange", () => this.#isSeen && this.check());
  }

  get #isSeen() { return document.visibilityState === "visible"; }

  async check() {
    clearTimeout(this.#timer);
    const { state, isSandbox } = await look();
    if (isSandbox !== undefined) byId("sandbox-banner").hidden = !isSandbox;
    const wasUnwell = this.#state !== undefined && this.#state !== "well";
    this.#show(state);
    if (wasUnwell && state === "well") this.#onReturn();
    clearTimeout(this.#timer);
    // A page that nobody looks at does not ask; it asks when it is looked at again.
    this.#timer = setTimeout(() => this.#isSeen && this.check(), state === "well" ? delays.well : delays.unwell);
  }

  #show(state) {
    this.#state = state;
    const banner = byId("health-banner");
    const mark = byId("health");
    mark.dataset.state = state;
    say(byId("health-text"), `health-${state}`);
    if (state !== "well") say(byId("health-message"), `banner-${state}`);
    banner.hidden = state === "well";
  }
}

async function look() {
  try {
    const response = await fetch(address("health"), { cache: "no-store" });
    const { status, sandbox } = await response.json();
    return { state: response.ok && status === "ok" ? "well" : "ending", isSandbox: sandbox === true };
  } catch {
    return { state: "gone" };
  }
}
