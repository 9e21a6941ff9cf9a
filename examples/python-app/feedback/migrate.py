"""Applies each file of migrations/ once, in the order of their names, each in a transaction."""

import sys
from pathlib import Path

from pgwire import DatabaseError

from .database import connect

FOLDER = Path(__file__).parent.parent / "migrations"


def migrate():
    database = connect()
    database.query("create table if not exists migrations (name text primary key)")
    applied = {row["name"] for row in database.query("select name from migrations")}
    for path in sorted(FOLDER.glob("*.sql")):
        if path.name in applied:
            continue
        try:
            database.query(f"begin; {path.read_text()}; insert into migrations values ('{path.name}'); commit")
        except DatabaseError as error:
            sys.exit(f"Migration {path.name} failed: {error}")
        print(f"Applied {path.name}")


if __name__ == "__main__":
    migrate()
