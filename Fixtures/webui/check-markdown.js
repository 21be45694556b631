// Draws each case of `cases` twice, at once and in pieces of every size up to 7, and returns what differs.
// Runs as the body of a function inside the page.
return Promise.all([import("/markdown/blocks.js"), import("/markdown/render.js"), import("/markdown/view.js")])
  .then(([{ parseBlocks }, { render }, { MarkdownView }]) => {
    // The buttons of code blocks belong to the page and not to the text.
    const html = (element) => {
      for (const figure of element.querySelectorAll("figure.code-block")) {
        const code = figure.querySelector("pre");
        code.removeAttribute("tabindex");
        figure.replaceWith(code);
      }
      return element.innerHTML;
    };
    const failures = [];
    for (const { name, input, html: expected } of cases) {
      const whole = document.createElement("div");
      const { blocks, definitions } = parseBlocks(input);
      whole.append(...blocks.map((block) => render(block, definitions)));
      const found = html(whole);
      if (found !== expected) failures.push(`${name}: ${found}`);
      for (let size = 1; size <= 7; size += 1) {
        const element = document.createElement("div");
        const view = new MarkdownView(element);
        for (let index = 0; index < input.length; index += size) {
          view.append(input.slice(index, index + size));
          // Draws what is pending, as a timer would.
          view.finish();
        }
        const streamed = html(element);
        if (streamed !== expected) failures.push(`${name}, in pieces of ${size}: ${streamed}`);
      }
    }
    return failures;
  });
