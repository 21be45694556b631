"""Requests whose end can be read in two ways, that are none at all, or that ask for odd paths.

framing_client.py API PAGE
"""

from checks import check, finish, prompt, start, wait_for
from raw import ask, base, head, host, page_port, send, statuses

run_head = f"POST {base}/workflows/runs HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"

# Where one request ends and the next begins.
inner = f"GET {base}/health HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
for name, data in {
    "length and chunks": run_head + f"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{inner}",
    "chunks and length": run_head + f"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n{inner}",
    "two lengths": run_head + f"Content-Length: 2\r\nContent-Length: 0\r\n\r\n{{}}{inner}",
    "two lengths in one": run_head + f"Content-Length: 2, 0\r\n\r\n{{}}{inner}",
    "a negative length": run_head + f"Content-Length: -1\r\n\r\n{{}}{inner}",
    "a length with a sign": run_head + f"Content-Length: +2\r\n\r\n{{}}{inner}",
    "a length in hexadecimal": run_head + f"Content-Length: 0x2\r\n\r\n{{}}{inner}",
    "a length that is too large": run_head + f"Content-Length: 99999999999999999999\r\n\r\n{{}}{inner}",
    "an unknown coding": run_head + f"Transfer-Encoding: chunkedx\r\n\r\n0\r\n\r\n{inner}",
    "a coding behind chunked": run_head + f"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{inner}",
    "a blank before the colon": run_head + f"Content-Length : 2\r\n\r\n{{}}{inner}",
    "a folded line": run_head + f"X-A: b\r\n Content-Length: 2\r\nContent-Length: 2\r\n\r\n{{}}{inner}",
    "a folded coding": run_head + f"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n{inner}",
    "a zero byte in a header": run_head + f"X-A: b\0c\r\nContent-Length: 2\r\n\r\n{{}}{inner}",
    "a carriage return in a header": run_head
    + f"X-A: b\rTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{{}}{inner}",
    "a name with a blank": run_head + f"X A: b\r\nContent-Length: 2\r\n\r\n{{}}{inner}",
    "a line without a colon": run_head + f"nonsense\r\nContent-Length: 2\r\n\r\n{{}}{inner}",
    "a chunk size with a sign": run_head + f"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n{inner}",
    "a chunk size that is too large": run_head
    + f"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{{}}\r\n0\r\n\r\n{inner}",
    "a chunk that is longer than it says": run_head
    + f"Transfer-Encoding: chunked\r\n\r\n1\r\n{{}}\r\n0\r\n\r\n{inner}",
    "HTTP/2 without the rest": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(300),
    "another version": f"GET {base}/health HTTP/9.9\r\nHost: {host}\r\n\r\n",
    "HTTP/0.9": f"GET {base}/health\r\n\r\n",
    "zeros": bytes(1000) + b"\r\n\r\n",
    "a target with a zero byte": f"GET {base}/health\0 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "a target with a blank": f"GET {base}/he alth HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "no target": f"GET HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "a long header": head("GET", base + "/health", "X-A: " + "x" * 200_000),
    "many headers": head("GET", base + "/health", *[f"X-{number}: x" for number in range(5_000)]),
    "a long target": head("GET", base + "/health?" + "x" * 200_000),
    "a long method": "X" * 100_000 + f" {base}/health HTTP/1.1\r\nHost: {host}\r\n\r\n",
}.items():
    seen = send(data)
    check(
        name,
        statuses(seen)[:1] in ([400], [403], [404], [405], [413], [414], [431], [501], [505], [])
        and len(statuses(seen)) <= 1
        and b"<silence>" not in seen,
        statuses(seen),
        seen[:300],
        seen[-20:],
    )
seen = send(f"GET {base}/health HTTP/1.1\nHost: {host}\nConnection: close\n\n")
check("bare line feeds", statuses(seen) in ([200], [400]), seen)
seen = send((head("GET", base + "/health", close=False) * 3) + inner)
check("pipelining", statuses(seen) == [200] * 4, seen)
seen = send(head("GET", base + "/health", "Connection: Close", close=False))
check("Connection: Close in another case", statuses(seen) == [200] and b"<silence>" not in seen, seen)
seen = send(f"GET {base}/health HTTP/1.0\r\nHost: {host}\r\n\r\n")
check("HTTP/1.0 ends", statuses(seen) == [200] and b"<silence>" not in seen, seen)
task = start("pieces", input=prompt(pieces=["a"]))
wait_for(task, "completed")
seen = send(f"GET {base}/tasks/{task}/stream HTTP/1.0\r\nHost: {host}\r\n\r\n")
check("a stream over HTTP/1.0", seen.endswith(b"\r\n\r\nid: 1\ndata: a\n\nid: 2\nevent: done\ndata: \n\n"), seen)
seen = send(f"GET {base}/health HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody")
check("a body of GET", statuses(seen) == [200], seen)
seen = send(f"HEAD {base}/health HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\n\r\nbody{inner}")
check("a body of HEAD", statuses(seen) == [200, 200], seen)

# Paths.
for path, wanted in {
    "//health": 404,
    "/./health": 404,
    "/../api/health": 404,
    "/%2e%2e/api/health": 404,
    "/health/": 404,
    "/Health": 404,
    "/he%61lth": 200,
    "/he%zzlth": 404,
    "/tasks/%00": 404,
    "/tasks/%0d%0aX-Evil:%201": 404,
    "/tasks/a%2fb": 404,
    "/tasks/%": 404,
    "/tasks/%zz": 404,
    "/tasks/%ff": 404,
    "/tasks/..": 404,
    "/tasks/%2e%2e": 404,
    "/tasks//": 404,
    "/tasks/": 404,
    "/workflows//schema": 404,
    "/workflows/%0d%0a/schema": 404,
    "/workflows/echo%00/schema": 404,
    "/workflows/hidden/schema": 404,
    "/workflows/" + "x" * 7_000 + "/schema": 404,
    "/workflows/" + "x" * 30_000 + "/schema": (414, 431),
    "/workflows/%65cho/schema": 200,
    "/workflows?include_schema=maybe": (200, 400),
    "/tasks?limit=%ff": 400,
    "/tasks?limit=99999999999999999999": 400,
    "/tasks?limit=-1": 400,
    "/tasks?status=%0d%0aX: y": 400,
    "/tasks?=&&=": 200,
    "/tasks?" + "&".join(["limit=1"] * 900): 200,
    "/tasks/x/stream?last_event_id=99999999999999999999": (400, 404),
    f"/tasks/{task}/stream?last_event_id=-1": 400,
    f"/tasks/{task}/stream?last_event_id=9223372036854775807": (204, 400, 410),
    f"/tasks/{task}/stream?last_event_id=18446744073709551616": 400,
    f"/tasks/{task}/stream?last_event_id=1e3": 400,
    f"/tasks/{task}/stream?last_event_id=%2b1": (200, 400),
    f"/tasks/{task}/events?last_event_id=9223372036854775807": (200, 204, 400, 410),
    f"/tasks/{task}?output_only=maybe": 400,
    f"/tasks/{task.lower()}": 404,
    f"/tasks/{task}%20": 404,
}.items():
    seen = ask("GET", base + path)
    check(f"GET {path[:60]}", seen[0] in (wanted if isinstance(wanted, tuple) else (wanted,)), seen)
    check(f"GET {path[:60]} has no header of others", "X-Evil" not in seen[1], seen[1])
for path in [
    "/../../../../etc/passwd",
    "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fetc%2fpasswd",
    "//etc/passwd",
    "/.git/config",
    "/model-compose.yml",
    "/app.js%00",
    "/index.html/../../x",
]:
    seen = ask("GET", path, host=f"127.0.0.1:{page_port}", at=page_port)
    check(f"the page's {path}", seen[0] in (400, 404), seen[:2])
check("the service lives", ask("GET", base + "/health")[2] == '{"status":"ok"}')
finish()
