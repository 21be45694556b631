"""A client that sees everything of an HTTP answer, event by event, and can leave at any moment."""

import asyncio
import json
import socket
import struct


class Event:
    __slots__ = ("id", "name", "data")

    def __init__(self, block):
        self.id = self.name = None
        data = []
        for line in block.split(b"\n"):
            field, _, value = line.partition(b": ")
            if field == b"data":
                data.append(value)
            elif field == b"id":
                self.id = int(value)
            elif field == b"event":
                self.name = value.decode()
        # Comments have nothing.
        self.data = b"\n".join(data).decode() if data else None


class Left(Exception):
    """The service has closed the connection where nobody may."""


class Exchange(asyncio.Protocol):
    """One connection. Requests follow one another on it; what is read belongs to the last."""

    @classmethod
    async def open(cls, port):
        loop = asyncio.get_running_loop()
        _, exchange = await loop.create_connection(cls, "127.0.0.1", port)
        return exchange

    def __init__(self):
        self.is_open = True
        self.has_input = True
        self.waiter = None
        self.expect()

    def expect(self):
        """Forgets the last answer."""
        self.input = b""
        self.status = None
        self.fields = {}
        self.is_complete = False
        self.body = bytearray()
        self.events = []
        self.rest = b""
        self.left = None

    # What the transport says

    def connection_made(self, transport):
        self.transport = transport

    def connection_lost(self, _):
        self.is_open = self.has_input = False
        if self.status is not None and self.left == "close":
            self.is_complete = True
        self.notify()

    def eof_received(self):
        self.has_input = False
        self.notify()

    def data_received(self, data):
        self.input = self.input + data if self.input else data
        if self.status is None and not self.read_head():
            return
        if self.left == "chunks":
            self.read_chunks()
        elif self.left == "close":
            self.take(self.input)
            self.input = b""
        else:
            part = self.input[:self.left]
            self.input = self.input[len(part):]
            self.left -= len(part)
            self.take(part)
            self.is_complete = self.left == 0
        self.notify()

    def read_head(self):
        head, end, rest = self.input.partition(b"\r\n\r\n")
        if not end:
            return False
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split(" ")[1])
        self.fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        self.input = rest
        self.is_stream = self.fields.get("content-type", "").startswith("text/event-stream")
        if "chunked" in self.fields.get("transfer-encoding", ""):
            self.left = "chunks"
        elif "content-length" in self.fields:
            self.left = int(self.fields["content-length"])
            self.is_complete = self.left == 0
        else:
            self.left = 0 if self.status in (101, 204) else "close"
            self.is_complete = self.left == 0
        return True

    def read_chunks(self):
        data, position = self.input, 0
        while True:
            end = data.find(b"\r\n", position)
            if end < 0:
                break
            length = int(data[position:end], 16)
            next_position = end + 2 + length + 2
            if len(data) < next_position:
                break
            if length == 0:
                self.is_complete = True
            else:
                self.take(data[end + 2:end + 2 + length])
            position = next_position
        self.input = data[position:]

    def take(self, data):
        if not self.is_stream:
            self.body += data
            return
        blocks = (self.rest + data).split(b"\n\n")
        self.rest = blocks.pop()
        for block in blocks:
            event = Event(block)
            if event.data is not None:
                self.events.append(event)

    def notify(self):
        if self.waiter and not self.waiter.done():
            self.waiter.set_result(None)

    # What callers do

    def send(self, method, path, body=None, fields=None):
        """Sends a request; the body is a value, or bytes."""
        self.expect()
        self.transport.write(request(method, path, body, fields))

    async def until(self, condition):
        """Waits until the condition holds or the service has closed the connection.

        Returns whether it holds.
        """
        while not condition():
            if not self.has_input:
                return False
            self.waiter = asyncio.get_running_loop().create_future()
            await self.waiter
        return True

    async def head(self):
        if not await self.until(lambda: self.status is not None):
            raise Left("before the head")
        return self.status

    async def count(self, count):
        """Waits for so many events; less when the answer ends."""
        await self.until(lambda: len(self.events) >= count or self.is_complete)

    async def end(self):
        """Waits for the end of the answer.

        Returns whether it is whole.
        """
        return await self.until(lambda: self.is_complete)

    async def call(self, method, path, body=None, fields=None):
        """Sends a request and reads its whole answer as JSON."""
        self.send(method, path, body, fields)
        if not await self.end():
            raise Left(f"in the answer to {method} {path}")
        return self.json

    @property
    def json(self):
        return json.loads(self.body) if self.body else None

    @property
    def terminals(self):
        return [event for event in self.events if event.name in ("done", "error", "cancelled")]

    # Leaving

    def close(self):
        self.transport.close()

    def reset(self):
        """Closes the connection so that the other side gets an error."""
        if not self.is_open:
            return
        self.transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def half_close(self):
        """Ends only what is sent."""
        if self.is_open and self.transport.can_write_eof():
            self.transport.write_eof()


def request(method, path, body=None, fields=None):
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    fields = dict(fields or {})
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
        fields.setdefault("Content-Type", "application/json")
    if body is not None:
        fields["Content-Length"] = len(body)
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + (body or b"")
