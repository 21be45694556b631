"""What a program sees that uses `requests` and `sseclient-py`.

requests_client.py API PAGE
"""

import json
import re
import socket
import threading
import urllib.parse

import requests
import sseclient

from checks import api, check, finish, prompt, start, wait_for

session = requests.Session()


def run(workflow, **members):
    return session.post(api + "/workflows/runs", json={"workflow_id": workflow, **members}, stream=True, timeout=60)


def events(answer):
    """What the library makes of an event stream; it ends with the first event that has one of the last names."""
    seen = []
    for event in sseclient.SSEClient(answer).events():
        seen.append(event)
        if event.event in ("done", "error", "cancelled", "end"):
            break
    return seen


def texts(seen):
    return [event.data for event in seen if event.event == "message"]


# A line end of any kind is a line end; the library joins lines with LF.
for name, pieces in {
    "LF": ["a\nb"],
    "CR": ["a\rb"],
    "CRLF": ["a\r\nb"],
    "line ends over two pieces": ["a\r", "\nb"],
    "only line ends": ["\n", "\n\n", "x"],
    "a line end last": ["a\n", "b\n\n"],
    "leading blanks": [" lead", "  two", "\ttab"],
    "what looks like a field": ["data: x", "event: done", "id: 7", ": comment", "retry: 1"],
    "emoji": ["😀", "👩‍👩‍👧", "é", "漢字"],
    "other line separators": ["a\u2028b", "a\u0085b", "a\x0bb\x0cc"],
    "a zero byte": ["a\x00b"],
    "a mark at the start": ["\ufeffa"],
    "a long piece": ["x" * 300_000],
    "many pieces": [str(number) + " " for number in range(3_000)],
}.items():
    seen = events(run("pieces", input=prompt(pieces=pieces)))
    wanted = [re.sub("\r\n?", "\n", piece) for piece in pieces]
    check(f"text with {name}", texts(seen) == wanted, texts(seen)[:5], wanted[:5])
    check(f"text with {name} ends", seen[-1].event == "done", seen[-1])
    check(f"text with {name} is numbered", [event.id for event in seen] == [str(n + 1) for n in range(len(seen))])
    seen = events(run("values", input=prompt(pieces=pieces)))
    check(f"JSON with {name}", [json.loads(text) for text in texts(seen)] == pieces, texts(seen)[:5])

# An empty piece is left out.
seen = events(run("pieces", input=prompt(pieces=["a", "", "b"])))
check("an empty piece", texts(seen) == ["a", "b"], texts(seen))

# Errors behind the first byte.
seen = events(run("pieces", input=prompt(pieces=["a", "b"], error="Overloaded\n\nevent: done\ndata: x")))
check("the pieces before an error", texts(seen) == ["a", "b"], seen)
failure = json.loads(seen[-1].data) if seen[-1].event == "error" else {}
check("an error", (failure.get("code"), failure.get("job")) == ("provider", "pieces"), seen[-1].data)
check("an error on one line", "Overloaded" in failure.get("message", "") and len(seen) == 3, failure)
seen = events(run("pieces", input=prompt(pieces=["a"], drop=True)))
check("a lost provider", seen[-1].event == "error" and json.loads(seen[-1].data)["code"] == "connection", seen[-1].data)
answer = run("pieces", input=prompt(status=401, error="Wrong key ${key}"))
check(
    "an error before the first byte", (answer.status_code, answer.json().get("code")) == (502, "provider"), answer.text
)
check("without the key", "Wrong key" in answer.text and "sk-test" not in answer.text, answer.text)

# Whoever is cut off goes on where the stream was cut. It is read byte by byte, and never from the beginning.
pieces = [f"{number} " for number in range(400)]
for pause in (0, 0.002):
    task = start("pieces", input=prompt(pieces=pieces, pause=pause))
    seen, last, connections = [], 0, 0
    while last is not None and connections < 100:
        connections += 1
        address = urllib.parse.urlsplit(api)
        with socket.create_connection((address.hostname, address.port), timeout=60) as connection:
            head = f"GET {address.path}/tasks/{task}/stream HTTP/1.0\r\nHost: {address.netloc}\r\nLast-Event-ID: {last}\r\n\r\n"
            connection.sendall(head.encode())
            received = b""
            # Cut after an odd number of bytes, in the middle of whatever it is.
            while len(received) < 1_237 and (piece := connection.recv(61)):
                received += piece
        body = received.split(b"\r\n\r\n", 1)[-1].decode("utf-8", "replace")
        for event in body.split("\n\n")[:-1]:
            fields = dict(line.split(": ", 1) for line in event.split("\n") if not line.startswith(":"))
            if "id" in fields:
                last = int(fields["id"])
                seen.append(fields.get("data"))
            if fields.get("event") == "done":
                seen.pop()
                last = None
                break
    check(f"resumed, with pauses of {pause} s", seen == pieces, len(seen), seen[:3])
    check("it was cut", connections > 3, connections)

# Two readers of one stream, while it comes.
task = start("pieces", input=prompt(pieces=pieces, pause=0.001))
results = {}


def read(name):
    with requests.get(f"{api}/tasks/{task}/stream", stream=True, timeout=60) as answer:
        results[name] = texts(events(answer))


readers = [threading.Thread(target=read, args=(name,)) for name in ("first", "second")]
for reader in readers:
    reader.start()
for reader in readers:
    reader.join()
check("two readers", results == {"first": pieces, "second": pieces}, {name: len(one) for name, one in results.items()})

# The events of a task.
task = start("echo", input={"text": "x"}, session_id="s", metadata={"a": [1, None]})
with requests.get(f"{api}/tasks/{task}/events", stream=True, timeout=60) as answer:
    seen = events(answer)
check("the last of what happens", seen[-1].event == "end", seen[-1])
states = [json.loads(event.data) for event in seen if event.event == "task_state"]
check(
    "the states",
    [state["status"] for state in states][-1] == "completed" and all("output" not in state for state in states),
    states,
)
check("the jobs", any(event.event == "job_event" for event in seen), [event.event for event in seen])

# A stop for an answer, while the stream is waited for.
task = start("approve", input={"text": "x"})
with requests.get(f"{api}/tasks/{task}/stream", stream=True, timeout=60) as answer:
    for event in sseclient.SSEClient(answer).events():
        if event.event == "interrupted":
            point = json.loads(event.data)["interrupt"][0]["id"]
            resumed = session.post(f"{api}/tasks/{task}/resume", json={"answer": {point: None}}, timeout=60)
            check("resume", resumed.status_code == 200, resumed.text)
        if event.event == "message":
            check("the value is one event", json.loads(event.data) == "x", event.data)
        if event.event == "done":
            break

# Forms and files, as the library writes them.
answer = session.post(api + "/workflows/runs", data={"workflow_id": "echo", "input[text]": "a+b é"}, timeout=60)
check("a form", answer.json().get("output") == {"text": "a+b é"}, answer.text)
answer = session.post(
    api + "/workflows/runs",
    data={"workflow_id": "echo"},
    files={"input[text]": ('ä "b".txt', "from a file", "text/plain")},
    timeout=60,
)
check("a file", answer.json().get("output") == {"text": "from a file"}, answer.text)
answer = session.post(
    api + "/workflows/runs",
    data=(piece for piece in [b'{"input":', b'{"text":"x"}}']),
    headers={"Content-Type": "application/json"},
    timeout=60,
)
check("a generator as the body", answer.json().get("output") == {"text": "x"}, answer.text)
answer = session.get(api + "/tasks", params={"session_id": "s", "status": "completed", "limit": 5}, timeout=60)
check("the list", [state["session_id"] for state in answer.json()["tasks"]] == ["s"], answer.text)
finish()
