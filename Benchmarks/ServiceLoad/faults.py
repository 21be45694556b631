"""A provider that fails in all sorts of ways: each client hears once what has happened."""

import asyncio
import collections
import json
import random

from exchange import Exchange
from program import here
from report import Report

# What the client is told: the status of an answer that has not begun, the code, and the provider's status.
BEFORE = {
    "401": (401, 502, "provider", 401),
    "429": (429, 429, "provider", 429),
    "500": (500, 502, "provider", 500),
    "drop": ("drop", 502, "connection", None),
    "stall": ("stall", 504, "timeout", None),
    "malformed": ("malformed", 502, "protocol", None),
}
WITHIN = {
    "drop": "connection",
    "stall": "timeout",
    "malformed": "protocol",
    "error": "provider",
}
CHUNKS = 20
# Longer than anything takes on a busy machine.
PATIENCE = 120


def lines_of_streams():
    """The numbers of the lines in the file that an error may name: those of the actions and jobs that stream."""
    numbers, is_within = set(), False
    for number, line in enumerate((here / "service.yml").read_text().splitlines(), 1):
        if line.startswith("      - id:"):
            is_within = "stream" in line
        elif not line.startswith("        "):
            is_within = "action: " in line and "stream}" in line
        if is_within or "stream, output:" in line:
            numbers.add(number)
    return numbers


class Client:
    def __init__(self, report, lines):
        self.report = report
        self.lines = lines
        self.counts = collections.Counter()

    async def visit(self, exchange, number, chance):
        """One stream with a fault of the provider, or none."""
        kind = chance.choice(["none", *BEFORE, *(f"{fault} within" for fault in WITHIN)])
        self.counts[kind] += 1
        key = f"f{number}"
        fault, _, is_within = kind.partition(" ")
        plan = {"key": key, "chunks": CHUNKS, "pause": chance.choice([0, 0, 0.001, 0.02])}
        if is_within:
            plan |= {"fault": fault, "after": chance.randrange(0, CHUNKS)}
        elif kind != "none":
            plan |= {"fault": BEFORE[fault][0], "after": None}
        # The other one has no limit that a busy machine could pass.
        workflow = "impatient" if fault == "stall" else "stream"
        exchange.send("POST", "/api/workflows/runs", {"workflow_id": workflow, "input": {"plan": plan}})
        is_whole = await asyncio.wait_for(exchange.end(), PATIENCE)
        problem = self.problem(exchange, kind, fault, plan, is_whole)
        if problem:
            self.report.fault(f"stream {number}, {kind} after {plan.get('after')}: {problem}")

    def problem(self, exchange, kind, fault, plan, is_whole):
        if not is_whole:
            return f"the connection was closed after {len(exchange.events)} events"
        if kind == "none":
            return self.stream_problem(exchange, plan["key"], CHUNKS, None)
        if fault == "stall":
            return self.stall_problem(exchange, plan)
        if plan["after"] is None:
            _, status, code, provider_status = BEFORE[fault]
            return self.answer_problem(exchange, status, code, provider_status)
        if plan["after"] > 0:
            return self.stream_problem(exchange, plan["key"], plan["after"], WITHIN[fault])
        # No event has been sent, so the status can still say it.
        return self.answer_problem(exchange, 502, WITHIN[fault], None)

    def stall_problem(self, exchange, plan):
        # On a busy machine the time may be over before all that comes has come.
        if not exchange.is_stream:
            return self.answer_problem(exchange, 504, "timeout", None)
        found = len(exchange.events) - 1
        if not 0 < found <= (plan["after"] or 0):
            return f"{found} chunks in place of {plan['after']}"
        return self.stream_problem(exchange, plan["key"], found, "timeout")

    def answer_problem(self, exchange, status, code, provider_status):
        if exchange.status != status or exchange.is_stream:
            return f"{exchange.status} in place of {status}: {bytes(exchange.body[:200])}"
        if status == 429 and exchange.fields.get("retry-after") != "7":
            return f"Retry-After is {exchange.fields.get('retry-after')}"
        answer = exchange.json
        if answer.get("task_id") != exchange.fields.get("x-task-id") or not answer.get("task_id"):
            return f"the task is {answer.get('task_id')}"
        return self.words_problem(answer, answer.get("detail"), code, provider_status)

    def stream_problem(self, exchange, key, count, code):
        if exchange.status != 200 or not exchange.is_stream:
            return f"{exchange.status} in place of a stream: {bytes(exchange.body[:200])}"
        if len(exchange.terminals) != 1 or exchange.events[-1] is not exchange.terminals[0]:
            return f"the ends are {[event.name for event in exchange.terminals]}"
        chunks = exchange.events[:-1]
        if len(chunks) != count:
            return f"{len(chunks)} chunks in place of {count}"
        for number, event in enumerate(chunks):
            if (event.id, event.name, event.data) != (number + 1, None, f"{key}:{number}"):
                return f"chunk {number} is {event.id} {event.name} {event.data}"
        end = exchange.terminals[0]
        if code is None:
            return None if (end.name, end.data) == ("done", "") else f"the end is {end.name} {end.data}"
        if end.name != "error":
            return f"the end is {end.name}"
        answer = json.loads(end.data)
        return self.words_problem(answer, answer.get("message"), code, None)

    def words_problem(self, answer, text, code, provider_status):
        if answer.get("code") != code or answer.get("status") != provider_status:
            return f"it says {answer}"
        if answer.get("job") != "__job__" or answer.get("file") != "service.yml" or answer.get("line") not in self.lines:
            return f"the place is {answer}"
        if not text or "\n" in text or str(here) in text:
            return f"the text is {text!r}"
        return None


async def run(program, options):
    report = Report(f"{options.count} streams of a provider that fails")
    client = Client(report, lines_of_streams())
    chance = random.Random(options.seed)
    numbers = iter(range(options.count))
    before, _ = await program.settled(seconds=options.settle)

    async def visitor():
        # One connection for all: an error must not cost it.
        exchange = await Exchange.open(program.port)
        for number in numbers:
            try:
                await client.visit(exchange, number, chance)
            except (asyncio.TimeoutError, OSError) as error:
                report.fault(f"stream {number}: no end ({error!r})")
            if not exchange.is_open:
                report.fault(f"stream {number}: the connection is closed behind the answer")
            if not exchange.is_open or not exchange.is_complete:
                exchange.reset()
                exchange = await Exchange.open(program.port)
        exchange.close()

    await asyncio.gather(*(visitor() for _ in range(min(options.width, options.count))))
    after, records = await program.settled(before, options.settle)
    for kind, count in sorted(client.counts.items()):
        report.row(kind, count)
    report.nothing_left(before, after, records)
    return report.finish()
