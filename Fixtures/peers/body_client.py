"""Bodies that are too much, too deep, or no JSON, and clients that are too slow.

body_client.py API PAGE
"""

import json
import socket
import time

from checks import check, finish
from raw import ask, base, host, port, run, send, statuses

run_head = f"POST {base}/workflows/runs HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"

# Bodies.
deep = 100_000
for name, body, wanted in [
    ("nothing", "", 400),
    ("an opened object", "{", 400),
    ("a list", "[]", 400),
    ("a number", "1", 400),
    ("two values", "{}{}", 400),
    ("a comma too many", '{"input":{},}', 400),
    ("NaN", '{"input":{"text":NaN}}', 200),
    ("Infinity", '{"input":{"text":-Infinity}}', 200),
    ("a single quote", "{'input':{}}", 400),
    ("a comment", '{"input":{}/**/}', 400),
    ("a byte order mark", b"\xef\xbb\xbf{}", (200, 400)),
    ("a deep list", '{"input":' + "[" * deep + "]" * deep + "}", 400),
    ("a deep object", '{"a":' * deep + "1" + "}" * deep, 400),
    ("an open depth", "[" * 1_000_000, 400),
    ("a deep value that nobody knows", '{"x":' + "[" * deep + "]" * deep + "}", 400),
    ("100,000 keys", json.dumps({"input": {f"k{number}": number for number in range(100_000)}}), 200),
    ("100,000 unknown keys", json.dumps({f"k{number}": number for number in range(100_000)}), 200),
    ("100,000 equal keys", "{" + ",".join(['"input":{}'] * 100_000) + "}", (200, 400)),
    ("equal keys", '{"workflow_id":"nope","workflow_id":"echo"}', (200, 400)),
    ("a huge number", '{"input":{"text":1e400}}', (200, 400)),
    ("a long number", '{"input":{"text":' + "9" * 1_000_000 + "}}", (200, 400)),
    ("a tiny number", '{"input":{"text":1e-999999999}}', (200, 400)),
    ("minus zero", '{"input":{"text":-0}}', 200),
    ("a number with a zero before it", '{"input":{"text":01}}', 400),
    ("a lone surrogate", '{"input":{"text":"\\ud800"}}', (200, 400)),
    ("a lone surrogate as bytes", b'{"input":{"text":"\xed\xa0\x80"}}', 400),
    ("a reversed pair", '{"input":{"text":"\\udc00\\ud800"}}', (200, 400)),
    ("no UTF-8", b'{"input":{"text":"\xff"}}', 400),
    ("an overlong form", b'{"input":{"text":"\xc0\xaf"}}', 400),
    ("UTF-16", '{"input":{}}'.encode("utf-16"), 400),
    ("a raw line feed", '{"input":{"text":"a\nb"}}', 400),
    ("a zero byte", '{"input":{"text":"a\\u0000b"}}', (200, 400)),
    ("a raw zero byte", b'{"input":{"text":"a\0b"}}', 400),
    ("an unknown escape", '{"input":{"text":"\\x"}}', 400),
    ("a number as the workflow", '{"workflow_id":5}', 400),
    ("a list as the metadata", '{"metadata":[]}', 400),
    ("a text as a boolean", '{"output_only":"true"}', 400),
    ("a callback to a file", '{"wait_for_completion":false,"callback_url":"file:///etc/passwd"}', 400),
    ("a callback without a host", '{"wait_for_completion":false,"callback_url":"http://"}', 400),
    (
        "a callback with a line feed",
        '{"wait_for_completion":false,"callback_url":"http://127.0.0.1:1/\\r\\nX: y"}',
        400,
    ),
    (
        "a callback with a header of two lines",
        '{"wait_for_completion":false,"callback_url":"http://127.0.0.1:1/","callback_headers":{"X":"a\\r\\nHost: evil"}}',
        400,
    ),
    (
        "a callback with a header name of two lines",
        '{"wait_for_completion":false,"callback_url":"http://127.0.0.1:1/","callback_headers":{"X\\r\\nY":"a"}}',
        400,
    ),
    (
        "a callback that names another host",
        '{"wait_for_completion":false,"callback_url":"http://127.0.0.1:1/","callback_headers":{"HOST":"evil.example"}}',
        400,
    ),
]:
    before = time.monotonic()
    seen = run(body)
    check(
        f"a body: {name}",
        seen[0] in (wanted if isinstance(wanted, tuple) else (wanted,)),
        seen[0],
        seen[1][:300],
        seen[2][:300],
    )
    check(f"a body: {name}, soon", time.monotonic() - before < 15, time.monotonic() - before)
    if seen[0] == 400:
        # One line, short, and JSON.
        answer = json.loads(seen[2])
        check(
            f"a body: {name}, the answer",
            set(answer) >= {"detail", "code"} and "\n" not in answer["detail"] and len(answer["detail"]) < 500,
            seen[2][:600],
        )
for workflow in [
    "nope\r\nX-Evil: 1",
    "nope\u2028",
    "x" * 100_000,
    "\x1b[31m",
    "../../etc/passwd",
    "\ud800",
    "__default__",
    "hidden",
    "",
]:
    seen = run(json.dumps({"workflow_id": workflow}))
    wanted = (200,) if workflow in ("__default__", "") else (400, 404)
    check(f"workflow {workflow[:20]!r}", seen[0] in wanted, seen[0], seen[2][:200])
    check(f"workflow {workflow[:20]!r} is no header", "X-Evil" not in seen[1], seen[1])
    check(f"workflow {workflow[:20]!r}, a short answer", len(seen[2]) < 2_000, len(seen[2]))

# More than there is room for.
for headers in ["Content-Length: 17000000", "Content-Length: 9223372036854775807"]:
    seen = send(run_head + headers + "\r\n\r\n{", timeout=3)
    check(f"413 for {headers}", statuses(seen) == [413], seen)
seen = send(
    (run_head + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n").encode()
    + (b"100000\r\n" + b" " * 0x100000 + b"\r\n") * 17
    + b"0\r\n\r\n"
)
check("413 without a length", statuses(seen) == [413], seen[:300])
seen = run({"session_id": "s" * 1_000_000, "metadata": {"a": "m" * 1_000_000}, "input": {"text": "x"}})
check("a session and metadata of 1 MB", seen[0] in (200, 400, 413), seen[0], seen[2][:200])

# Slow clients hold nothing up.
slow = []
for _ in range(200):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(
        f"POST {base}/workflows/runs HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{".encode()
    )
    slow.append(connection)
before = time.monotonic()
check("200 slow clients", ask("GET", base + "/health")[0] == 200 and time.monotonic() - before < 5)
for connection in slow:
    connection.close()
check("the service lives", ask("GET", base + "/health")[2] == '{"status":"ok"}')
finish()
