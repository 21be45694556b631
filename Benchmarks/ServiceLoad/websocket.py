"""A WebSocket client (RFC 6455) for the messages of the service."""

import base64
import json
import os
import struct

from exchange import Exchange, Left

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class WebSocket:
    @classmethod
    async def open(cls, port, query=""):
        exchange = await Exchange.open(port)
        exchange.send("GET", "/api/ws" + query, fields={
            "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": 13,
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode()})
        status = await exchange.head()
        if status != 101:
            await exchange.end()
            raise Left(f"{status} in place of a WebSocket: {bytes(exchange.body[:200])}")
        # From here on everything that comes is frames.
        exchange.left = "close"
        exchange.is_complete = False
        exchange.body += exchange.input
        exchange.input = b""
        return cls(exchange)

    def __init__(self, exchange):
        self.exchange = exchange
        self.closed = False

    def send(self, kind, data, id=None):
        self.send_frame(TEXT, json.dumps({"type": kind, "id": id, "data": data}).encode())

    def send_frame(self, kind, payload):
        mask = os.urandom(4)
        length = len(payload)
        head = struct.pack("!BB", 0x80 | kind, 0x80 | length) if length < 126 else \
            struct.pack("!BBH", 0x80 | kind, 0x80 | 126, length)
        self.exchange.transport.write(
            head + mask + bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload)))

    async def receive(self):
        """The next message."""
        while True:
            kind, payload = await self.frame()
            if kind == TEXT:
                return json.loads(payload)
            if kind == PING:
                self.send_frame(PONG, payload)
            elif kind == CLOSE:
                self.closed = True
                raise Left(f"with code {int.from_bytes(payload[:2], 'big')}")

    async def wait_for(self, *kinds):
        """The next message of one of these types; those before it are passed over, but for errors."""
        while True:
            message = await self.receive()
            if message["type"] in kinds:
                return message["data"]
            if message["type"] == "error":
                raise Left(f"with {message['data']}")

    async def frame(self):
        body = self.exchange.body
        await self.need(2)
        length, begin = body[1] & 0x7F, 2
        if length == 126:
            await self.need(4)
            length, begin = int.from_bytes(body[2:4], "big"), 4
        elif length == 127:
            await self.need(10)
            length, begin = int.from_bytes(body[2:10], "big"), 10
        await self.need(begin + length)
        kind, payload = body[0] & 0x0F, bytes(body[begin:begin + length])
        del body[:begin + length]
        return kind, payload

    async def need(self, count):
        if not await self.exchange.until(lambda: len(self.exchange.body) >= count):
            raise Left("without a word")

    async def close(self):
        """Says that it leaves, and waits until the service has closed the connection."""
        self.send_frame(CLOSE, struct.pack("!H", 1_000))
        try:
            while True:
                await self.receive()
        except Left:
            pass
        self.exchange.close()
