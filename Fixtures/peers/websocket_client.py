"""Talks to a service as its users would, with a library that knows nothing of it.

Usage: websocket_client.py ADDRESS SCENARIO…; prints the name of each scenario that went as it should.
"""

import asyncio
import json
import struct
import sys

import websockets

ADDRESS = sys.argv[1]


def connect(query="", **options):
    return websockets.connect(ADDRESS + query, max_size=None, compression=None, **options)


async def send(connection, kind, message_id=None, **data):
    await connection.send(json.dumps({"type": kind, "id": message_id, "data": data}))


async def receive(connection, kind, **wanted):
    """The data of the next message of that kind whose members are as wanted; others are skipped."""
    while True:
        message = await connection.recv()
        if isinstance(message, bytes):
            if kind == "bytes":
                return message
            continue
        message = json.loads(message)
        assert message["timestamp"].endswith("Z"), message
        data = message["data"]
        if message["type"] == kind and all(data.get(name) == value for name, value in wanted.items()):
            return data
        assert message["type"] != "error", message


async def start(connection, workflow, **data):
    await send(connection, "run_workflow", "start", workflow_id=workflow, **data)
    return (await receive(connection, "workflow_started"))["task_id"]


async def run():
    async with connect() as connection:
        task = await start(connection, "echo", input={"text": "hä?"})
        started = await receive(connection, "task_event", event="started")
        assert started["task_id"] == task, started
        job = await receive(connection, "job_event", event="completed")
        assert job["job_id"] == "j" and job["job_type"] == "component" and job["elapsed"] >= 0, job
        state = await receive(connection, "task_state", status="completed")
        assert state["output"] == {"text": "hä?"}, state
        event = await receive(connection, "task_event")
        assert event["event"] == "completed" and event["output"] == {"text": "hä?"}, event


async def stream():
    async with connect() as connection:
        task = await start(connection, "stream")
        state = await receive(connection, "task_state", status="streaming")
        variable = state["output"]["__variable__"]
        assert variable["type"] == "stream" and variable["kind"] == "text", variable
        await send(connection, "stream_pull", id=None)
        error = json.loads(await connection.recv())
        while error["type"] != "error":
            error = json.loads(await connection.recv())
        assert error["data"]["code"] == "INVALID_REQUEST", error
        texts = []
        while True:
            await send(connection, "stream_pull", id=variable["id"])
            message = json.loads(await connection.recv())
            while message["type"] not in ("stream_chunk", "stream_end"):
                message = json.loads(await connection.recv())
            if message["type"] == "stream_end":
                break
            assert message["data"]["seq"] == len(texts), message
            texts.append(message["data"]["value"])
        assert texts == ["one", "two", "three"], texts
        await send(connection, "get_task", task_id=task)
        await receive(connection, "task_state", status="completed")


async def bytes_():
    async with connect() as connection:
        task = await start(connection, "bytes")
        state = await receive(connection, "task_state", status="completed")
        variable = state["output"]["__variable__"]
        assert variable["kind"] == "bytes" and variable["size"] == 100_000, variable
        content = b""
        for number in range(2):
            await send(connection, "stream_pull", id=variable["id"])
            frame = await receive(connection, "bytes")
            (length,) = struct.unpack_from(">H", frame)
            assert frame[2 : 2 + length].decode() == variable["id"] == task
            assert struct.unpack_from(">I", frame, 2 + length) == (number,)
            content += frame[2 + length + 4 :]
        assert content == b"x" * 100_000


async def ping():
    async with connect() as connection:
        await (await connection.ping())
        await send(connection, "ping", "p1")
        message = json.loads(await connection.recv())
        assert message["type"] == "pong" and message["id"] == "p1" and message["data"] == {}, message


async def cancel():
    async with connect() as connection:
        task = await start(connection, "endless")
        await receive(connection, "task_state", status="processing")
        await send(connection, "cancel_task", "c", task_id=task)
        answer = await receive(connection, "task_cancelled")
        assert answer["status"] in ("cancelling", "cancelled"), answer
        await receive(connection, "task_event", event="cancelled")


async def too_large():
    async with connect() as connection:
        try:
            await connection.send("x" * (3 << 20))
            await connection.recv()
        except websockets.ConnectionClosed as closed:
            assert closed.rcvd is not None and closed.rcvd.code == 1009, closed
        else:
            raise AssertionError("the connection was not closed")


async def fragments():
    async with connect() as connection:
        await connection.send(['{"type": "pi', 'ng", "id": "', 'ü"}'])
        message = json.loads(await connection.recv())
        assert message["type"] == "pong" and message["id"] == "ü", message


async def reconnect():
    async with connect("?session=abc") as connection:
        task = await start(connection, "echo", input={"n": 1})
        await receive(connection, "task_event", event="completed")
    async with connect("?session=abc") as connection:
        again = await receive(connection, "task_subscribed", task_id=task)
        assert again["state"]["status"] == "completed" and again["state"]["output"] == {"n": 1}, again
        await send(connection, "subscribe_task", task_id=task, after=0)
        await receive(connection, "task_event", event="started")
        await receive(connection, "task_event", event="completed")
        async with connect("?session=abc") as other:
            try:
                await other.recv()
            except websockets.ConnectionClosed as closed:
                assert closed.rcvd.code == 4409, closed


async def upload():
    async with connect() as connection:
        variable = {"type": "stream", "id": "up", "kind": "bytes", "content_type": "text/plain"}
        await send(connection, "run_workflow", "u", workflow_id="read", input={"file": {"__variable__": variable}})
        for chunk in (b"ab", b"cd", None):
            await receive(connection, "stream_pull", id="up")
            if chunk is None:
                await send(connection, "stream_end", id="up")
            else:
                await connection.send(struct.pack(">H", 2) + b"up" + struct.pack(">I", 0) + chunk)
        state = await receive(connection, "task_state", status="completed")
        assert state["output"] == "abcd", state


async def main():
    for name in sys.argv[2:]:
        await asyncio.wait_for(globals()[{"bytes": "bytes_"}.get(name, name)](), 60)
        print(name, flush=True)


asyncio.run(main())
