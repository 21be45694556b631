"""The program that serves, the provider that it asks, and what both tell of themselves."""

import asyncio
import ctypes
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

from exchange import Exchange

here = pathlib.Path(__file__).resolve().parent


class Figures:
    """What the service has at a moment: of /metrics what it tells, and of the system what that sees."""

    def __init__(self, process, metrics, provider_port):
        folder = pathlib.Path(f"/proc/{process}")
        status = (folder / "status").read_text()
        self.memory = memory(status, "VmRSS")
        self.peak = memory(status, "VmHWM")
        self.threads = len(list((folder / "task").iterdir()))
        self.active = sum(
            value for name, value in metrics.items() if name.startswith("model_compose_tasks_active"))
        self.kept = metrics.get("model_compose_tasks_kept", 0)
        # Connections for later requests are kept, and are no leak.
        self.connections = connections(folder, provider_port)
        self.descriptors = int(metrics.get("process_open_fds", 0)) - self.connections


def memory(status, name):
    """In MB."""
    return int(re.search(rf"^{name}:\s+(\d+)", status, re.MULTILINE)[1]) / 1024


def connections(folder, port):
    """How many connections a process has to a port."""
    sockets = set()
    for line in (folder / "net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[2].endswith(f":{port:04X}"):
            sockets.add(f"socket:[{fields[9]}]")
    count = 0
    for file in (folder / "fd").iterdir():
        try:
            count += os.readlink(file) in sockets
        except OSError:
            # Closed meanwhile.
            pass
    return count


def die_with_parent():
    """Lets a process that is being started end when this one does, however that ends (prctl(2))."""
    PR_SET_PDEATHSIG = 1
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Program:
    """`up` with the file beside this one, and its provider. Both end with the `with`."""

    def __init__(self, path, patience="2s"):
        self.path = path
        self.patience = patience

    def __enter__(self):
        self.provider = subprocess.Popen(
            [sys.executable, here / "provider.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.provider_port = int(self.provider.stdout.readline())
        self.folder = tempfile.TemporaryDirectory()
        self.errors = open(pathlib.Path(self.folder.name) / "errors", "w+")
        self.process = subprocess.Popen(
            [self.path, "up", "-q", "-f", here / "service.yml", "--port", "0", "--web-port", "0"], cwd=self.folder.name,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.errors,
            preexec_fn=die_with_parent,
            env={**os.environ, "PROVIDER": f"http://127.0.0.1:{self.provider_port}", "PATIENCE": self.patience})
        self.port = self.announced("API")
        self.web_port = self.announced("Web UI")
        return self

    def announced(self, name):
        line = self.process.stdout.readline().decode()
        if not line.startswith(name):
            self.process.kill()
            self.errors.seek(0)
            sys.exit(f"error: the service does not start: {line}{self.errors.read()}")
        return int(re.search(r":(\d+)/", line)[1])

    def __exit__(self, kind, *_):
        self.process.terminate()
        try:
            status = self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.provider.stdin.close()
        self.provider.wait()
        self.errors.seek(0)
        self.said = self.errors.read()
        self.errors.close()
        self.folder.cleanup()
        if kind is None and status != 0:
            sys.exit(f"error: the service ended with {status}: {self.said[-2_000:]}")

    async def warm_up(self, count=50):
        """Asks for some streams at once: what the service opens once is open then."""
        async def stream():
            exchange = await Exchange.open(self.port)
            await exchange.call("POST", "/api/workflows/runs", {"input": {"plan": {"chunks": 20}}})
            exchange.close()

        await asyncio.gather(*(stream() for _ in range(count)))

    # What they tell

    async def figures(self):
        exchange = await Exchange.open(self.port)
        exchange.send("GET", "/api/metrics")
        await exchange.end()
        exchange.close()
        metrics = {}
        for line in exchange.body.decode().splitlines():
            if not line.startswith("#"):
                name, _, value = line.rpartition(" ")
                metrics[name] = float(value)
        return Figures(self.process.pid, metrics, self.provider_port)

    async def ask_provider(self, path):
        exchange = await Exchange.open(self.provider_port)
        answer = await exchange.call("GET", path)
        exchange.close()
        return answer

    async def records(self):
        return await self.ask_provider("/records")

    async def settled(self, goal=None, seconds=5):
        """The figures when nothing is under way any more and, with a goal, no more is open than then; else those at
        the end of the time."""
        deadline = time.monotonic() + seconds
        while True:
            records = await self.records()
            figures = await self.figures()
            is_quiet = figures.active == 0 and records["answering"] == 0
            if is_quiet and (goal is None or figures.descriptors <= goal.descriptors):
                return figures, records
            if time.monotonic() > deadline:
                return figures, records
            await asyncio.sleep(0.1)

    def forget_peak(self):
        """Lets the largest memory count from now on."""
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
