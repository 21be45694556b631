// What a run is measured by: first chunk, count, rate, total. No DOM here.

export class RunClock {
  #now;
  startedAt;
  firstAt;
  lastAt;
  endedAt;
  chunks = 0;
  // As far as providers tell: nothing, or the sum over the calls of the run.
  tokens;

  constructor(now = () => performance.now()) {
    this.#now = now;
    this.startedAt = now();
  }

  noteChunk() {
    this.lastAt = this.#now();
    this.firstAt ??= this.lastAt;
    this.chunks += 1;
  }

  // Providers call the same number by different names.
  noteUsage(usage) {
    const count = usage?.completion_tokens ?? usage?.output_tokens;
    if (Number.isFinite(count)) this.tokens = (this.tokens ?? 0) + count;
  }

  end() {
    this.endedAt = this.#now();
  }

  // In milliseconds and pieces per second; what is not known is undefined.
  get figures() {
    const { startedAt, firstAt, lastAt, endedAt, chunks, tokens } = this;
    const total = (endedAt ?? this.#now()) - startedAt;
    return { first: firstAt === undefined ? undefined : firstAt - startedAt, chunks, tokens, rate: this.#rate, total };
  }

  // The wait for the first chunk is left out: it has its own number.
  get #rate() {
    const { firstAt, lastAt, chunks } = this;
    return chunks > 1 && lastAt > firstAt ? ((chunks - 1) * 1000) / (lastAt - firstAt) : undefined;
  }
}
