// Whether a text that nobody called Markdown is Markdown. One mark that plain text hardly holds
// is enough; of those that it may hold too, several lines are needed.

const strong = [
  /^ {0,3}(?:`{3}|~{3})/, /^#{1,6} +\S.*$/, /\*\*[^\s*][^*]{0,400}\*\*/, /\[[^\]]{1,200}\]\(https?:\/\//,
  /^ {0,3}\|? *:?-{3,}:? *\|[ :|-]*$/,
];
const weak = [/^ {0,3}[-*+] +\S/, /^ {0,3}[0-9]{1,3}\. +\S/, /^> /, /`[^`]{1,200}`/];
const enough = 3;
const longestLine = 2000;

export class MarkdownSigns {
  isFound = false;
  #line = "";
  #headings = 0;
  #count = 0;

  // Reads a piece of the text; the last line is judged when it has ended.
  read(text) {
    const lines = (this.#line + text).split("\n");
    this.#line = lines.pop().slice(0, longestLine);
    for (const line of lines) this.#judge(line.slice(0, longestLine));
    // Emphasis inside a line that goes on is a sign already: answers often are one long line.
    if (strong.slice(2, 4).some((sign) => sign.test(this.#line))) this.isFound = true;
  }

  #judge(line) {
    if (this.isFound) return;
    // One line with a "#" may be a comment.
    if (strong[1].test(line)) this.#headings += /^## /.test(line) ? 2 : 1;
    if (weak.some((sign) => sign.test(line))) this.#count += 1;
    const isStrong = strong.some((sign, index) => index !== 1 && sign.test(line));
    this.isFound = isStrong || this.#headings > 1 || this.#count >= enough;
  }
}
