"""What errors tell, and what many tasks and races for one of them come to.

failure_client.py API PAGE
"""

import json
import re
import socket

from checks import check, finish, prompt, start, state, wait_for
from raw import ask, base, head, port, run, statuses

# What errors tell.
for workflow, members, wanted in [
    ("pieces", prompt(status=401, error="Incorrect API key provided: ${key}"), "Incorrect API key"),
    ("ask", prompt(status=500, error="Line one\r\nX-Evil: ${key}\nTraceback"), "Line one"),
    ("pieces", prompt(pieces=["a"], error="key ${key}\n\nevent: done\ndata: x\n\n"), "key"),
    (
        "ask",
        prompt(status=401, error="Basic dXNlcjpzay10ZXN0LTRmOWMyYjdkODFlNg== c2stdGVzdC00ZjljMmI3ZDgxZTY="),
        "Basic",
    ),
    ("ask", prompt(status=401, error="sk%2Dtest%2D4f9c2b7d81e6 sk-test-4f9c2b7d81e6"), "401"),
    ("fail", {}, "/nowhere/at/all"),
    ("integer", {"number": "abc"}, "'number' must be an integer"),
]:
    for only in (True, False):
        seen = run({"workflow_id": workflow, "input": members, "output_only": only})
        text = seen[1] + seen[2]
        check(f"the error of {workflow}", wanted in text, seen)
        check(
            f"the error of {workflow} is clean",
            not re.search(
                r"sk-test|sk%2D|c2stdGVz|zay10ZXN0|/home/|/tmp/|/root|\.swift|Traceback \(|X-Evil: sk|\nevent: done|0x[0-9a-f]{8}",
                text,
            ),
            seen,
        )
        check(f"the error of {workflow} is no header", "x-evil" not in seen[1].lower(), seen[1])

# Many tasks, and races for one.
tasks = [start("echo", input={"text": str(number)}) for number in range(300)]
check("each has its own id", len(set(tasks)) == 300)
for number, one in enumerate(tasks[::50]):
    check("its own output", wait_for(one, "completed")["output"] == {"text": str(number * 50)})
one = start("approve", input={"text": "x"})
point = wait_for(one, "interrupted")["interrupt"][0]["id"]
body = json.dumps({"answer": {point: None}})
racing = []
for number in range(40):
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    path, body_sent = (f"/tasks/{one}/resume", body) if number % 2 else (f"/tasks/{one}/cancel", "")
    connection.sendall((head("POST", base + path, f"Content-Length: {len(body_sent)}") + body_sent).encode())
    racing.append(connection)
answers = []
for connection in racing:
    received = b""
    while piece := connection.recv(65536):
        received += piece
    answers += statuses(received)
    connection.close()
ended = wait_for(one, "completed", "cancelled")
check("a race of resume and cancel", len(answers) == 40 and set(answers) <= {200, 400, 409}, answers)
check("there is one end", state(one) == ended, ended)
for answer in ["[]", "1", '{"answer":5}', '{"answer":[1]}', "{", ""]:
    one = start("approve", input={"text": "x"})
    wait_for(one, "interrupted")
    seen = ask("POST", f"{base}/tasks/{one}/resume", body=answer)
    check(f"resume with {answer!r}", seen[0] == 422 and json.loads(seen[2])["code"] == "invalid-body", seen)
    check(f"resume with {answer!r} changes nothing", state(one)["status"] == "interrupted")
    ask("DELETE", f"{base}/tasks/{one}")
check("the service lives", ask("GET", base + "/health")[2] == '{"status":"ok"}')
finish()
