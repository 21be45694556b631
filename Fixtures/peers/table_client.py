"""Asks what the tables of requests say, and compares the answers.

    table_client.py API PAGE FILE…             against this program
    table_client.py API PAGE --reference FILE… against the reference, whose other answers the tables hold, too
    table_client.py API PAGE --record FILE…    writes those that the reference gives

A table is a list of cases, and a case has steps, which are asked one after the other:

    ask         method and path below the base path; `{name}` stands for what an answer before called so
    headers     of the request
    json, body  of the request; `json` brings its content type
    until       asked again until `status` of the answer is this
    status      of the answer
    answer      its JSON, the order of its members included, or
    text        its text, or
    has         what its text contains
    with        headers of the answer; null for one that must not be there
    reference   `status` and `answer` or `text` of the reference, where they differ
    because     why they do

In an answer `<name>` stands for any text, and from then on for the same one; `<*>` stands for anything. Of the
reference, the order of members is not compared, nor the `code` of errors, which it does not have.
"""

import http.client
import json
import re
import sys
import time
import urllib.parse

from checks import api, check, finish

files = [one for one in sys.argv[3:] if not one.startswith("--")]
records = "--record" in sys.argv
asks_reference = records or "--reference" in sys.argv
address = urllib.parse.urlsplit(api)


def matches(wanted, seen, names):
    if isinstance(wanted, str) and (place := re.fullmatch(r"<(.+)>", wanted)):
        if place[1] == "*":
            return True
        return isinstance(seen, str) and names.setdefault(place[1], seen) == seen
    if isinstance(wanted, dict) and isinstance(seen, dict):
        if asks_reference:
            keys = set(wanted) - ({"code"} if "detail" in wanted else set())
            return keys == set(seen) and all(matches(wanted[key], seen[key], names) for key in keys)
        return list(wanted) == list(seen) and all(matches(wanted[key], seen[key], names) for key in wanted)
    if isinstance(wanted, list) and isinstance(seen, list):
        return len(wanted) == len(seen) and all(map(lambda a, b: matches(a, b, names), wanted, seen))
    return type(wanted) is type(seen) and wanted == seen


def filled(value, names):
    """The value with the names of answers replaced by what they stand for."""
    text = json.dumps(value, ensure_ascii=False)
    for name, meaning in names.items():
        text = text.replace("{" + name + "}", json.dumps(meaning, ensure_ascii=False)[1:-1])
    return json.loads(text)


def exchange(step, names):
    step = filled({key: step[key] for key in ("ask", "headers", "json", "body") if key in step}, names)
    method, path = step["ask"].split(" ", 1)
    headers = dict(step.get("headers", {}))
    body = step.get("body")
    if "json" in step:
        body = json.dumps(step["json"])
        headers.setdefault("Content-Type", "application/json")
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    connection.request(method, address.path + path, body and body.encode(), headers)
    answer = connection.getresponse()
    try:
        text = answer.read().decode()
    except http.client.IncompleteRead as error:
        text = error.partial.decode() + "<cut>"
    connection.close()
    return answer.status, answer.headers, text


def agrees(wanted, status, text, names):
    """Whether an answer is what is wanted, and with that what its places are called."""
    names = dict(names)
    if "answer" in wanted:
        try:
            holds = matches(filled(wanted["answer"], names), json.loads(text), names)
        except ValueError:
            holds = False
    elif "has" in wanted:
        holds = filled(wanted["has"], names) in text
    else:
        holds = matches(filled(wanted["text"], names), text, names) if "text" in wanted else True
    return status == wanted["status"] and holds, names


def wait(step, names):
    for _ in range(1500):
        status, headers, text = exchange(step, names)
        if "until" not in step:
            break
        try:
            if json.loads(text).get("status") == step["until"]:
                break
        except (ValueError, AttributeError):
            pass
        time.sleep(0.02)
    return status, headers, text


def told(status, text, names):
    """An answer as a table holds it: short, and without what is another one each time."""
    for name, meaning in names.items():
        text = text.replace(meaning, f"<{name}>")
    text = re.sub(r"(\\n)*Traceback:.*", '…"}', text)
    try:
        value = json.loads(text)
        if len(text) < 400:
            return {"status": status, "answer": value}
    except ValueError:
        pass
    return {"status": status, "text": text if len(text) < 400 else "<*>"}


for file in files:
    with open(file) as stream:
        cases = json.load(stream)
    for case in cases:
        names = {}
        for number, step in enumerate(case["steps"]):
            name = case["name"] + (f", step {number + 1}" if len(case["steps"]) > 1 else "")
            status, headers, text = wait(step, names)
            wanted = step
            if asks_reference and "reference" in step and not records:
                wanted = step["reference"]
            holds, found = agrees(wanted, status, text, names)
            if records:
                step.pop("reference", None)
                if not holds:
                    step["reference"] = told(status, text, names)
                    step.setdefault("because", "")
                # The next steps need the id of the task.
                if (task := re.search(r'"task_id": ?"([^"]+)"', text)) and "task" not in found:
                    found["task"] = task[1]
            check(name, holds, status, text)
            wanted_headers = {} if asks_reference else step.get("with", {})
            for header, value in wanted_headers.items():
                seen = headers.get(header)
                same = seen is None if value is None else matches(filled(value, found), seen, found)
                check(f"{name}, {header}", same, seen)
            names = found
    if records:
        with open(file, "w") as stream:
            lines = []
            for case in cases:
                steps = ",\n    ".join(json.dumps(step, ensure_ascii=False) for step in case["steps"])
                lines.append(f'{{"name": {json.dumps(case["name"], ensure_ascii=False)}, "steps": [\n    {steps}]}}')
            stream.write("[\n  " + ",\n  ".join(lines) + "\n]\n")
finish()
