"""Everything that clients do, at once and for long: the memory must stay what it is."""

import asyncio
import collections
import random
import statistics
import time

import disconnects
import faults
from exchange import Exchange
from report import Report
from websocket import WebSocket

# Longer than anything takes on a busy machine.
PATIENCE = 120
RUNS = "/api/workflows/runs"
# The page of the service, and what it asks for.
PAGES = ("/", "/api/workflows?include_schema=true", "/api/health", "/api/tasks?limit=20", "/api/openapi.json")


class Wrong(Exception):
    """An answer that may not be."""


def expect(condition, *what):
    if not condition:
        raise Wrong(" ".join(str(part) for part in what))


class Clients:
    """What clients do. Each action uses a connection of its own, and does all that belongs together."""

    def __init__(self, program, report, chance):
        self.program = program
        self.report = report
        self.chance = chance
        self.counts = collections.Counter()
        self.visits = collections.Counter()
        self.faults = faults.Client(report, faults.lines_of_streams())
        self.number = 0
        self.actions = {
            self.stream: 4, self.value: 4, self.poll: 2, self.follow: 2, self.resume_stream: 2, self.cancel: 2,
            self.watch: 1, self.approve: 2, self.upload: 1, self.web_socket: 2, self.web_socket_that_leaves: 1,
            self.page: 2, self.disconnect: 4, self.fault: 2}

    async def act(self):
        action = self.chance.choices(list(self.actions), list(self.actions.values()))[0]
        name = action.__name__.replace("_", " ")
        self.counts[name] += 1
        self.number += 1
        exchange = await Exchange.open(self.program.port)
        try:
            await asyncio.wait_for(action(exchange, f"{self.number}"), PATIENCE)
        except asyncio.TimeoutError:
            self.report.fault(f"{name}: no end")
        except (Wrong, OSError, Exception) as error:  # noqa: B014
            self.report.fault(f"{name}: {error!r}")
        finally:
            exchange.reset()

    def plan(self, key, **members):
        return {"plan": {"key": key, "chunks": 20, "pause": self.chance.choice([0, 0, 0.005, 0.02]), **members}}

    async def begin(self, exchange, workflow, given):
        """Begins a task that nobody waits for; gives its id."""
        state = await exchange.call(
            "POST", RUNS, {"workflow_id": workflow, "input": given, "wait_for_completion": False})
        expect(exchange.status == 200 and state["status"] == "pending", exchange.status, state)
        return state["task_id"]

    async def state_at_end(self, exchange, task):
        while True:
            state = await exchange.call("GET", f"/api/tasks/{task}")
            expect(exchange.status == 200, exchange.status, state)
            if state["status"] in ("completed", "failed", "cancelled"):
                return state
            await asyncio.sleep(0.02)

    # What a client waits for

    async def stream(self, exchange, key):
        exchange.send("POST", RUNS, {"workflow_id": "stream", "input": self.plan(key)})
        await exchange.end()
        self.check(exchange, key)

    def check(self, exchange, key, after=0):
        expect(exchange.is_complete and exchange.status == 200, exchange.status, bytes(exchange.body[:200]))
        wanted = [(number + 1, None, f"{key}:{number}") for number in range(after, 20)] + [(21, "done", "")]
        found = [(event.id, event.name, event.data) for event in exchange.events]
        expect(found == wanted, "the events are", found)

    async def value(self, exchange, key):
        state = await exchange.call("POST", RUNS, {"workflow_id": "value", "input": self.plan(key, kind="value")})
        expect(exchange.status == 200 and state.get("output") == key, exchange.status, state)

    async def upload(self, exchange, key):
        size = self.chance.choice([10, 10_000, 1_000_000])
        body = (
            b'--edge\r\nContent-Disposition: form-data; name="workflow_id"\r\n\r\nupload\r\n'
            b'--edge\r\nContent-Disposition: form-data; name="input[file]"; filename="a.bin"\r\n'
            b"Content-Type: application/octet-stream\r\n\r\n" + b"x" * size + b"\r\n--edge--\r\n")
        state = await exchange.call("POST", RUNS, body, {"Content-Type": "multipart/form-data; boundary=edge"})
        expect(exchange.status == 200 and state.get("output") == size, exchange.status, state)

    async def page(self, exchange, _):
        page = await Exchange.open(self.program.web_port)
        try:
            for path in PAGES:
                page.send("GET", path)
                expect(await page.end() and page.status == 200 and page.body, path, page.status)
        finally:
            page.reset()

    # Tasks

    async def poll(self, exchange, key):
        task = await self.begin(exchange, "value", self.plan(key, kind="value"))
        state = await self.state_at_end(exchange, task)
        expect(state["status"] == "completed" and state["output"] == key, state)

    async def follow(self, exchange, key):
        task = await self.begin(exchange, "stream", self.plan(key))
        exchange.send("GET", f"/api/tasks/{task}/stream")
        await exchange.end()
        self.check(exchange, key)

    async def resume_stream(self, exchange, key):
        task = await self.begin(exchange, "stream", self.plan(key))
        seen = self.chance.randrange(0, 20)
        first = await Exchange.open(self.program.port)
        try:
            first.send("GET", f"/api/tasks/{task}/stream")
            await first.count(seen)
        finally:
            first.reset()
        exchange.send("GET", f"/api/tasks/{task}/stream", fields={"Last-Event-ID": seen})
        await exchange.end()
        self.check(exchange, key, after=seen)

    async def cancel(self, exchange, key):
        task = await self.begin(exchange, "stream", self.plan(key, chunks=-1, pause=0.01))
        follower = await Exchange.open(self.program.port)
        try:
            follower.send("GET", f"/api/tasks/{task}/stream")
            await follower.count(self.chance.randrange(0, 3))
            state = await exchange.call(*self.chance.choice(
                [("POST", f"/api/tasks/{task}/cancel"), ("DELETE", f"/api/tasks/{task}")]))
            expect(exchange.status == 200 and state["status"] == "cancelled", exchange.status, state)
            expect(await follower.end(), "the stream of a cancelled task has no end")
            expect([event.name for event in follower.terminals] == ["cancelled"], follower.terminals)
        finally:
            follower.reset()

    async def watch(self, exchange, key):
        task = await self.begin(exchange, "value", self.plan(key, kind="value"))
        exchange.send("GET", f"/api/tasks/{task}/events")
        expect(await exchange.end(), "the events have no end")
        expect(exchange.events[-1].name == "end", exchange.events[-1].name)
        expect([event.id for event in exchange.events] == list(range(1, len(exchange.events) + 1)), "ids")

    async def approve(self, exchange, key):
        state = await exchange.call("POST", RUNS, {"workflow_id": "approval", "input": self.plan(key, kind="value")})
        expect(state["status"] == "interrupted", exchange.status, state)
        task, point = state["task_id"], state["interrupt"][0]["id"]
        await exchange.call("POST", f"/api/tasks/{task}/resume", {"answer": {point: None}})
        expect(exchange.status == 200, exchange.status, exchange.body)
        state = await self.state_at_end(exchange, task)
        expect(state["status"] == "completed" and state["output"] == key, state)

    # Connections that stay

    async def web_socket(self, _, key):
        client = await WebSocket.open(self.program.port)
        try:
            client.send("run_workflow", {"workflow_id": "stream", "input": self.plan(key)})
            task = (await client.wait_for("workflow_started"))["task_id"]
            while (await client.wait_for("task_state"))["status"] not in ("streaming", "completed"):
                pass
            for number in range(20):
                client.send("stream_pull", {"id": task})
                chunk = await client.wait_for("stream_chunk")
                expect((chunk["seq"], chunk["value"]) == (number, f"{key}:{number}"), chunk)
            client.send("stream_pull", {"id": task})
            await client.wait_for("stream_end")
            client.send("ping", {})
            await client.wait_for("pong")
            await client.close()
        finally:
            client.exchange.reset()

    async def web_socket_that_leaves(self, _, key):
        client = await WebSocket.open(self.program.port)
        try:
            client.send(
                "run_workflow",
                {"workflow_id": "stream", "input": self.plan(key, chunks=-1, pause=0.01), "cancel_on_close": True})
            task = (await client.wait_for("workflow_started"))["task_id"]
            if self.chance.random() < 0.5:
                while (await client.wait_for("task_state"))["status"] != "streaming":
                    pass
                client.send("stream_pull", {"id": task})
                await client.wait_for("stream_chunk")
        finally:
            client.exchange.reset()

    # Clients and providers that are worse

    async def disconnect(self, exchange, _):
        await disconnects.visit(self.program, self.report, self.visits, self.chance)

    async def fault(self, exchange, key):
        await self.faults.visit(exchange, key, self.chance)


async def sample(program, samples):
    """Takes the memory every second."""
    start = time.monotonic()
    while True:
        samples.append((time.monotonic() - start, (await program.figures()).memory))
        await asyncio.sleep(1)


async def run(program, options):
    report = Report(f"a soak of {options.seconds:.0f} s")
    clients = Clients(program, report, random.Random(options.seed))
    before, _ = await program.settled(seconds=options.settle)
    deadline = time.monotonic() + options.seconds
    samples = []
    sampler = asyncio.ensure_future(sample(program, samples))

    async def client():
        while time.monotonic() < deadline:
            await clients.act()

    await asyncio.gather(*(client() for _ in range(options.width)))
    sampler.cancel()
    after, records = await program.settled(before, options.settle)
    for name, count in sorted(clients.counts.items()):
        report.row(name, count)
    report.row("requests to the provider", records["requests"])
    report.exactly("read to their end for nobody", records["unread"], 0)
    report.nothing_left(before, after, records)
    judge(report, samples, options)
    return report.finish()


def judge(report, samples, options):
    """Compares the memory after the first tenth with that of the last; a short soak has no time to settle."""
    tenths = [[] for _ in range(10)]
    for moment, memory in samples:
        tenths[min(9, int(moment / options.seconds * 10))].append(memory)
    levels = [statistics.median(tenth) for tenth in tenths if tenth]
    report.row("memory by tenths", " ".join(f"{level:.0f}" for level in levels) + " MB")
    if options.seconds >= 120 and len(levels) == 10:
        report.at_most("memory at the end", levels[-1], levels[1] * (1 + options.growth / 100), " MB")
