"""A small forward proxy on the listening socket that is descriptor 100.

    proxy.py [--password USER:PASSWORD] [--to PORT]

It prints each request line that it gets. Whatever host is asked for, it connects to 127.0.0.1: names that do not exist
can be asked for through it. With --to, to that port.
"""

import argparse
import asyncio
import base64
import socket

parser = argparse.ArgumentParser()
parser.add_argument("--password")
parser.add_argument("--to", type=int)
options = parser.parse_args()


async def pump(reader, writer):
    try:
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def serve(reader, writer):
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    method, target, version = lines[0].split(" ")
    print(lines[0], flush=True)
    if options.password:
        wanted = "proxy-authorization: basic " + base64.b64encode(options.password.encode()).decode()
        if not any(line.lower() == wanted.lower() for line in lines):
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            writer.close()
            return
    if method == "CONNECT":
        address, path = target, None
    else:
        address, _, path = target.removeprefix("http://").partition("/")
    port = int(address.rpartition(":")[2]) if ":" in address else 80
    try:
        upstream_reader, upstream = await asyncio.open_connection("127.0.0.1", options.to or port)
    except OSError:
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()
        return
    if method == "CONNECT":
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
    else:
        kept = [line for line in lines[1:] if line and not line.lower().startswith("proxy-")]
        request = [f"{method} /{path} {version}", *kept, "Via: 1.1 test", "Connection: close", "", ""]
        upstream.write("\r\n".join(request).encode("latin-1"))
    await asyncio.gather(pump(reader, upstream), pump(upstream_reader, writer))


async def main():
    server = await asyncio.start_server(serve, sock=socket.socket(fileno=100))
    await server.serve_forever()


asyncio.run(main())
