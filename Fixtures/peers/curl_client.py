"""What curl sees: the program that everybody has.

curl_client.py API PAGE
"""

import json
import re
import subprocess
import tempfile

from checks import api, check, finish, page, prompt, start, wait_for


class Answer:
    def __init__(self, heads, body, status):
        self.heads, self.body, self.exit = heads, body, status
        blocks = [block for block in heads.split("\r\n\r\n") if block]
        self.statuses = [int(block.split(" ", 2)[1]) for block in blocks]
        self.status = self.statuses[-1] if self.statuses else 0
        self.headers = dict(re.findall(r"(?m)^([^:\r\n]+): *([^\r\n]*)", blocks[-1].lower())) if blocks else {}

    @property
    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            return {}

    def __repr__(self):
        return f"exit {self.exit}\n{self.heads}{self.body}"


def curl(path, *arguments, text=None, base=api):
    with tempfile.NamedTemporaryFile("r", newline="") as heads:
        done = subprocess.run(
            ["curl", "-q", "-sS", "-N", "--max-time", "60", "-D", heads.name, *arguments, base + path],
            capture_output=True,
            input=text and text.encode(),
        )
        return Answer(heads.read(), done.stdout.decode(), done.returncode)


def run(members, *arguments):
    return curl("/workflows/runs", "-H", "Content-Type: application/json", "-d", json.dumps(members), *arguments)


def reuses_its_connection(name, healthy, *arguments):
    """Several requests of one curl, of which so many ask for the health."""
    done = subprocess.run(
        ["curl", "-q", "-sSv", "--max-time", "60", *arguments], capture_output=True, text=True)
    is_right = done.stdout.count('"status":"ok"') == healthy and done.stderr.count("Connected to") == 1
    check(name, is_right, done.stderr)


# A run, in every way to send a body.
whole = run({"input": {"text": "é 漢 😀"}})
check("a run", whole.status == 200 and whole.json.get("output") == {"text": "é 漢 😀"}, whole)
check("its id", whole.headers.get("x-task-id", "").upper() == whole.json.get("task_id"), whole)
check("its type", whole.headers.get("content-type", "").startswith("application/json"), whole)
bare = run({"input": {"text": "x"}, "output_only": True})
check("the bare output", bare.body == '{"text":"x"}', bare)
chunked = run({"input": {"text": "x" * 100_000}}, "-H", "Transfer-Encoding: chunked")
check("a chunked request", chunked.json.get("output") == {"text": "x" * 100_000}, chunked.status)
expecting = run({"input": {"text": "x" * 100_000}}, "-H", "Expect: 100-continue", "--expect100-timeout", "30")
check("expects 100-continue", expecting.statuses == [100, 200], expecting.statuses, expecting.exit)
large = curl(
    "/workflows/runs",
    "-H",
    "Content-Type: application/json",
    "-H",
    "Expect: 100-continue",
    "--expect100-timeout",
    "30",
    "--data-binary",
    "@-",
    text='{"input":{"text":"' + "x" * (17 << 20) + '"}}',
)
check("413 in place of 100-continue", large.statuses == [413], large.statuses, large.exit)
check("413 says why", large.json.get("code") == "too-large", large)
old = run({"input": {"text": "x"}}, "--http1.0")
check("HTTP/1.0", old.status == 200 and old.json.get("output") == {"text": "x"}, old)
check("HTTP/1.0 is not chunked", "transfer-encoding" not in old.headers, old)
packed = run({"input": {"text": "x"}}, "--compressed")
check("--compressed", packed.json.get("output") == {"text": "x"}, packed)

# Forms.
form = curl(
    "/workflows/runs", "-d", "workflow_id=echo", "-d", "input[text]=a b", "--data-urlencode", "output_only=true"
)
check("a form", form.body == '{"text":"a b"}', form)
parts = curl("/workflows/runs", "-F", "workflow_id=echo", "-F", "input[text]=a & b")
check("a multipart form", parts.json.get("output") == {"text": "a & b"}, parts)
upload = curl(
    "/workflows/runs",
    "-F",
    "workflow_id=echo",
    "-F",
    "input[text]=@-;filename=a.txt;type=text/plain",
    "-F",
    "output_only=true",
    text="from a file",
)
check("an upload", upload.body == '{"text":"from a file"}', upload)

# Streams.
pieces = ["one", " two", "a\nb", "😀"]
stream = run({"workflow_id": "pieces", "input": prompt(pieces=pieces)})
check("a stream", stream.exit == 0 and stream.headers.get("content-type") == "text/event-stream; charset=utf-8", stream)
check(
    "its events",
    stream.body == "id: 1\ndata: one\n\nid: 2\ndata:  two\n\nid: 3\ndata: a\ndata: b\n\nid: 4\ndata: 😀\n\n"
    "id: 5\nevent: done\ndata: \n\n",
    stream,
)
check("is not kept by proxies", stream.headers.get("cache-control") == "no-cache", stream)
old = run({"workflow_id": "pieces", "input": prompt(pieces=pieces)}, "--http1.0")
check("a stream over HTTP/1.0", old.exit == 0 and old.body == stream.body, old)
packed = run({"workflow_id": "pieces", "input": prompt(pieces=pieces)}, "--compressed")
check("a stream with --compressed", packed.body == stream.body, packed)
failing = run({"workflow_id": "pieces", "input": prompt(pieces=["a"], error="Overloaded")})
check("an error behind the first byte", failing.exit == 0 and "event: error\ndata: {" in failing.body, failing)
refused = run({"workflow_id": "pieces", "input": prompt(status=429, error="Slow down", retry_after=7)})
check("an error before the first byte", (refused.status, refused.headers.get("retry-after")) == (429, "7"), refused)
octets = run({"workflow_id": "bare"})
check("a bare stream", octets.body == "one\ntwo\n", octets)

# Tasks.
task = start("pieces", input=prompt(pieces=pieces))
wait_for(task, "completed")
check("the stream of a task", curl(f"/tasks/{task}/stream").body == stream.body)
rest = curl(f"/tasks/{task}/stream", "-H", "Last-Event-ID: 3")
check("Last-Event-ID", rest.body == "id: 4\ndata: 😀\n\nid: 5\nevent: done\ndata: \n\n", rest)
nothing = curl(f"/tasks/{task}/stream", "-H", "Last-Event-ID: 5")
check("nothing is left", (nothing.status, nothing.body, nothing.exit) == (204, "", 0), nothing)
events = curl(f"/tasks/{task}/events")
check("the events of a task", events.exit == 0 and events.body.rstrip().endswith("event: end\ndata:"), events)
task = start("wait")
cancelled = curl(f"/tasks/{task}/cancel", "-X", "POST")
check("cancel", cancelled.json.get("status") == "cancelled", cancelled)
again = curl(f"/tasks/{task}", "-X", "DELETE")
check("cancel twice", (again.status, again.json.get("code")) == (409, "already-finished"), again)
asked = run({"workflow_id": "approve", "input": {"text": "x"}})
point = asked.json.get("interrupt", [{}])[0]
check("an interrupt", point.get("message") == "Go on with x?", asked)
resumed = curl(
    f"/tasks/{asked.json.get('task_id')}/resume", "-d", json.dumps({"answer": {point.get("id"): {"text": "y"}}})
)
check("resume", resumed.status == 200, resumed)
check("the answer is used", wait_for(asked.json["task_id"], "completed")["output"] == "y")

# What is asked wrongly.
for path, method, status, allowed in [
    ("/nothing", "GET", 404, None),
    ("/tasks/x", "GET", 404, None),
    ("/workflows/runs", "GET", 405, "post"),
    ("/workflows", "POST", 405, "get, head"),
    ("/tasks/x", "PUT", 405, "get, head, delete"),
]:
    answer = curl(path, "-X", method)
    check(f"{method} {path}", (answer.status, answer.headers.get("allow")) == (status, allowed), answer)
    check(f"{method} {path} says why", "detail" in answer.json and "code" in answer.json, answer)

# HEAD, and several requests on one connection.
for path in ["/health", "/workflows", "/tasks", f"/tasks/{task}", "/metrics", "/workflows/echo/schema"]:
    answer, seen = curl(path, "-I"), curl(path)
    check(f"HEAD {path}", (answer.status, answer.exit) == (200, 0), answer)
    check(f"HEAD {path} has the type", answer.headers.get("content-type") == seen.headers.get("content-type"), answer)
page_head = curl("/", "-I", base=page.rstrip("/"))
check(
    "HEAD of the page",
    page_head.status == 200 and page_head.headers.get("content-type") == "text/html; charset=utf-8",
    page_head,
)
reuses_its_connection("keep-alive", 5, *[f"{api}/health?{number}" for number in range(5)])
reuses_its_connection(
    "errors keep the connection", 2, api + "/nothing", api + "/health",
    "--next", "-sSv", "-d", "{", api + "/workflows/runs",
    "--next", "-sSv", api + "/health")
finish()
