"""Clients that leave at all sorts of moments: nothing may go on for them, and nothing may be left of them."""

import asyncio
import collections
import random

from exchange import Exchange, request
from report import Report

# What the provider does, by name; the client of an endless one always leaves before the end.
PROVIDERS = {
    "quick stream": ("stream", {"chunks": 20}),
    "slow stream": ("stream", {"chunks": -1, "pause": 0.2}),
    "flood": ("stream", {"chunks": -1, "size": 500}),
    "silent stream": ("stream", {"fault": "stall", "after": 5}),
    "stream without a head": ("stream", {"fault": "stall", "after": None}),
    "quick value": ("value", {"kind": "value"}),
    "slow value": ("value", {"kind": "value", "pause": 60}),
    "silent value": ("value", {"kind": "value", "fault": "stall", "after": None}),
}
ENDING = ("quick stream", "quick value")
SPEAKING = ("quick stream", "slow stream", "flood", "silent stream")
MOMENTS = (
    "before the head", "within the head", "within the body", "when it is sent", "soon after", "in the middle", "stuck",
    "after the end")
WAYS = ("close", "reset", "half")
# Longer than anything takes on a busy machine.
PATIENCE = 60


async def visit(program, report, counts, chance):
    """One request, and its end."""
    moment = chance.choice(MOMENTS)
    if moment == "after the end":
        name = chance.choice(ENDING)
    elif moment in ("in the middle", "stuck"):
        name = chance.choice(SPEAKING)
    else:
        name = chance.choice(list(PROVIDERS))
    way = chance.choice(WAYS)
    what = f"{name}, {moment}, {way}"
    counts[moment] += 1
    counts[way] += 1
    exchange = await Exchange.open(program.port)
    try:
        await asyncio.wait_for(come_and_go(exchange, report, name, moment, way, chance), PATIENCE)
    except asyncio.TimeoutError:
        report.fault(f"{what}: the service keeps the connection ({exchange.status}, {len(exchange.events)} events)")
    except OSError as error:
        report.fault(f"{what}: {error}")
    finally:
        exchange.reset()


async def come_and_go(exchange, report, name, moment, way, chance):
    workflow, plan = PROVIDERS[name]
    data = request("POST", "/api/workflows/runs", {"workflow_id": workflow, "input": {"plan": {**plan, "key": "d"}}})
    if moment == "before the head":
        pass
    elif moment == "within the head":
        exchange.transport.write(data[:chance.randrange(1, data.index(b"\r\n\r\n"))])
    elif moment == "within the body":
        exchange.transport.write(data[:chance.randrange(data.index(b"\r\n\r\n") + 4, len(data))])
    else:
        exchange.transport.write(data)
    if moment == "soon after":
        await asyncio.sleep(chance.random() * 0.1)
    elif moment == "in the middle":
        wanted = chance.randrange(1, 5)
        await exchange.count(wanted)
        if exchange.status != 200 or len(exchange.events) < wanted:
            report.fault(f"{name}: {exchange.status} and {len(exchange.events)} events in place of {wanted}")
        check(exchange, report, name)
    elif moment == "stuck":
        # Takes nothing for a while, so that the service cannot write.
        await exchange.count(1)
        exchange.transport.pause_reading()
        await asyncio.sleep(0.1 + chance.random() * 0.3)
    elif moment == "after the end":
        if not await exchange.end():
            report.fault(f"{name}: the answer has no end")
        elif exchange.status != 200 or exchange.is_stream and len(exchange.events) != 21:
            report.fault(f"{name}: {exchange.status}, {len(exchange.events)} events")
        check(exchange, report, name)
    if way == "close":
        return exchange.close()
    if way == "reset":
        return exchange.reset()
    exchange.half_close()
    if moment == "stuck":
        exchange.transport.resume_reading()
    # The service has to close it in turn.
    await exchange.until(lambda: False)


def check(exchange, report, name):
    for number, event in enumerate(exchange.events):
        if event.name is None and (event.id != number + 1 or not event.data.startswith(f"d:{number}")):
            report.fault(f"{name}: chunk {number} is {event.id} {event.data[:40]}")


async def visits(program, report, count, width, chance):
    counts = collections.Counter()
    numbers = iter(range(count))

    async def visitor():
        for _ in numbers:
            await visit(program, report, counts, chance)

    await asyncio.gather(*(visitor() for _ in range(min(width, count))))
    return counts


async def run(program, options):
    report = Report(f"{options.count} requests whose clients leave")
    chance = random.Random(options.seed)
    # Fills what is kept of tasks that have ended, and the pools: what grows from here on would grow for ever.
    await visits(program, report, options.count, options.width, chance)
    before, records_before = await program.settled(seconds=options.settle)
    counts = await visits(program, report, options.count, options.width, chance)
    after, records = await program.settled(before, options.settle)
    for name in (*MOMENTS, *WAYS):
        report.row(f"left {name}" if name in MOMENTS else f"by {name}", counts[name])
    requests, completed, left = (
        records[name] - records_before[name] for name in ("requests", "completed", "left"))
    report.row("requests to the provider", requests)
    report.row("answered in full", completed)
    report.row("closed before their end", left)
    report.exactly("read to their end for nobody", records["unread"], 0)
    report.exactly("unaccounted for", requests - completed - left, 0)
    report.nothing_left(before, after, records)
    report.row("memory before", f"{before.memory:.0f} MB")
    report.at_most("memory after", after.memory, before.memory * (1 + options.growth / 100), " MB")
    return report.finish()
