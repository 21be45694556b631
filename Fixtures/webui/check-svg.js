// Imports each drawing of `cases` and returns those that came out otherwise than expected.
// Runs as the body of a function inside the page.
return import("/svg-import.js").then(({ importSVG }) => cases.flatMap(({ name, input, svg: expected }) => {
  let found;
  try {
    found = importSVG(input).outerHTML;
  } catch {
    found = "refused";
  }
  return found === expected ? [] : [`${name}: ${found}`];
}));
