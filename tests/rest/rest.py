"""schemathesis at a running node of a lab: as an agent, as a supervisor and as the administrator.

    rest.py HOLDFAST [SEED]

It reads the description that the node serves, and sends what fits it and what does not. Each run ends after a while.
A failure prints the request as a line of curl, and the seed.
"""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
NET = "127.76.2"
NODE = f"http://{NET}.11:8082"

# Far longer than anything here takes; only a hang reaches it.
GUARD_SECONDS = 60
# Inventions for each operation and role, beside those that are the same in every run.
EXAMPLES = 10
# Of each role; a hang ends it.
ROLE_SECONDS = 600
SEED = "20160301"


class Lab:
    """A lab that runs, with an agent who is on a call and a supervisor who is signed in."""

    def __init__(self, holdfast: str, folder: Path) -> None:
        self.holdfast = holdfast
        command = [holdfast, "lab", "--net", NET, "--agents", "6", "--dir", str(folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        if not any("Ctrl-C" in line for line in self.process.stdout):
            raise SystemExit("the lab did not start")
        with urllib.request.urlopen(f"http://{NET}.10:8080/api/state", timeout=GUARD_SECONDS) as answer:
            self.people = json.load(answer)["people"]
        agents = self.people["agents"]
        self.agent = next(agent for agent in agents if not agent["supervisor"])
        self.supervisor = next(agent for agent in agents if agent["supervisor"])

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(GUARD_SECONDS)

    def credentials(self) -> dict[str, str]:
        """By role: user and password."""
        password, administrator = self.people["password"], self.people["administrator"]
        return {
            "agent": f"{self.agent['id']}:{password}",
            "supervisor": f"{self.supervisor['id']}:{password}",
            "administrator": f"{administrator['name']}:{administrator['password']}",
        }

    def ask(self, method: str, path: str, who: dict, body: str = "") -> tuple[int, str]:
        request = urllib.request.Request(f"{NODE}/finesse/api{path}", body.encode() or None, method=method)
        word = base64.b64encode(f"{who['id']}:{self.people['password']}".encode()).decode()
        request.add_header("Authorization", f"Basic {word}")
        request.add_header("Content-Type", "application/xml")
        with urllib.request.urlopen(request, timeout=GUARD_SECONDS) as answer:
            return answer.status, answer.read().decode()

    def put_to_work(self) -> str:
        """Both are signed in and one of them has a call; its id."""
        for who in (self.agent, self.supervisor):
            self.ask("PUT", f"/User/{who['id']}", who, user("LOGIN", f"<extension>{who['extension']}</extension>"))
            self.until(f"/User/{who['id']}", who, "<state>NOT_READY</state>")
        call = "<requestedAction>MAKE_CALL</requestedAction>"
        ends = f"<fromAddress>{self.agent['extension']}</fromAddress><toAddress>0312345678</toAddress>"
        self.ask("POST", f"/User/{self.agent['id']}/Dialogs", self.agent, f"<Dialog>{call}{ends}</Dialog>")
        dialogs = self.until(f"/User/{self.agent['id']}/Dialogs", self.agent, "<id>")
        return re.findall(r"<id>(\d+)</id>", dialogs)[0]

    def until(self, path: str, who: dict, words: str) -> str:
        end = time.monotonic() + GUARD_SECONDS
        while time.monotonic() < end:
            _, text = self.ask("GET", path, who)
            if words in text:
                return text
            time.sleep(0.1)
        raise SystemExit(f"{path} never had {words}: {text}")

    def known(self, dialog: str) -> dict[str, list[str]]:
        teams = re.findall(r"<teamId>(\d+)</teamId>", self.ask("GET", f"/User/{self.agent['id']}", self.agent)[1])
        queues = re.findall(r"Queue/(\d+)<", self.ask("GET", f"/User/{self.agent['id']}/Queues", self.agent)[1])
        extensions = [agent["extension"] for agent in self.people["agents"]]
        numbers = [*extensions, "0312345678", *self.people["numbers"]]
        small = ["1", "2", "3"]
        return {
            "User": [agent["id"] for agent in self.people["agents"]],
            "Dialog": [dialog], "Team": teams, "TeamResource": teams, "Queue": queues,
            "ReasonCode": small, "WrapUpReason": small, "PhoneBook": small, "Contact": small,
            "MediaPropertiesLayout": small, "Workflow": small, "WorkflowAction": small,
            "extension": extensions, "fromAddress": extensions, "targetMediaAddress": extensions, "toAddress": numbers,
        }  # fmt: skip


def user(state: str, more: str) -> str:
    return f"<User><state>{state}</state>{more}</User>"


def fuzz(role: str, credentials: str, known: dict[str, list[str]], seed: str) -> bool:
    command = [
        str(Path(sys.executable).with_name("st")), "--config-file", str(HERE / "schemathesis.toml"),
        "run", f"{NODE}/holdfast/openapi.json", "--auth", credentials, "--seed", seed, "--warnings", "off",
        "--max-examples", str(EXAMPLES), *spared(role),
    ]  # fmt: skip
    environment = {
        **os.environ,
        "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE), "REST_KNOWN": json.dumps(known),
        "HYPOTHESIS_STORAGE_DIRECTORY": tempfile.gettempdir(),
    }  # fmt: skip
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=ROLE_SECONDS)
    outcome = "passed" if done.returncode == 0 else "FAILED"
    print(f"rest: {role}, seed {seed}: {outcome}, {time.monotonic() - began:.0f} s", flush=True)
    if done.returncode != 0:
        print(done.stdout, done.stderr, sep="\n")
    return done.returncode == 0


def spared(role: str) -> list[str]:
    """Whoever points the server at another AWDB has nobody left who may sign in."""
    return ["--exclude-operation-id", "putEnterpriseDatabaseConfig"] if role == "administrator" else []


def main() -> None:
    holdfast, seed = sys.argv[1], (sys.argv[2:] or [SEED])[0]
    with tempfile.TemporaryDirectory() as folder:
        lab = Lab(holdfast, Path(folder))
        try:
            known = lab.known(lab.put_to_work())
            passed = [fuzz(role, who, known, seed) for role, who in lab.credentials().items()]
        finally:
            lab.stop()
    if not all(passed):
        raise SystemExit(f"rest: again with: scripts/rest {seed}")


if __name__ == "__main__":
    main()
