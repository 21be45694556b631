"""The provider of `Benchmarks/service`: does what the body of a request asks for, and counts what becomes of it.

Answers on a port of 127.0.0.1, which it prints, until its input ends. One process serves a thousand slow streams.

    POST /chat      a plan as JSON, see below
    POST /upload    {"value": the number of bytes that came}
    GET  /records   {"answering": …, "idle": …, "requests": …, "completed": …, "left": …, "unread": …}

The members of a plan, all of which may be left out:

    key      text that every chunk begins with
    kind     "stream" for an event stream of chunks, "value" for {"value": key}
    chunks   how many; -1 for a stream without end
    pause    seconds before each chunk, or before the value
    size     the bytes of a chunk, at least
    fault    what goes wrong: a status, "drop", "stall", "malformed" or "error"
    after    how many chunks come before the fault; null when it comes in place of the head

A connection that is closed while its request is answered counts as "left". "unread" counts the streams without end that
somebody took to the bound: nobody but a service that reads on for a client who has left does that.
"""

import asyncio
import json
import sys

# Of what waits in this process to be written.
BUFFER = 16_384
# Far more than the service and the kernel hold.
ENDLESS = 64 << 20


class Records:
    def __init__(self):
        self.connections = set()
        self.requests = self.completed = self.left = self.unread = 0

    def counts(self, asking):
        answering = sum(1 for connection in self.connections if connection.answering and connection is not asking)
        return {
            "answering": answering, "idle": len(self.connections) - answering - 1, "requests": self.requests,
            "completed": self.completed, "left": self.left, "unread": self.unread}


class Connection(asyncio.Protocol):
    def __init__(self, records):
        self.records = records
        self.input = bytearray()
        self.awaited = None
        self.answering = None
        self.may_write = asyncio.Event()
        self.may_write.set()

    def connection_made(self, transport):
        self.transport = transport
        transport.set_write_buffer_limits(BUFFER)
        self.records.connections.add(self)

    def connection_lost(self, _):
        self.records.connections.discard(self)
        if self.answering:
            self.records.left += 1
            self.answering.cancel()

    def pause_writing(self):
        self.may_write.clear()

    def resume_writing(self):
        self.may_write.set()

    def data_received(self, data):
        self.input += data
        if self.awaited is None:
            head, end, rest = self.input.partition(b"\r\n\r\n")
            if not end:
                return
            lines = head.decode("latin-1").split("\r\n")
            fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
            self.path = lines[0].split(" ")[1]
            self.is_chunked = "chunked" in fields.get("transfer-encoding", "")
            self.awaited = int(fields.get("content-length", 0))
            if fields.get("expect", "").lower() == "100-continue":
                self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.input = rest
        if self.is_chunked:
            if not self.input.endswith(b"0\r\n\r\n"):
                return
            body, self.input = joined(self.input), bytearray()
        else:
            if len(self.input) < self.awaited:
                return
            body, self.input = bytes(self.input[:self.awaited]), self.input[self.awaited:]
        self.awaited = None
        self.answering = asyncio.ensure_future(self.answer(body))

    async def answer(self, body):
        await self.reply_to(body)
        # Here and not in a callback of the task, which comes later: the connection may be lost in between.
        self.answering = None

    async def reply_to(self, body):
        if self.path == "/records":
            return self.reply(self.records.counts(self))
        self.records.requests += 1
        if self.path == "/upload":
            self.reply({"value": len(body)})
        else:
            await self.follow(json.loads(body))
        self.records.completed += 1

    async def follow(self, plan):
        fault, after = plan.get("fault"), plan.get("after")
        pause = plan.get("pause", 0)
        if fault is not None and after is None:
            return await self.fail(fault, plan)
        if plan.get("kind") == "value":
            await asyncio.sleep(pause)
            return self.reply({"value": plan.get("key", "")})
        self.transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        count = after if fault is not None else plan.get("chunks", 1)
        await self.chunks(plan.get("key", ""), count, pause, plan.get("size", 0))
        if fault is not None:
            return await self.fail(fault, plan)
        self.write(b"data: [DONE]\n\n")
        self.transport.write(b"0\r\n\r\n")

    async def chunks(self, key, count, pause, size):
        number = written = 0
        while number != count:
            if self.transport.is_closing():
                # The connection is lost, and the loop has not said so yet.
                await asyncio.sleep(3_600)
            if pause:
                await asyncio.sleep(pause)
            text = f"{key}:{number}"
            text += "." * (size - len(text))
            event = b'data: {"choices":[{"delta":{"content":"%s"}}]}\n\n' % text.encode()
            self.write(event)
            number += 1
            written += len(event)
            if written > ENDLESS:
                self.records.unread += 1
                return
            if not self.may_write.is_set():
                await self.may_write.wait()
            elif not pause and number % 64 == 0:
                await asyncio.sleep(0)

    async def fail(self, fault, plan):
        begun = plan.get("after") is not None
        if isinstance(fault, int):
            fields = "Retry-After: 7\r\n" if fault == 429 else ""
            return self.reply({"error": {"message": f"made up {fault}"}}, fault, fields)
        if fault == "drop":
            # What was written goes out first.
            return self.transport.close()
        if fault == "stall":
            return await asyncio.sleep(3_600)
        if fault == "malformed":
            if begun:
                self.write(b'data: {"choices":[{"delta"\n\n')
                return self.transport.write(b"0\r\n\r\n")
            self.transport.write(b"this is no answer\r\n\r\n")
            return self.transport.close()
        self.write(b'data: {"error":{"message":"made up in the stream","type":"server_error","code":"overloaded"}}\n\n')
        self.transport.write(b"0\r\n\r\n")

    def write(self, data):
        self.transport.write(b"%x\r\n%s\r\n" % (len(data), data))

    def reply(self, value, status=200, fields=""):
        body = json.dumps(value).encode()
        head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{fields}Content-Length: {len(body)}\r\n\r\n"
        self.transport.write(head.encode() + body)


def joined(data):
    """The body of a request that came in chunks."""
    body = bytearray()
    data = bytes(data)
    while True:
        size, _, data = data.partition(b"\r\n")
        length = int(size, 16)
        if length == 0:
            return body
        body += data[:length]
        data = data[length + 2:]


async def main():
    records = Records()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(records), "127.0.0.1", 0, backlog=4_096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    import limits

    limits.raise_descriptor_limit()
    asyncio.run(main())
