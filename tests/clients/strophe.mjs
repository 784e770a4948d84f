// Strophe.js as a desktop: strophe.mjs bosh|websocket HOST USER PASSWORD NODE...
//
// Signs in, sends presence, subscribes to each NODE, and prints what happens, one JSON document a line. Ends in order
// when standard input ends.

import { $pres, Strophe, $iq } from "strophe.js";

import { XMLHttpRequest } from "./xhr.mjs";

globalThis.XMLHttpRequest = XMLHttpRequest;
// Standard output is for events.
Strophe.setLogLevel(Strophe.LogLevel.WARN);

const [transport, host, user, password, ...nodes] = process.argv.slice(2);
const urls = { bosh: `http://${host}:7071/http-bind/`, websocket: `ws://${host}:7071/ws/` };
const PUBSUB = "http://jabber.org/protocol/pubsub";

const say = (word, more = {}) => console.log(JSON.stringify({ is: word, ...more }));

const connection = new Strophe.Connection(urls[transport]);

function event(message) {
  const items = message.getElementsByTagName("items")[0];
  for (const item of message.getElementsByTagName("item")) {
    const [node, id] = [items.getAttribute("node"), item.getAttribute("id")];
    say("event", { node, item: id, update: item.firstElementChild.textContent });
  }
  return true;
}

function subscribe(node) {
  const jid = connection.jid;
  const ask = $iq({ type: "set", to: `pubsub.${host}` }).c("pubsub", { xmlns: PUBSUB }).c("subscribe", { node, jid });
  connection.sendIQ(
    ask,
    () => say("subscribed", { node }),
    (error) => say("failed", { why: `no subscription to ${node}: ${error}` }),
  );
}

function connected() {
  connection.addHandler(event, null, "message");
  connection.send($pres());
  say("connected");
  nodes.forEach(subscribe);
}

connection.connect(`${user}@${host}/strophe`, password, (status, why) => {
  const { CONNECTED, CONNFAIL, AUTHFAIL, ERROR, DISCONNECTED } = Strophe.Status;
  if (status === CONNECTED) connected();
  if ([CONNFAIL, AUTHFAIL, ERROR].includes(status)) say("failed", { why: `${why}` });
  if (status === DISCONNECTED) {
    say("closed");
    process.exit(0);
  }
});

process.stdin.resume();
process.stdin.on("end", () => {
  connection.send($pres({ type: "unavailable" }));
  connection.disconnect("the day is over");
});
