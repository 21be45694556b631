// Texts that are hard to read: those below 4.5 to 1 against what is behind them (WCAG 2.2, 1.4.3), and borders of
// fields below 3 to 1 (1.4.11). What is disabled or inert is exempt.
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const rgba = (colour) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
  return { channels: [red, green, blue], alpha: alpha / 255 };
};
const over = (front, back) => front.channels.map((value, index) => value * front.alpha + back[index] * (1 - front.alpha));
const behind = (element) => {
  const front = rgba(getComputedStyle(element).backgroundColor);
  if (front.alpha >= 0.999) return front.channels;
  return over(front, element.parentElement ? behind(element.parentElement) : [255, 255, 255]);
};
const luminance = (channels) => {
  const [red, green, blue] = channels.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const ratio = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (high + 0.05) / (low + 0.05);
};
const name = (element) => `${element.localName}#${element.id}.${element.getAttribute("class") ?? ""}`;
const isShown = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
  && !element.closest(":disabled, [inert], .unseen, svg");
const problems = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (walker.currentNode.data.trim() === "" || !isShown(element)) continue;
  const back = behind(element);
  const measured = ratio(over(rgba(getComputedStyle(element).color), back), back);
  if (measured < 4.5) problems.push(`${name(element)} ${walker.currentNode.data.trim().slice(0, 20)}: ${measured.toFixed(2)}`);
}
for (const field of document.querySelectorAll("input:not([type=radio], [type=range], [type=file]), textarea, select")) {
  if (!isShown(field)) continue;
  const back = behind(field.parentElement);
  const measured = ratio(over(rgba(getComputedStyle(field).borderTopColor), back), back);
  if (measured < 3) problems.push(`border of ${name(field)}: ${measured.toFixed(2)}`);
}
return [...new Set(problems)];
