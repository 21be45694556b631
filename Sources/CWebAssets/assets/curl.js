// The run request as a command for a POSIX shell. No DOM here.

// Linux takes 128 KiB as one argument of a program, and no more.
const argumentLimit = 100_000;

// A key is never written out: the command reads it from `$KEY`.
export function curlCommand(url, request, { isStreaming, needsKey }) {
  const lines = [`curl ${isStreaming ? "-N " : ""}-X POST ${quoted(url)}`];
  if (needsKey) lines.push(`  -H "Authorization: Bearer $KEY"`);
  if (isStreaming) lines.push(`  -H 'Accept: text/event-stream'`);
  if (request.isMultipart) return withForm(lines, request);
  return joined([...lines, `  -H 'Content-Type: application/json'`, body(request.json())]);
}

// What is too long for an argument comes by the standard input, as the one line that JSON is here: it cannot be the
// word that ends it, and the line end after it means nothing.
function body(json) {
  return isLong(json) ? `  --data-binary @- <<'END'\n${json}\nEND` : `  -d ${quoted(json)}`;
}

// Several long fields do not fit into one standard input, and a field ends with its last letter and not with a line
// end. So they come by files that the command makes and removes; its status is still that of curl.
function withForm(lines, request) {
  const files = [];
  const fields = [["workflow_id", request.workflowId], ...request.parts()].map(([name, value]) => {
    if (value instanceof Blob) return fileField(name, value);
    if (!isLong(value)) return `  --form-string ${quoted(`${name}=${value}`)}`;
    files.push(`  printf %s ${quoted(value)} > "$folder/${files.length}"`);
    return `  -F ${quoted(`${name}=<`)}"$folder/${files.length - 1}"`;
  });
  const command = joined([...lines, ...fields]);
  if (files.length === 0) return command;
  const folder = ["  folder=$(mktemp -d) || exit", `  trap 'rm -r "$folder"' EXIT`];
  return ["(", ...folder, ...files, `  ${command}`, ")"].join("\n");
}

function fileField(name, file) {
  // Within a form field, curl reads a file's name in double quotes with backslashes.
  const path = file.name.replaceAll(/[\\"]/g, "\\$&");
  const type = file.type ? `;type=${file.type}` : "";
  return `  -F ${quoted(`${name}=@"${path}"${type}`)}`;
}

function joined(lines) {
  return lines.join(" \\\n");
}

// A character has up to three bytes, or two of them four.
function isLong(text) {
  return text.length * 3 > argumentLimit && new TextEncoder().encode(text).length > argumentLimit;
}

function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
