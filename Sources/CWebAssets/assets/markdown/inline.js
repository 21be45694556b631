// The second half of Markdown: the text of a block becomes a flat list of tokens.
//
//   {type: "text", text}   {type: "code", text}   {type: "break"}
//   {type: "open", name, address?, title?} … {type: "close", name}   with name em, strong, del or a
//   {type: "image", address, title?, text}
//   {type: "run", …}: a run of `*`, `_` or `~`, see emphasis.js
//
// Flat, so that neither this nor what draws it needs recursion.

import { readBare, readBracketed } from "./autolinks.js";
import { normalized } from "./definitions.js";
import { Delimiters } from "./emphasis.js";
import { readTarget } from "./links.js";
import { entity } from "./text.js";

const special = /[\\`*_~[\]!<&\n]|\bhttps?:\/\/|\bwww\./g;
const escapable = /[!-/:-@[-`{-~]/;
const entityHere = /&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});/y;
const breakHere = /<br[ \t]*\/?>/iy;

export function parseInline(text, definitions) {
  return new InlineParser(text, definitions).parse();
}

class InlineParser {
  #text;
  #definitions;
  #index = 0;
  #tokens = [];
  #delimiters = new Delimiters();
  // The `[` and `![` that are not closed yet.
  #brackets = [];
  // Per length of a run of backticks: where the last one of the text is. Nothing is searched in vain.
  #lastTicks;

  constructor(text, definitions = new Map()) {
    this.#text = text;
    this.#definitions = definitions;
  }

  parse() {
    const text = this.#text;
    while (this.#index < text.length) {
      special.lastIndex = this.#index;
      const found = special.exec(text);
      const end = found ? found.index : text.length;
      this.#add(text.slice(this.#index, end));
      this.#index = end;
      if (found) this.#read(found[0]);
    }
    this.#delimiters.pair(undefined);
    return this.#tokens;
  }

  #read(found) {
    switch (found) {
      case "\\": return this.#readEscape();
      case "`": return this.#readCode();
      case "*":
      case "_":
      case "~": return this.#readRun(found);
      case "[": return this.#openBracket(1);
      case "!": return this.#text[this.#index + 1] === "[" ? this.#openBracket(2) : this.#take(1);
      case "]": return this.#closeBracket();
      case "<": return this.#readAngle();
      case "&": return this.#readEntity();
      case "\n": return this.#readLineEnd();
      default: return this.#readBareAddress();
    }
  }

  #add(text) {
    if (text === "") return;
    const last = this.#tokens.at(-1);
    if (last?.type === "text") last.text += text;
    else this.#tokens.push({ type: "text", text });
  }

  #take(count) {
    this.#add(this.#text.slice(this.#index, this.#index + count));
    this.#index += count;
  }

  #match(pattern) {
    pattern.lastIndex = this.#index;
    return pattern.exec(this.#text);
  }

  #readEscape() {
    const next = this.#text[this.#index + 1] ?? "";
    if (next === "\n") {
      this.#tokens.push({ type: "break" });
      this.#index += 2;
    } else if (escapable.test(next)) {
      this.#add(next);
      this.#index += 2;
    } else {
      this.#take(1);
    }
  }

  #readEntity() {
    const match = this.#match(entityHere);
    if (!match) return this.#take(1);
    this.#add(entity(match[0]));
    this.#index += match[0].length;
  }

  #readLineEnd() {
    const last = this.#tokens.at(-1);
    const isHard = last?.type === "text" && last.text.endsWith("  ");
    if (last?.type === "text") last.text = last.text.replace(/ +$/, "");
    if (isHard) this.#tokens.push({ type: "break" });
    else this.#add("\n");
    this.#index += 1;
  }

  #readCode() {
    const text = this.#text;
    const start = this.#index;
    let end = start;
    while (text[end] === "`") end += 1;
    const length = end - start;
    const close = this.#closingTicks(end, length);
    if (close < 0) return this.#take(length);
    let code = text.slice(end, close).replaceAll("\n", " ");
    if (code.startsWith(" ") && code.endsWith(" ") && code.trim() !== "") code = code.slice(1, -1);
    this.#tokens.push({ type: "code", text: code });
    this.#index = close + length;
  }

  // Where the next run of exactly `length` backticks begins, or -1.
  #closingTicks(from, length) {
    this.#lastTicks ??= new Map([...this.#text.matchAll(/`+/g)].map((run) => [run[0].length, run.index]));
    if ((this.#lastTicks.get(length) ?? -1) < from) return -1;
    const run = /`+/g;
    run.lastIndex = from;
    for (;;) {
      const { 0: ticks, index } = run.exec(this.#text);
      if (ticks.length === length) return index;
    }
  }

  #readRun(character) {
    const text = this.#text;
    const start = this.#index;
    let end = start;
    while (text[end] === character) end += 1;
    if (character === "~" && end - start > 2) return this.#take(end - start);
    const before = start === 0 ? "" : characterAt(text, start - (isLowHalf(text, start - 1) ? 2 : 1));
    const after = end === text.length ? "" : characterAt(text, end);
    const token = { type: "run", character, count: end - start, opens: [], closes: [] };
    this.#tokens.push(token);
    this.#delimiters.push(token, before, after);
    this.#index = end;
  }

  // MARK: Links

  #openBracket(length) {
    const token = { type: "text", text: length === 2 ? "![" : "[" };
    const bottom = this.#delimiters.last;
    const index = this.#tokens.push(token) - 1;
    this.#brackets.push({ index, bottom, isImage: length === 2, start: this.#index + length, isActive: true });
    this.#index += length;
    // What follows must not be added to this token.
    this.#tokens.push({ type: "text", text: "" });
  }

  #closeBracket() {
    const bracket = this.#brackets.pop();
    const target = bracket?.isActive ? this.#target(bracket) : undefined;
    if (!target) return this.#take(1);
    this.#index = target.end;
    this.#delimiters.pair(bracket.bottom);
    const { address, title } = target;
    if (bracket.isImage) {
      const inner = this.#tokens.splice(bracket.index);
      this.#tokens.push({ type: "image", address, title, text: plainText(inner.slice(1)) });
      return;
    }
    for (let index = bracket.index + 1; index < this.#tokens.length; index += 1) {
      // Links hold no links: a bare address in the text of one is text.
      if (this.#tokens[index].name === "a") this.#tokens[index] = { type: "text", text: "" };
    }
    this.#tokens[bracket.index] = { type: "open", name: "a", address, title };
    this.#tokens.push({ type: "close", name: "a" });
    for (let index = this.#brackets.length - 1; index >= 0 && this.#brackets[index].isActive; index -= 1) {
      if (!this.#brackets[index].isImage) this.#brackets[index].isActive = false;
    }
  }

  // Where the link leads whose text ends here: {address, title, end}.
  #target(bracket) {
    const text = this.#text;
    const after = this.#index + 1;
    if (text[after] === "(") {
      const target = readTarget(text, after);
      if (target) return target;
    }
    if (this.#definitions.size === 0) return undefined;
    let label = text.slice(bracket.start, this.#index);
    let end = after;
    if (text[after] === "[") {
      const close = text.indexOf("]", after);
      if (close > 0 && close - after < 1000) {
        if (close > after + 1) label = text.slice(after + 1, close);
        end = close + 1;
      }
    }
    if (label.length > 999) return undefined;
    const found = this.#definitions.get(normalized(label));
    return found && { ...found, end };
  }

  #readAngle() {
    const hardBreak = this.#match(breakHere);
    if (hardBreak) {
      this.#tokens.push({ type: "break" });
      this.#index += hardBreak[0].length;
      return;
    }
    this.#addLink(readBracketed(this.#text, this.#index));
  }

  #readBareAddress() {
    this.#addLink(readBare(this.#text, this.#index, this.#brackets.length > 0));
  }

  // Without a link, the character is text.
  #addLink(link) {
    if (!link) return this.#take(1);
    this.#tokens.push({ type: "open", name: "a", address: link.address });
    this.#tokens.push({ type: "text", text: link.shown }, { type: "close", name: "a" });
    this.#index += link.length;
  }
}

function plainText(tokens) {
  const words = ({ type, character, count, text = "" }) => (type === "run" ? character.repeat(count) : text);
  return tokens.map(words).join("");
}

function characterAt(text, index) {
  return String.fromCodePoint(text.codePointAt(index));
}

function isLowHalf(text, index) {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff && index > 0;
}
