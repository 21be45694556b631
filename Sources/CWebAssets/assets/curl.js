// The run request as a command for a POSIX shell. No DOM here.

// A key is never written out: the command reads it from `$KEY`.
export function curlCommand(url, request, { isStreaming, needsKey }) {
  const lines = [`curl ${isStreaming ? "-N " : ""}-X POST ${quoted(url)}`];
  if (needsKey) lines.push(`  -H "Authorization: Bearer $KEY"`);
  if (isStreaming) lines.push(`  -H 'Accept: text/event-stream'`);
  if (request.isMultipart) lines.push(...formLines(request));
  else lines.push(`  -H 'Content-Type: application/json'`, `  -d ${quoted(request.json())}`);
  return lines.join(" \\\n");
}

function formLines(request) {
  const texts = [["workflow_id", request.workflowId], ...request.parts()];
  return texts.map(([name, value]) => {
    if (!(value instanceof Blob)) return `  --form-string ${quoted(`${name}=${value}`)}`;
    // Within a form field, curl reads a file's name in double quotes with backslashes.
    const path = value.name.replaceAll(/[\\"]/g, "\\$&");
    const type = value.type ? `;type=${value.type}` : "";
    return `  -F ${quoted(`${name}=@"${path}"${type}`)}`;
  });
}

function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
