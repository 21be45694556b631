// What is wider than the window: the page itself, and the names of elements that stick out to the right.
const width = document.documentElement.clientWidth;
const scrolls = (element) => element && (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
const names = [...document.body.querySelectorAll("*")]
  .filter((element) => element.checkVisibility() && !element.closest(".unseen"))
  .filter((element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element.parentElement))
  .map((element) => `${element.localName}#${element.id}.${element.getAttribute("class") ?? ""}`);
return [...(document.documentElement.scrollWidth > width ? ["page"] : []), ...names];
