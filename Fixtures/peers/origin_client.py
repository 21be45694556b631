"""What a page of somebody else sends, or one that points a name of its own at this machine.

origin_client.py API PAGE
"""

from checks import check, finish
from raw import ask, base, head, host, page_port, port, send, statuses

# Names of other machines (DNS rebinding).
for name, wanted in {
    "localhost": 200,
    "LOCALHOST": 200,
    "127.0.0.1": 200,
    "[::1]": 200,
    f"localhost:{port}": 200,
    "localhost:1": 200,
    "evil.example": 403,
    f"evil.example:{port}": 403,
    "127.0.0.1.evil.example": 403,
    "localhost.evil.example": 403,
    "evil.example#localhost": 403,
    "localhost@evil.example": 403,
    "evil.example@localhost": 403,
    "": 403,
    "127.0.0.1,": 403,
    "localhost:80@evil.example": 403,
    "localhost:x": 403,
    "0.0.0.0": 403,
    "127.1": 403,
    "[::1].evil.example": 403,
    "[::]": 403,
    "2130706433": 403,
    "0x7f.1": 403,
    "localhost\t.evil": 403,
    "[::ffff:127.0.0.1]": 403,
    "localhost evil.example": 403,
}.items():
    seen = ask("GET", base + "/workflows", host=name)
    # What is no name at all may be no request, too.
    check(f"Host {name!r}", seen[0] == wanted or (wanted == 403 and seen[0] == 400), seen)
    if page_port:
        seen = ask("GET", "/", host=name, at=page_port)
        check(f"Host {name!r} of the page", seen[0] == wanted or (wanted == 403 and seen[0] == 400), seen[:2])
for path in ["/health", "/ready", "/metrics", "/openapi.json", "/nothing", "/tasks/x", "/tasks/x/stream"]:
    check(f"a foreign Host at {path}", ask("GET", base + path, host="evil.example")[0] == 403)
seen = send(head("GET", base + "/workflows", "Host: evil.example"))
check("two Hosts", statuses(seen) == [400], seen)
seen = send(head("GET", base + "/workflows", f"Host: {host}"))
check("the same Host twice", statuses(seen) == [400], seen)
seen = send(head("GET", base + "/workflows", host=None))
check("no Host", statuses(seen) in ([400], [403]), seen)
seen = send(head("GET", f"http://evil.example{base}/workflows"))
check("absolute form of another machine", statuses(seen) in ([400], [403]), seen)
seen = send(head("GET", f"http://{host}{base}/workflows", host="evil.example"))
check("absolute form with another Host", statuses(seen) in ([400], [403]), seen)
seen = send(head("GET", f"http://{host}{base}/workflows"))
check("absolute form", statuses(seen) == [200], seen)

# Pages of other origins.
for origin, wanted in {
    f"http://{host}": 200,
    f"HTTP://{host}": 200,
    "null": 403,
    "file://": 403,
    "http://evil.example": 403,
    f"http://127.0.0.1:{port + 1}": 403,
    "http://127.0.0.1": 403,
    f"http://localhost:{port}": 403,
    f"http://evil.{host}": 403,
    f"http://{host}.evil.example": 403,
    f"ftp://{host}": 403,
    f"http://{host}@evil.example": 403,
    f"http://evil.example@{host}": 403,
    f"http://[::1]:{port}": 403,
    "": 403,
    f"http://{host}, http://evil.example": 403,
    f"{host}": 403,
    f"//{host}": 403,
    "*": 403,
    f"chrome-extension://{host}": 403,
    f"http://{host} http://evil.example": 403,
    f"http://{host}/": 200,
    f"http://{host}//": 403,
    f"http://{host}#": 403,
}.items():
    seen = ask("POST", base + "/workflows/runs", f"Origin: {origin}", body="{}")
    check(f"Origin {origin!r}", seen[0] == wanted, seen)
    check(f"Origin {origin!r} shares nothing", "access-control" not in seen[1].lower(), seen[1])
    seen = ask("OPTIONS", base + "/workflows/runs", f"Origin: {origin}", "Access-Control-Request-Method: POST")
    check(f"OPTIONS of {origin!r}", seen[0] in (403, 405) and "access-control" not in seen[1].lower(), seen)
seen = ask("POST", base + "/workflows/runs", f"Origin: http://{host}", "Origin: http://evil.example", body="{}")
check("two Origins", seen[0] in (400, 403), seen)
seen = ask("POST", base + "/workflows/runs", "Origin: http://evil.example", f"Origin: http://{host}", body="{}")
check("two Origins, the other way around", seen[0] in (400, 403), seen)
seen = ask("OPTIONS", base + "/workflows/runs")
check("OPTIONS without Origin", seen[0] == 405, seen)
seen = ask("OPTIONS", "*")
check("OPTIONS *", seen[0] in (400, 404, 405), seen)
check("the service lives", ask("GET", base + "/health")[2] == '{"status":"ok"}')
finish()
