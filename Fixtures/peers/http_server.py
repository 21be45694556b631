"""Python's own HTTP server on the listening socket that is descriptor 100. GET serves the folder that is the first
argument; POST and PUT count the bytes that come."""

import http.server
import json
import socket
import sys


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        count = 0
        for piece in self.pieces():
            count += len(piece)
        answer = json.dumps({"method": self.command, "bytes": count}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_PUT = do_POST

    def pieces(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            while size := int(self.rfile.readline(), 16):
                yield self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return
        rest = int(self.headers.get("Content-Length", 0))
        while rest:
            piece = self.rfile.read(min(rest, 65536))
            if not piece:
                return
            rest -= len(piece)
            yield piece


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, descriptor):
        super().__init__(("127.0.0.1", 0), lambda *a: Handler(*a, directory=sys.argv[1]), bind_and_activate=False)
        self.socket.close()
        self.socket = socket.socket(fileno=descriptor)


Server(100).serve_forever()
