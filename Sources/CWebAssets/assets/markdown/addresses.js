// Which addresses of a text that somebody else wrote may become links or pictures.

const linkSchemes = new Set(["http:", "https:", "mailto:"]);
const picture = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=\s]+$/;

// Whether a link may lead there. The browser's own parser decides what the scheme is: it passes
// over line breaks and control characters just as a click would.
export function isSafeLink(address) {
  try {
    return linkSchemes.has(new URL(address).protocol);
  } catch {
    return false;
  }
}

// Whether a picture may be shown without asking: it is part of the text, or in the memory of this page. Addresses of
// this service are none of these: a text must not make the page send requests in the reader's name.
export function isSafePicture(address) {
  return picture.test(address) || address.startsWith(`blob:${location.origin}/`);
}
