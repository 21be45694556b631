"""Many streams at the same time: each must come whole and in order."""

import asyncio
import time

from exchange import Exchange
from report import Report


async def stream(program, report, number, chunks, pause):
    key = f"s{number}"
    exchange = await Exchange.open(program.port)
    exchange.send(
        "POST", "/api/workflows/runs",
        {"workflow_id": "stream", "input": {"plan": {"key": key, "chunks": chunks, "pause": pause}}})
    is_whole = await exchange.end()
    exchange.close()
    problem = problem_of(exchange, key, chunks, is_whole)
    if problem:
        report.fault(f"stream {number}: {problem}")


def problem_of(exchange, key, chunks, is_whole):
    if not is_whole:
        return f"the connection was closed after {len(exchange.events)} events"
    if exchange.status != 200:
        return f"{exchange.status} {bytes(exchange.body[:200])}"
    if len(exchange.events) != chunks + 1:
        return f"{len(exchange.events)} events in place of {chunks + 1}"
    for number, event in enumerate(exchange.events[:-1]):
        if (event.id, event.name, event.data) != (number + 1, None, f"{key}:{number}"):
            return f"chunk {number} is {event.id} {event.name} {event.data}"
    last = exchange.events[-1]
    if (last.id, last.name, last.data) != (chunks + 1, "done", ""):
        return f"the end is {last.id} {last.name} {last.data}"
    return None


async def run(program, options):
    report = Report(f"{options.count} streams of {options.chunks} chunks at the same time")
    before, _ = await program.settled(seconds=options.settle)
    program.forget_peak()
    start = time.monotonic()
    streams = [
        asyncio.ensure_future(stream(program, report, number, options.chunks, options.pause))
        for number in range(options.count)]
    # Halfway, most of them are there; what is counted then shows that they are at the same time.
    await asyncio.sleep(options.chunks * options.pause / 2)
    during = await program.records()
    await asyncio.gather(*streams)
    elapsed = time.monotonic() - start
    after, records = await program.settled(before, options.settle)
    report.row("time", f"{elapsed:.1f} s", f"the provider takes {options.chunks * options.pause:.1f} s")
    report.row("streams under way in the middle", during["answering"])
    report.row("memory before", f"{before.memory:.0f} MB")
    report.at_most("memory at most", after.peak, options.memory, " MB")
    report.nothing_left(before, after, records)
    return report.finish()
