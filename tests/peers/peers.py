"""Stock TDS clients at the AWDB hosts of a lab: FreeTDS' tsql, and python-tds. One line for each.

    peers.py HOLDFAST

Each reads the people of the lab from both hosts over TLS, holding the certificates against the lab's authority, and is
told apart from whoever may not: 18456 for a wrong password, 4060 for another database, 229 for what writes, 207 and 208
for what is not there.
"""

from __future__ import annotations

import datetime
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytds

NET = "127.76.1"
HOSTS = (f"{NET}.31", f"{NET}.32")
DATABASE = "lab_awdb"

# Far longer than anything here takes; only a hang reaches it.
GUARD_SECONDS = 20

PEOPLE = (
    "SELECT a.PeripheralNumber, p.LoginName, p.FirstName, p.LastName, a.SupervisorAgent "
    "FROM dbo.Agent a WITH (NOLOCK) JOIN dbo.Person p WITH (NOLOCK) ON p.PersonID = a.PersonID "
    "WHERE a.Deleted = 'N'"
)
REFUSED = {
    229: "UPDATE dbo.Person SET Password = NULL",
    208: "SELECT * FROM dbo.Shoe",
    207: "SELECT Shoe FROM dbo.Person",
}

Row = tuple[str, ...]


@dataclass
class Lab:
    """A lab that runs, and what its control says of its people."""

    process: subprocess.Popen[str]
    folder: Path

    @classmethod
    def start(cls, holdfast: str, folder: Path) -> Lab:
        command = [holdfast, "lab", "--net", NET, "--agents", "6", "--dir", str(folder)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        for line in process.stdout:
            if "Ctrl-C" in line:
                return cls(process, folder)
        raise SystemExit("the lab did not start")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(GUARD_SECONDS)

    def people(self) -> list[Row]:
        with urllib.request.urlopen(f"http://{NET}.10:8080/api/state", timeout=GUARD_SECONDS) as answer:
            agents = json.load(answer)["people"]["agents"]
        return sorted(
            (a["id"], a["login_name"], a["first_name"], a["last_name"], "Y" if a["supervisor"] else "N") for a in agents
        )

    def login(self) -> dict[str, str]:
        """The login as people find it. Python has a reader of TOML only since 3.11."""
        text = (self.folder / "awdb-login.toml").read_text()
        return dict(re.findall(r'^(\w+) = "(.*)"$', text, re.MULTILINE))


class Tsql:
    """FreeTDS."""

    def __init__(self, lab: Lab) -> None:
        self.login = lab.login()
        self.conf = lab.folder / "freetds.conf"
        hosts = "".join(
            f"[{host}]\nhost = {host}\nport = 1433\ntds version = 7.4\nencryption = require\nclient charset = UTF-8\n"
            f"ca file = {self.login['ca']}\ncheck certificate hostname = yes\n"
            for host in HOSTS
        )
        self.conf.write_text(hosts)

    @property
    def name(self) -> str:
        about = subprocess.run(["tsql", "-C"], capture_output=True, text=True, check=True).stdout
        found = re.search(r"Version: *freetds (\S+)", about)
        return f"FreeTDS tsql {found[1] if found else ''}"

    def run(self, host: str, sql: str, password: str | None = None, database: str = DATABASE) -> tuple[str, set[int]]:
        words = ["tsql", "-S", host, "-U", self.login["username"], "-P", password or self.login["password"]]
        done = subprocess.run(
            [*words, "-D", database, "-o", "fhq"],
            input=f"{sql}\ngo\nquit\n",
            capture_output=True,
            text=True,
            timeout=GUARD_SECONDS,
            env={**os.environ, "FREETDSCONF": str(self.conf), "LC_ALL": "C.UTF-8"},
        )
        return done.stdout, {int(number) for number in re.findall(r"^Msg (\d+)", done.stderr, re.MULTILINE)}

    def people(self, host: str) -> list[Row]:
        rows, errors = self.run(host, PEOPLE)
        expect(errors, set())
        return sorted(tuple(line.split("\t")) for line in rows.splitlines() if "\t" in line)

    def now(self, host: str) -> None:
        rows, _ = self.run(host, "SELECT NowTime FROM dbo.Controller_Time")
        expect(bool(re.search(r"^\w{3} +\d+ \d{4} ", rows, re.MULTILINE)), True)

    def error(self, host: str, sql: str) -> int:
        return min(self.run(host, sql)[1])

    def wrong_password(self, host: str) -> int:
        return min(self.run(host, "SELECT 1", password="guessed")[1])

    def wrong_database(self, host: str) -> int:
        return min(self.run(host, "SELECT 1", database="master")[1])


class PythonTds:
    """python-tds, which binds parameters with sp_executesql and opens transactions."""

    name = f"python-tds {version('python-tds')}"

    def __init__(self, lab: Lab) -> None:
        self.login = lab.login()

    def connect(self, host: str, password: str | None = None, database: str = DATABASE) -> pytds.Connection:
        return pytds.connect(
            dsn=host,
            port=1433,
            database=database,
            user=self.login["username"],
            password=password or self.login["password"],
            cafile=self.login["ca"],
            login_timeout=GUARD_SECONDS,
            timeout=GUARD_SECONDS,
        )

    def people(self, host: str) -> list[Row]:
        with self.connect(host) as connection, connection.cursor() as cursor:
            cursor.execute(f"{PEOPLE} AND a.PeripheralID = %s AND p.LoginEnabled = %s", (5000, "Y"))
            rows = sorted(cursor.fetchall())
            connection.commit()
        return rows

    def now(self, host: str) -> None:
        with self.connect(host) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT NowTime FROM dbo.Controller_Time")
            expect(type(cursor.fetchone()[0]), datetime.datetime)

    def error(self, host: str, sql: str) -> int:
        with self.connect(host) as connection, connection.cursor() as cursor:
            return number_of(lambda: cursor.execute(sql))

    def wrong_password(self, host: str) -> int:
        return number_of(lambda: self.connect(host, password="guessed"))

    def wrong_database(self, host: str) -> int:
        # It tells of several errors by the number of the last one, and by the words of all of them.
        try:
            self.connect(host, database="master").close()
        except pytds.Error as error:
            return 4060 if 'Cannot open database "master"' in str(error) else error.number
        return 0


def number_of(act) -> int:
    try:
        act()
    except pytds.Error as error:
        return error.number
    return 0


def expect(got: object, wanted: object) -> None:
    if got != wanted:
        raise SystemExit(f"got {got!r}\nwanted {wanted!r}")


def check(client: Tsql | PythonTds, people: list[Row]) -> None:
    for host in HOSTS:
        expect(client.people(host), people)
        client.now(host)
        expect(client.wrong_password(host), 18456)
        expect(client.wrong_database(host), 4060)
        for number, sql in REFUSED.items():
            expect(client.error(host, sql), number)
    errors = ", ".join(str(number) for number in (18456, 4060, *REFUSED))
    print(f"{client.name}: {len(people)} people from each of {len(HOSTS)} hosts over TLS; errors {errors}", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="holdfast-peers-") as folder:
        lab = Lab.start(sys.argv[1], Path(folder))
        try:
            people = lab.people()
            expect(any(not name.isascii() for person in people for name in person), True)
            check(Tsql(lab), people)
            check(PythonTds(lab), people)
        finally:
            lab.stop()


main()
