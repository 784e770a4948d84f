"""An independent TDS server over the tables of an AWDB file: pysqlbridge reads our T-SQL with a parser of its own.

    peer.py FILE HOST PORT CERTIFICATE KEY USER [--without VIEW]

Serves the views of FILE (written by `server::awdb::create`) on a port of HOST that it prints (PORT may be 0), to the account USER
whose password is the first line of its input. Ends when its input ends.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import threading
from datetime import datetime

from pysqlbridge.catalog import Catalog
from pysqlbridge.certificate import load
from pysqlbridge.logins import Login, LoginStore
from pysqlbridge.server import BridgeServer
from pysqlbridge.source import Table
from pysqlbridge.tds.result import Column, ColumnType, DateTime, Integer, NVarChar

# The longest text of an AWDB is varchar(255).
TEXT = NVarChar(255)


def column_type(declared: str) -> ColumnType:
    """The type on the wire of a column that SQLite declares so. There is no varchar here."""
    match declared.lower().split("(")[0]:
        case "integer" | "int" | "smallint":
            return Integer(4)
        case "datetime":
            return DateTime()
        case _:
            return TEXT


def value_of(value: object, kind: ColumnType) -> object:
    if isinstance(kind, DateTime) and isinstance(value, str):
        return datetime.fromisoformat(value)
    return value


def table(awdb: sqlite3.Connection, view: str) -> Table:
    # The name comes from the file's own list of views.
    declared = awdb.execute(f'PRAGMA table_info("{view}")').fetchall()
    columns = [Column(name, column_type(kind)) for _, name, kind, *_ in declared]
    rows = [
        [value_of(value, column.type) for value, column in zip(row, columns)]
        for row in awdb.execute(f'SELECT * FROM "{view}"')
    ]
    return Table(view, columns, rows)


def catalog(file: str, without: list[str]) -> Catalog:
    awdb = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    views = [name for (name,) in awdb.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
    served = Catalog()
    for view in views:
        if view not in without:
            served.add(table(awdb, view))
    awdb.close()
    return served


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    for name in ("certificate", "key", "user"):
        parser.add_argument(name)
    parser.add_argument("--without", action="append", default=[])
    asked = parser.parse_args()
    password = sys.stdin.readline().rstrip("\n")
    server = BridgeServer(
        asked.host,
        asked.port,
        load(asked.certificate, asked.key),
        catalog(asked.file, asked.without).answer,
        "ucce_awdb",
        LoginStore([Login(asked.user, password, hashed=False)]),
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
