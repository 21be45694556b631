"""Counts words: POST /count with {"text": ...}. The port is the first argument."""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Counter(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        text = json.loads(self.rfile.read(length))["text"]
        words = text.split()
        body = json.dumps({"words": len(words), "longest": max(words, key=len, default="")}).encode()
        self.send_response(200 if self.path == "/count" else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """What the program writes is shown on the terminal: here, nothing for each request."""


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Counter).serve_forever()
