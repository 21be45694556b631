"""What the scripts beside this one have in common. Each prints a line for every check, and fails if one of them does."""

import json
import os
import sys
import time
import urllib.request

api, page = sys.argv[1:3]
failures = 0


def check(name, holds, *seen):
    """Prints whether it holds; if it does not, with what was seen instead."""
    global failures
    if holds:
        print("ok", name, flush=True)
        return
    failures += 1
    text = " ".join(repr(one) for one in seen)
    print("FAILED", name, text[:2000], flush=True)


def finish():
    sys.exit(1 if failures else 0)


def start(workflow, **members):
    """Begins a task, and gives its id."""
    body = {"workflow_id": workflow, "wait_for_completion": False, **members}
    request = urllib.request.Request(
        api + "/workflows/runs", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["task_id"]


def state(task):
    with urllib.request.urlopen(f"{api}/tasks/{task}") as answer:
        return json.load(answer)


def wait_for(task, *statuses):
    """Asks until the task has one of the statuses."""
    for _ in range(3000):
        seen = state(task)
        if seen["status"] in statuses:
            return seen
        time.sleep(0.02)
    raise TimeoutError(f"{task} is {seen}")


def prompt(**members):
    """A prompt that tells the provider what to answer."""
    return {"prompt": json.dumps(members)}
