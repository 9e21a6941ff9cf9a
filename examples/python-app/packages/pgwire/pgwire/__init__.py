"""The least of PostgreSQL's wire protocol: simple queries over one connection, for trust authentication."""

import socket
import struct


class DatabaseError(Exception):
    pass


class Connection:
    def __init__(self, host, port, *, user, database):
        self._stream = socket.create_connection((host, port), timeout=10).makefile("rwb")
        names = f"user\0{user}\0database\0{database}\0\0".encode()
        self._stream.write(struct.pack("!ii", len(names) + 8, 196608) + names)
        self._rows()

    def query(self, statement, *values):
        """The rows of a statement, as dictionaries of text. Each %s in it stands for a value."""
        text = statement % tuple(map(_quoted, values)) if values else statement
        body = text.encode() + b"\0"
        self._stream.write(b"Q" + struct.pack("!i", len(body) + 4) + body)
        return self._rows()

    def _rows(self):
        self._stream.flush()
        columns, rows, error = [], [], None
        while True:
            kind, body = self._message()
            if kind == b"R" and body[:4] != b"\0\0\0\0":
                raise DatabaseError("the database wants a password")
            if kind == b"T":
                columns = _columns(body)
            elif kind == b"D":
                rows.append(dict(zip(columns, _values(body))))
            elif kind == b"E":
                error = next(field[1:] for field in body.decode().split("\0") if field.startswith("M"))
            if kind == b"Z":
                break
        if error:
            raise DatabaseError(error)
        return rows

    def _message(self):
        head = self._stream.read(5)
        if len(head) < 5:
            raise DatabaseError("the server ended the connection")
        return head[:1], self._stream.read(struct.unpack("!i", head[1:])[0] - 4)


def _columns(body):
    names, at = [], 2
    for _ in range(struct.unpack("!h", body[:2])[0]):
        end = body.index(b"\0", at)
        names.append(body[at:end].decode())
        at = end + 19
    return names


def _values(body):
    values, at = [], 2
    for _ in range(struct.unpack("!h", body[:2])[0]):
        (length,) = struct.unpack("!i", body[at : at + 4])
        values.append(None if length < 0 else body[at + 4 : at + 4 + length].decode())
        at += 4 + max(length, 0)
    return values


def _quoted(value):
    return "'" + str(value).replace("'", "''") + "'"
