// Draws once for everything that comes between two frames of the screen.

export class NextFrame {
  #draw;
  #waiting;

  constructor(draw) {
    this.#draw = draw;
  }

  request() {
    // The timer stands in for the frame in a page that is not seen, which gets none.
    this.#waiting ??= { frame: requestAnimationFrame(() => this.now()), timer: setTimeout(() => this.now(), 250) };
  }

  now() {
    this.cancel();
    this.#draw();
  }

  cancel() {
    if (!this.#waiting) return;
    cancelAnimationFrame(this.#waiting.frame);
    clearTimeout(this.#waiting.timer);
    this.#waiting = undefined;
  }
}
