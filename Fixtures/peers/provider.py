"""A provider of chat completions on the listening socket that is descriptor 100, or on --port.

The prompt says what it answers. A prompt that is a JSON object has

    pieces   the pieces of the answer
    pause    seconds before each piece
    status   that status with an error instead
    error    what the error says; in a stream, behind the pieces
    drop     true: the connection is cut behind the pieces

Any other prompt comes back behind "echo: ". `${key}` in `error` is the key of the request.
"""

import argparse
import http.server
import json
import socket
import threading
import time

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int)
options = parser.parse_args()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        prompt = body["messages"][-1]["content"]
        wanted = {}
        try:
            wanted = json.loads(prompt)
        except (ValueError, TypeError):
            pass
        if not isinstance(wanted, dict):
            wanted = {}
        pieces = wanted.get("pieces", [f"echo: {prompt}"])
        key = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        error = (wanted.get("error") or "The provider fails on purpose.").replace("${key}", key)
        if "status" in wanted:
            self.answer(wanted["status"], {"error": {"message": error}}, wanted.get("retry_after"))
        elif body.get("stream"):
            self.stream(wanted, pieces, error)
        else:
            time.sleep(wanted.get("pause", 0))
            self.answer(200, {"choices": [{"message": {"role": "assistant", "content": "".join(pieces)}}]})

    def answer(self, status, value, retry_after=None):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if retry_after is not None:
            self.send_header("Retry-After", str(retry_after))
        self.end_headers()
        self.wfile.write(body)

    def stream(self, wanted, pieces, error):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            for piece in pieces:
                time.sleep(wanted.get("pause", 0))
                self.event(json.dumps({"choices": [{"delta": {"content": piece}}]}))
            if "error" in wanted:
                self.event(json.dumps({"error": {"message": error}}))
            elif not wanted.get("drop"):
                self.event("[DONE]")
            if wanted.get("drop"):
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
            else:
                self.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.close_connection = True

    def event(self, data):
        chunk = f"data: {data}\n\n".encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        self.wfile.flush()


if options.port is None:
    listener = socket.socket(fileno=100)
else:
    listener = socket.create_server(("127.0.0.1", options.port), backlog=512)
server = http.server.ThreadingHTTPServer(listener.getsockname(), Handler, bind_and_activate=False)
server.socket.close()
server.socket = listener
threading.current_thread().name = "provider"
server.serve_forever()
