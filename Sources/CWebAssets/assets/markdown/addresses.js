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

// Whether a picture may be loaded from there without asking: it is part of the text, or ours.
export function isSafePicture(address) {
  if (picture.test(address)) return true;
  try {
    const url = new URL(address, location.href);
    return url.origin === location.origin && /^https?:$/.test(url.protocol);
  } catch {
    return false;
  }
}
