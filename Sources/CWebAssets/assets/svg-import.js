// Takes a drawing into the page. What is not on the lists below is left behind: scripts, handlers,
// foreign content, links, styles. Classes get a prefix, so that the page's own rules do not reach them.

const elements = new Set([
  "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc",
]);
const attributes = new Set([
  "viewBox", "width", "height", "x", "y", "dx", "dy", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2", "d",
  "points", "transform", "text-anchor", "stroke-linejoin",
]);
const namespace = "http://www.w3.org/2000/svg";
const maximumElements = 20_000;

export const classPrefix = "plan-";

// The drawing as an element of this document. Throws when the text is no SVG.
export function importSVG(text) {
  // Anything else makes the browser's parser draw a message of its own, with styles that the policy reports.
  if (!/^\s*<(?:\?xml|svg)\b/.test(text)) throw new Error("not an SVG document");
  // Style sheets are dropped before they are parsed: the page's policy would report each of them.
  const plain = text.replace(/<style[^>]*>[^<]*<\/style>/g, "");
  const parsed = new DOMParser().parseFromString(plain, "image/svg+xml");
  const source = parsed.documentElement;
  if (source.namespaceURI !== namespace || source.localName !== "svg" || parsed.querySelector("parsererror")) {
    throw new Error("not an SVG document");
  }
  const root = copied(source);
  // Breadth first and with a bound: how deep the text nests must not matter.
  const queue = [[source, root]];
  for (let count = 0; queue.length > 0 && count < maximumElements;) {
    const [from, to] = queue.shift();
    for (const child of from.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) {
        if (child.data.trim() !== "") to.append(child.data);
      } else if (child.namespaceURI === namespace && elements.has(child.localName)) {
        const copy = copied(child);
        to.append(copy);
        queue.push([child, copy]);
        count += 1;
      }
    }
  }
  return root;
}

export function makeSVG(name, properties = {}, ...children) {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(properties)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

function copied(source) {
  const element = document.createElementNS(namespace, source.localName);
  for (const { name, value } of source.attributes) {
    if (attributes.has(name) || /^data-[a-z-]+$/.test(name)) element.setAttribute(name, value);
  }
  for (const name of source.classList) element.classList.add(classPrefix + name);
  return element;
}
