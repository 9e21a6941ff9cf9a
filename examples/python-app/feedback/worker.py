"""Judges messages one by one. The table is the queue: `skip locked` lets several workers share it."""

import os
import time

from .database import connect

FORBIDDEN = [word for word in os.environ.get("FORBIDDEN_WORDS", "").split(",") if word]

NEXT = """
update feedback set state = case when message ~* %s then 'rejected' else 'published' end
where id = (select id from feedback where state = 'new' order by id limit 1 for update skip locked)
returning id, state
"""


def work():
    database = connect()
    print("The worker waits for messages")
    while True:
        rows = database.query(NEXT, "|".join(FORBIDDEN) or "a^")
        for row in rows:
            print(f"Message {row['id']} is {row['state']}")
        if not rows:
            time.sleep(0.5)


if __name__ == "__main__":
    work()
