// Tests of the modules that know nothing of the page. Returns what failed.
return (async () => {
  const failures = [];
  const same = (what, found, wanted) => {
    const [left, right] = [found, wanted].map((value) => JSON.stringify(value));
    if (left !== right) failures.push(`${what}: ${left} and not ${right}`);
  };
  const refuses = (what, body, key) => {
    try {
      failures.push(`${what}: ${JSON.stringify(body())} and no problem`);
    } catch (problem) {
      if (problem.key !== key) failures.push(`${what}: ${problem.key ?? problem}`);
    }
  };

  const { EventStreamParser } = await import("/event-stream.js");
  const stream = "id: 1\ndata: a\ndata:  b\n\r\n: ping\n\nevent: done\rdata:\r\rdata: rest";
  const wanted = [{ type: "message", data: "a\n b", id: "1" }, { type: "done", data: "", id: "1" }];
  same("events at once", new EventStreamParser().feed(stream), wanted);
  const slow = new EventStreamParser();
  same("events by letter", [...stream].flatMap((letter) => slow.feed(letter)), wanted);

  const { formatJSON, kindOf, parseJSON } = await import("/json-text.js");
  const numbers = ["12345678901234567890", "1.0", "1e3", "1E3", "-0", "-0.0", "0.10", "1e400", "1234567890123456.5", "0.1", "-7", "0"];
  for (const number of numbers) {
    for (const text of [number, `[${number}]`, `{"a":${number}}`, `{"a":[1,${number},"1.5"]}`]) {
      same("numbers as they were written", JSON.stringify(parseJSON(text)), text);
    }
    same("a number among spaces", JSON.stringify(parseJSON(`{ "a" :\t${number}\n}`)), `{"a":${number}}`);
    same("kind of a number", kindOf(parseJSON(` ${number} `)), "number");
  }
  same("what only looks like a number", parseJSON('{"1.0":"see 1.0, 1e3"}'), { "1.0": "see 1.0, 1e3" });
  same("a number in shape", formatJSON(parseJSON('{"a":1.0}')), '{\n  "a": 1.0\n}');

  const { assemble, bounds, choices, displayItem, fieldKind, parse, parseItem } = await import("/values.js");
  same("kinds", [
    { type: "text" }, { type: "string" }, { type: "image", format: "url" }, { type: "image" }, { type: "file", is_list: true },
    { type: "integer" }, { type: "slider", subtype: "0,2,0.1" }, { type: "slider" }, { type: "boolean" }, { type: "list" },
    { type: "number", is_list: true }, { type: "json" }, { type: "select", subtype: "a,b" }, { type: "select", options: ["a", "b", "c", "d"] },
  ].map(fieldKind), ["text", "text", "line", "file", "file", "number", "range", "number", "toggle", "items", "items", "document", "segments", "choice"]);
  same("bounds", [bounds({ subtype: "0, 2" }), bounds({ subtype: "2,0" }) ?? null], [{ min: "0", max: "2", step: "any" }, null]);
  same("choices", choices({ subtype: "a, b,,c" }), ["a", "b", "c"]);
  same("numbers", [parse({ type: "number" }, " 1.5 "), parse({ type: "integer" }, "7")], [1.5, 7]);
  refuses("no number", () => parse({ type: "number" }, "x"), "notANumber");
  refuses("no integer", () => parse({ type: "integer" }, "1.5"), "notAnInteger");
  refuses("no JSON", () => parse({ type: "json" }, "{"), "notJSON");
  refuses("no object", () => parse({ type: "object" }, "[1]"), "notAnObject");
  refuses("a number is no object", () => parse({ type: "object" }, "1.0"), "notAnObject");
  same("documents keep numbers", JSON.stringify(parse({ type: "json" }, '{"a":[1.0,12345678901234567890]}')), '{"a":[1.0,12345678901234567890]}');
  same("entries keep numbers", ["1.0", "1e3", "12345678901234567890"].map((text) => displayItem({ type: "list" }, parseItem({ type: "list" }, text))), ["1.0", "1e3", "12345678901234567890"]);
  same("options keep numbers", choices({ options: parseJSON('["a",1.0]') }), ["a", "1.0"]);
  same("a number beside its members", assemble([["a", parseJSON("1.0")], ["a.b", 2]]), { a: { b: 2 } });
  for (const value of ["a", "1", "null", 1, null, [1], { a: 1 }]) {
    same("entries", parseItem({ type: "list" }, displayItem({ type: "list" }, value)), value);
  }
  same("input", assemble([["a.b", 1], ["c[0].d", 2], ["__proto__", 3]]), JSON.parse('{"a":{"b":1},"c":[{"d":2}],"__proto__":3}'));
  same("whole input", assemble([[undefined, "x"]]), "x");

  const { RunRequest } = await import("/request.js");
  const file = new File(["x"], 'a "b".txt', { type: "text/plain" });
  const upload = new RunRequest("w", [["user.name", "Ada"], ["n", 3, false], ["tags", ["a", "b"], true], ["o", { a: 1 }], ["f", file]]);
  same("is multipart", [upload.isMultipart, new RunRequest("w", []).isMultipart], [true, false]);
  same("fields", upload.parts().map(([name, value]) => [name, value instanceof File ? "file" : value]), [
    ["input[user][name]", "Ada"], ["input[n]", "3"], ["input[tags][]", "a"], ["input[tags][]", "b"], ["input[o]", '{"a":1}'], ["input[f]", "file"],
  ]);
  const { curlCommand } = await import("/curl.js");
  same("curl", curlCommand("http://h/x", new RunRequest("it's", [["p", "a'b"]]), { isStreaming: true, needsKey: true }), [
    "curl -N -X POST 'http://h/x'", `  -H "Authorization: Bearer $KEY"`, "  -H 'Accept: text/event-stream'",
    "  -H 'Content-Type: application/json'", `  -d '{"workflow_id":"it'\\''s","input":{"p":"a'\\''b"}}'`,
  ].join(" \\\n"));
  same("curl with a file", curlCommand("u", upload, {}).includes(`-F 'input[f]=@"a \\"b\\".txt";type=text/plain'`), true);

  const long = "it's \\ \"한\"\n".repeat(12_000);
  const piped = curlCommand("u", new RunRequest("w", [["p", long]]), {}).split("\n");
  same("a long body is no argument", [piped[2], piped.length, piped.at(-1)], ["  --data-binary @- <<'END'", 5, "END"]);
  same("a long body", JSON.parse(piped[3]).input.p === long, true);
  const filed = curlCommand("u", new RunRequest("w", [["a", long], ["b", long], ["f", file]]), {});
  same("long fields are no arguments", ["a", "b"].map((name, index) => filed.includes(`-F 'input[${name}]=<'"$folder/${index}"`)), [true, true]);

  const { extensionOf, mediaOf, typedBlob } = await import("/media.js");
  const typed = async (bytes, field, type = "application/octet-stream") => (await typedBlob(new Blob([bytes], { type }), [field])).type;
  same("types of bytes", await Promise.all([
    typed(new Uint8Array([0x89, 0x50, 0x4e, 0x47]), { type: "image" }), typed("<svg></svg>", { type: "image" }),
    typed("x", { type: "image", subtype: "jpg" }), typed("RIFF", { type: "audio" }), typed("x", { type: "video" }),
    typed("x", { type: "any" }), typed("x", { type: "image", is_list: true }), typed("x", { type: "image" }, "text/html"),
  ]), ["image/png", "image/svg+xml", "image/jpeg", "audio/wav", "video/mp4", "application/octet-stream", "application/octet-stream", "text/html"]);
  same("kind of bytes", mediaOf(await typedBlob(new Blob(["RIFF"]), [{ type: "audio" }])).kind, "audio");
  same("file names", ["image/jpeg", "image/svg+xml", "audio/mpeg", "audio/x-wav", "application/octet-stream", ""].map(extensionOf), ["jpg", "svg", "mp3", "wav", "bin", "bin"]);

  const { HistoryStore, recordOfTask, timeOf } = await import("/history-store.js");
  let kept;
  const storage = { read: () => kept && JSON.parse(kept), write: (key, value) => { kept = value && JSON.stringify(value); return (kept ?? "").length < 40_000; } };
  const store = new HistoryStore(storage);
  for (let id = 0; id < 60; id += 1) store.add({ id, inputs: ["x".repeat(1000)] });
  same("newest first", store.records[0].id, 59);
  same("as many as there is room for", store.records.length < 40 && kept.length < 40_000, true);
  store.add({ id: "long", inputs: ["x".repeat(30_000)] });
  same("long inputs are left out", store.records[0], { id: "long" });
  store.remove("long");
  same("removed", store.records[0].id, 59);
  store.clear();
  same("cleared", store.records, []);
  for (const [id, state] of [["one", "interrupted"], ["two", "done"]]) store.add({ id, taskId: id, state });
  for (const taskId of ["one", "two", "three", undefined]) store.update(taskId, { state: "stopped" });
  same("only what had no end gets one", store.records.map(({ id, state }) => [id, state]), [["two", "done"], ["one", "stopped"]]);
  kept = "[1";
  same("foreign content", new HistoryStore({ read: () => "x", write: () => true }).records, []);
  same("time of an id", [timeOf("01ARZ3NDEKTSV4RRFFQ69G5FAV"), timeOf("short") ?? null], [1469922850259, null]);
  same("state of a task", recordOfTask({ task_id: "01ARZ3NDEKTSV4RRFFQ69G5FAV", status: "cancelling", workflow_id: "w" }).state, "stopped");

  const { RunClock } = await import("/run-clock.js");
  let now = 100;
  const clock = new RunClock(() => now);
  for (const time of [300, 400, 500]) {
    now = time;
    clock.noteChunk();
  }
  clock.noteUsage({ completion_tokens: 5 });
  clock.noteUsage({ output_tokens: 2 });
  now = 600;
  clock.end();
  now = 900;
  same("figures", clock.figures, { first: 200, chunks: 3, tokens: 7, rate: 10, total: 500 });

  const { duration, firstLine, rate, size } = await import("/format.js");
  same("durations", [12, 999.7, 1240, 12_400, 59_960, 125_000].map(duration), ["12 ms", "1.00 s", "1.24 s", "12.4 s", "1 m 00 s", "2 m 05 s"]);
  same("rates and sizes", [rate(9.96), rate(123.4), size(999), size(1234), size(12_345_678), size(999_999_999)], ["10.0", "123", "999 B", "1.2 kB", "12.3 MB", "1.0 GB"]);
  same("first line", [firstLine("\n  \n a b \nc"), firstLine("xyz", 2), firstLine("")], ["a b", "xy", ""]);

  const { english } = await import("/strings-en.js");
  const { korean } = await import("/strings-ko.js");
  same("texts", Object.keys(korean), Object.keys(english));
  const panels = await import("/strings-panels.js");
  same("texts of panels", Object.keys(panels.korean), Object.keys(panels.english));
  const words = (texts) => Object.values(texts).map((text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort());
  same("words in texts", words(korean), words(english));
  same("words in texts of panels", words(panels.korean), words(panels.english));
  return failures;
})();
