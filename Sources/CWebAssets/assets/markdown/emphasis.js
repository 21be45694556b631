// Emphasis: which runs of `*`, `_` and `~` open and close something. CommonMark's delimiter stack,
// which looks at each run a bounded number of times.

const space = /\s/;
const punctuation = /[\p{P}\p{S}]/u;
// These scripts put no blanks between words, so that `**"단어"**는` would never be closed by the rule for others.
const unspaced = /[\p{sc=Hangul}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
const maximumDepth = 40;

// The runs of one text, as a linked list.
export class Delimiters {
  last;

  // Notes a run: `token` is its {type: "run", character, count, opens, closes}.
  push(token, before, after) {
    const [canOpen, canClose] = sides(token.character, before, after);
    const length = token.count;
    const run = { token, length, canOpen, canClose, previous: this.last, next: undefined, depth: 0 };
    if (this.last) this.last.next = run;
    this.last = run;
  }

  // Pairs the runs after `bottom`, innermost first, and forgets them.
  pair(bottom) {
    // Per kind of closer, how far back there is nothing that it could close.
    const bottoms = new Map();
    let closer = bottom ? bottom.next : this.#first();
    while (closer) {
      if (!closer.canClose) {
        closer = closer.next;
        continue;
      }
      const kind = `${closer.token.character}${closer.canOpen}${closer.length % 3}`;
      const floor = bottoms.has(kind) ? bottoms.get(kind) : bottom;
      let opener = closer.previous;
      while (opener && opener !== floor && opener !== bottom && !fits(opener, closer)) opener = opener.previous;
      const depth = opener && opener !== floor && opener !== bottom ? depthOf(opener, closer) : Infinity;
      if (depth <= maximumDepth) {
        closer = this.#join(opener, closer, depth);
      } else {
        bottoms.set(kind, closer.previous);
        const { next } = closer;
        if (!closer.canOpen) this.#remove(closer);
        closer = next;
      }
    }
    this.last = bottom;
    if (bottom) bottom.next = undefined;
  }

  #first() {
    let run = this.last;
    while (run?.previous) run = run.previous;
    return run;
  }

  // Makes a pair, and returns the next run that may close something.
  #join(opener, closer, depth) {
    const { token } = opener;
    const used = token.character === "~" ? token.count : token.count > 1 && closer.token.count > 1 ? 2 : 1;
    token.count -= used;
    closer.token.count -= used;
    const name = token.character === "~" ? "del" : used === 2 ? "strong" : "em";
    token.opens.unshift(name);
    closer.token.closes.push(name);
    opener.depth = depth;
    closer.depth = depth;
    opener.next = closer;
    closer.previous = opener;
    if (token.count === 0) this.#remove(opener);
    if (closer.token.count > 0) return closer;
    this.#remove(closer);
    return closer.next;
  }

  // The run next to it takes its depth over: what it enclosed may be enclosed again.
  #remove(run) {
    if (run.previous) {
      run.previous.next = run.next;
      run.previous.depth = Math.max(run.previous.depth, run.depth);
    }
    if (run.next) run.next.previous = run.previous;
    else this.last = run.previous;
  }
}

// How deep what the two enclose would be.
function depthOf(opener, closer) {
  let depth = closer.depth;
  for (let run = opener; run !== closer; run = run.next) depth = Math.max(depth, run.depth);
  return depth + 1;
}

function fits(opener, closer) {
  if (!opener.canOpen || opener.token.character !== closer.token.character) return false;
  if (closer.token.character === "~") return opener.token.count === closer.token.count;
  const isBoth = opener.canClose || closer.canOpen;
  return !isBoth || closer.length % 3 === 0 || (opener.length + closer.length) % 3 !== 0;
}

// Whether a run may open and close, from the characters around it.
function sides(character, before, after) {
  const isSpaceBefore = before === "" || space.test(before);
  const isSpaceAfter = after === "" || space.test(after);
  const isMarkBefore = punctuation.test(before);
  const isMarkAfter = punctuation.test(after);
  const isLeft = !isSpaceAfter && (!isMarkAfter || isSpaceBefore || isMarkBefore || unspaced.test(before));
  const isRight = !isSpaceBefore && (!isMarkBefore || isSpaceAfter || isMarkAfter || unspaced.test(after));
  if (character !== "_") return [isLeft, isRight];
  return [isLeft && (!isRight || isMarkBefore), isRight && (!isLeft || isMarkAfter)];
}
