"""Requests byte by byte, for what no client sends that means well."""

import json
import re
import socket
import urllib.parse

from checks import api, page

address = urllib.parse.urlsplit(api)
port, base = address.port, address.path
host = f"127.0.0.1:{port}"
page_port = urllib.parse.urlsplit(page).port


def send(data, at=port, timeout=20):
    """Everything that comes back until the service closes, or nothing comes for a while."""
    with socket.create_connection(("127.0.0.1", at), timeout=timeout) as connection:
        try:
            connection.sendall(data if isinstance(data, bytes) else data.encode())
        except OSError:
            pass
        received = b""
        try:
            while piece := connection.recv(65536):
                received += piece
        except TimeoutError:
            received += b"<silence>"
        except OSError:
            received += b"<reset>"
    return received


def statuses(received):
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3}) ", received)]


def head(method, path, *headers, host=host, close=True):
    lines = [f"{method} {path} HTTP/1.1"] + ([f"Host: {host}"] if host is not None else []) + list(headers)
    return "\r\n".join(lines + (["Connection: close"] if close else [])) + "\r\n\r\n"


def ask(method, path, *headers, body=None, host=host, at=port):
    """One exchange: the status, the head and the body."""
    if body is not None:
        body = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
        headers = [*headers, f"Content-Length: {len(body)}"]
        if not any(one.lower().startswith("content-type") for one in headers):
            headers.append("Content-Type: application/json")
    received = send(head(method, path, *headers, host=host).encode("latin-1") + (body or b""), at)
    top, _, rest = received.partition(b"\r\n\r\n")
    return (statuses(received) or [0])[0], top.decode("latin-1"), rest.decode("utf-8", "replace")


def run(body, *headers):
    return ask(
        "POST", base + "/workflows/runs", *headers, body=body if isinstance(body, (str, bytes)) else json.dumps(body)
    )
