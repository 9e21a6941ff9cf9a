import os
from urllib.parse import urlparse

from pgwire import Connection


def connect():
    url = urlparse(os.environ["DATABASE_URL"])
    return Connection(url.hostname, url.port or 5432, user=url.username, database=url.path.lstrip("/"))
