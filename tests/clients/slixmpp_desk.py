"""slixmpp as a desktop: slixmpp_desk.py HOST USER PASSWORD NODE...

Signs in over TCP in the clear, sends presence, subscribes to each NODE, and prints what happens, one JSON document a
line. Ends in order when standard input ends.
"""

import asyncio
import json
import sys

from slixmpp import ClientXMPP
from slixmpp.exceptions import IqError
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath

PUBSUB = "http://jabber.org/protocol/pubsub"
EVENT = PUBSUB + "#event"


def say(word, **more):
    print(json.dumps({"is": word, **more}), flush=True)


class Desk(ClientXMPP):
    def __init__(self, host, user, password, nodes):
        in_the_clear = {"feature_mechanisms": {"unencrypted_plain": True}}
        super().__init__(f"{user}@{host}/slixmpp", password, plugin_config=in_the_clear)
        self.pubsub, self.nodes = f"pubsub.{host}", nodes
        self.register_plugin("xep_0060")
        self.enable_plaintext, self.enable_direct_tls, self.enable_starttls = True, False, False
        self.add_event_handler("session_start", self.started)
        self.add_event_handler("failed_all_auth", lambda _: say("failed", why="not authorized"))
        self.add_event_handler("connection_failed", lambda why: say("failed", why=str(why)))
        path = f"{{jabber:client}}message/{{{EVENT}}}event"
        self.register_handler(Callback("events", MatchXPath(path), self.event_came))

    async def started(self, _):
        self.send_presence()
        await self.get_roster()
        say("connected")
        for node in self.nodes:
            try:
                await self.plugin["xep_0060"].subscribe(self.pubsub, node, bare=False)
                say("subscribed", node=node)
            except IqError as error:
                say("failed", why=f"no subscription to {node}: {error}")

    def event_came(self, message):
        for items in message.xml.iter(f"{{{EVENT}}}items"):
            for item in items:
                say("event", node=items.get("node"), item=item.get("id"), update="".join(item.itertext()))

    async def run(self, host):
        over = asyncio.get_running_loop().create_future()
        self.add_event_handler("disconnected", lambda _: over.done() or over.set_result(None))
        self.connect(host, 5222)
        goodbye = asyncio.create_task(self.leave_when_told())
        await over
        goodbye.cancel()
        say("closed")

    async def leave_when_told(self):
        told = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(told)
        await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
        await told.read()
        self.send_presence(ptype="unavailable")
        await self.disconnect()


async def main():
    host, user, password, *nodes = sys.argv[1:]
    await Desk(host, user, password, nodes).run(host)


asyncio.run(main())
