// Addresses that are links without being written as such: `<https://…>`, `<a@b.c>`, https://….

const bracketed = /<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,2000})>/y;
const mail = /<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8})>/y;
const bare = /(?:https?:\/\/|www\.)[^\s<]{1,2000}/y;

// The link in angle brackets at `index`: {shown, address, length}.
export function readBracketed(text, index) {
  const link = match(bracketed, text, index);
  if (link) return { shown: link[1], address: link[1], length: link[0].length };
  const address = match(mail, text, index);
  return address && { shown: address[1], address: `mailto:${address[1]}`, length: address[0].length };
}

// The bare address at `index`. Inside the text of a link, the link's own bracket ends it.
export function readBare(text, index, isInBrackets) {
  let [shown] = match(bare, text, index) ?? [""];
  if (isInBrackets && shown.includes("]")) shown = shown.slice(0, shown.indexOf("]"));
  shown = withoutTail(shown);
  if (!/^(?:https?:\/\/|www\.)[^\s/?#.]/.test(shown)) return undefined;
  return { shown, address: shown.startsWith("www.") ? `http://${shown}` : shown, length: shown.length };
}

// An address ends before the punctuation of its sentence, before a `)` that it did not open,
// and before the marks of emphasis around it.
function withoutTail(address) {
  let open = 0;
  for (const character of address) open += character === "(" ? 1 : character === ")" ? -1 : 0;
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address[end - 1];
    if (last === ")" && open < 0) open += 1;
    else if (!/[?!.,:;*_~'"\]`]/.test(last)) break;
  }
  return address.slice(0, end);
}

function match(pattern, text, index) {
  pattern.lastIndex = index;
  return pattern.exec(text);
}
