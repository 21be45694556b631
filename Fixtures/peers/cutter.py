"""A proxy on the listening socket that is descriptor 100 that passes bytes on, and cuts connections.

    cutter.py --to PORT --path TEXT --after BYTES --times COUNT

Of the connections on which a request with TEXT in its first line was sent, the first COUNT are cut when so many more
bytes have come back: in the middle of whatever it is. It prints `request` and `Last-Event-ID` of each such request.
"""

import argparse
import asyncio
import re
import socket

parser = argparse.ArgumentParser()
parser.add_argument("--to", type=int, required=True)
parser.add_argument("--path", required=True)
parser.add_argument("--after", type=int, required=True)
parser.add_argument("--times", type=int, required=True)
options = parser.parse_args()
cuts = 0


async def serve(reader, writer):
    upstream_reader, upstream = await asyncio.open_connection("127.0.0.1", options.to)
    # How many more bytes may go back; no bound while it is None.
    left = None

    async def forth():
        nonlocal left
        while piece := await reader.read(65536):
            line = piece.split(b"\r\n", 1)[0].decode("latin-1")
            if options.path in line:
                seen = re.search(rb"(?im)^last-event-id: *([^\r\n]*)", piece)
                print("request", seen.group(1).decode() if seen else "-", flush=True)
                if cuts < options.times:
                    left = options.after
            upstream.write(piece)
            await upstream.drain()
        upstream.close()

    async def back():
        nonlocal left
        global cuts
        while piece := await upstream_reader.read(65536):
            if left is not None:
                piece = piece[:left]
                left -= len(piece)
            writer.write(piece)
            await writer.drain()
            if left == 0:
                cuts += 1
                print("cut", flush=True)
                break
        writer.close()

    tasks = [asyncio.create_task(forth()), asyncio.create_task(back())]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    for one in (upstream, writer):
        one.close()


async def main():
    listener = socket.socket(fileno=100)
    server = await asyncio.start_server(serve, sock=listener)
    async with server:
        await server.serve_forever()


asyncio.run(main())
