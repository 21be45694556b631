// Draws the tokens of inline.js. Elements and text nodes only: nothing of the text is ever read as HTML.

import { isSafeLink, isSafePicture } from "./addresses.js";
import { parseInline } from "./inline.js";

// Replaces what is in `element` by the text's marks and words.
export function renderInline(element, text, definitions) {
  element.replaceChildren();
  // The element that is being filled, and those around it.
  const path = [element];
  const add = (node) => path.at(-1).append(node);
  const open = (child) => {
    add(child);
    path.push(child);
  };
  for (const token of parseInline(text, definitions)) {
    switch (token.type) {
      case "text":
        if (token.text !== "") add(token.text);
        break;
      case "code": {
        const code = document.createElement("code");
        code.textContent = token.text;
        add(code);
        break;
      }
      case "break":
        add(document.createElement("br"));
        break;
      case "image":
        add(picture(token));
        break;
      case "open":
        open(link(token));
        break;
      case "close":
        path.pop();
        break;
      case "run":
        token.closes.forEach(() => path.pop());
        if (token.count > 0) add(token.character.repeat(token.count));
        for (const name of token.opens) open(document.createElement(name));
        break;
    }
  }
  element.normalize();
}

function link({ address, title }) {
  // What must not be a link keeps its words.
  if (!isSafeLink(address)) return document.createElement("span");
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.rel = "noopener noreferrer nofollow";
  anchor.target = "_blank";
  if (title) anchor.title = title;
  return anchor;
}

// A picture of somebody else's server is a link: to load it would tell that server who reads this.
function picture({ address, title, text }) {
  if (!isSafePicture(address)) {
    const instead = link({ address, title });
    instead.append(text || address);
    return instead;
  }
  const image = document.createElement("img");
  // Before the address: what is not to be seen is not fetched.
  image.loading = "lazy";
  image.alt = text;
  image.src = address;
  if (title) image.title = title;
  return image;
}
