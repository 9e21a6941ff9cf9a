"""GET /feedback lists what people have written; POST /feedback takes a message, which the worker then judges."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .database import connect


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/health":
            return self.answer(200, {"healthy": True})
        if self.path != "/feedback":
            return self.answer(404, {"error": "not found"})
        self.answer(200, connect().query("select id, message, state from feedback order by id"))

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        rows = connect().query("insert into feedback (message) values (%s) returning id, message, state", body["message"])
        self.answer(201, rows[0])

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode() + b"\n")


if __name__ == "__main__":
    print("The web server listens on port 8000")
    ThreadingHTTPServer(("", 8000), Handler).serve_forever()
