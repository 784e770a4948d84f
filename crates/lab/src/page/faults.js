// Every fault of every part, as tables: its word, whether it is on, and the orders that begin and end it. What has no
// `on` happens once. `now` is the part as the lab told it last.

const fault = (word, on, begin, end, values) => ({ word, on, begin, end, values });
const once = (word, begin) => ({ word, begin });
const command = (what) => ({ switch: what });

/** Dead or alive: one button, which says what pressing it does. */
const life = (id, isDead) => ({
  word: (now) => (isDead(now) ? "start" : "kill"), on: isDead,
  begin: (now) => ({ kill: id(now) }), end: (now) => ({ start: id(now) }), ofPart: true,
});

const refusal = (status) => fault("status", (s) => s.refuses === status,
  (s) => command({ refuse_opens: [s.side, status] }), (s) => command({ refuse_opens: [s.side, null] }), { status });
const garbage = (kind) => once(kind, (s) => command({ garbage_to_clients: [s.side, kind] }));
const isUp = (s) => s.role !== "down";
/** Garbage needs somebody who hears it. */
const isHeard = (s) => s.role === "active" && !s.hung && !s.streams && s.clients > 0;

export const CTI = [
  { faults: [
    life((s) => s.id, (s) => !isUp(s)),
    { ...fault("hang", (s) => s.hung, (s) => ({ hang: s.id }), (s) => ({ unhang: s.id })), may: isUp },
    { ...fault("mute", (s) => s.mute, (s) => command({ mute_heartbeats: [s.side, true] }),
      (s) => command({ mute_heartbeats: [s.side, false] })), may: isUp },
  ] },
  { label: "sessions", may: isUp, faults: [15, 92, 107].map(refusal), other: (s) => s.refuses != null && ["status", { status: s.refuses }] },
  { label: "garbage", may: isHeard, faults: [
    ...["random_bytes", "half_message", "wrong_length"].map(garbage),
    fault("endless_stream", (s) => s.streams, (s) => command({ garbage_to_clients: [s.side, "endless_stream"] }), () => null),
  ] },
];

const late = (ms) => fault("late", (t) => t.answer_delay_ms === ms, () => command({ delay_answers: ms }),
  () => command({ delay_answers: 0 }), { s: ms / 1000 });
const news = (how) => fault(how, (t) => t.wrong_conferences === how, () => command({ wrong_conferences: how }),
  () => command({ wrong_conferences: null }));
const loss = (what) => fault(what, (t) => t.on_client_loss === what, () => command({ on_client_loss: what }),
  () => command({ on_client_loss: "keep" }));

export const SWITCH = [
  { label: "reach", faults: [
    fault("peripheral", (t) => !t.peripheral_online, () => command("peripheral_offline"), () => command("peripheral_online")),
    fault("central", (t) => !t.central_controller_online, () => command("central_controller_down"), () => command("central_controller_up")),
    { ...once("switchOver", () => command("switch_over")),
      may: (t) => t.sides.some((side) => side.role === "standby" && !side.hung) },
  ] },
  { label: "answersAre", faults: [
    ...[700, 2000, 10000].map(late),
    fault("afterEvents", (t) => t.answers_after_events, () => command({ answers_after_events: true }),
      () => command({ answers_after_events: false })),
  ], other: (t) => t.answer_delay_ms > 0 && ["late", { s: t.answer_delay_ms / 1000 }] },
  { label: "conferenceNews", faults: ["party_missing", "call_missing", "inconsistent", "repeated"].map(news) },
  { label: "onLoss", faults: ["load0", "load1"].map(loss) },
];

const SERVICES = ["platform", "webapp", "notification"];
const runs = (node, name) => node.control?.services?.find((service) => service.name === name)?.running ?? true;
const service = (name) => ({
  ...fault(name, (n) => !runs(n, name), (n) => ({ service: { node: n.name, name, run: false } }),
    (n) => ({ service: { node: n.name, name, run: true } })),
  may: (n) => n.control != null,
});

export const NODE = [
  { faults: [life((n) => n.name, (n) => n.process !== "running")] },
  { label: "stopServices", faults: SERVICES.map(service) },
];

/** The faults of anything that bytes pass; `send` says for which, `values` what the form says, `also` what else stays. */
function passage(send, values, also = () => []) {
  // Only `clear` opens a gate and ends a corruption, and it ends everything else, too: that begins again at once.
  const without = (c, ends) =>
    [send(c, { fault: "clear" }), ...[...stays(c.condition, ends), ...also(c, ends)].map((what) => send(c, what))];
  const gate = (word, name, more = () => ({})) =>
    fault(word, (c) => c.condition.gate === name, (c) => send(c, { fault: name, ...more() }), (c) => without(c, "gate"));
  const latency = fault("latency", (c) => c.condition.up_ms + c.condition.down_ms > 0,
    (c) => send(c, { fault: "latency", up_ms: values("latency"), down_ms: values("latency") }),
    (c) => send(c, { fault: "latency", up_ms: 0, down_ms: 0 }));
  return { gate, latency, without, reset: once("reset", (c) => send(c, { fault: "reset" })) };
}
/** The orders for what is wrong besides what ends. */
function stays({ gate, up_ms, down_ms, flap_up_ms, flap_down_ms, corrupt_every }, ends) {
  return [
    ...(ends === "gate" || gate === "open" ? [] : [{ fault: gate, ...(gate === "flap" ? { up_ms: flap_up_ms, down_ms: flap_down_ms } : {}) }]),
    ...(up_ms + down_ms > 0 ? [{ fault: "latency", up_ms, down_ms }] : []),
    ...(ends === "corruption" || corrupt_every == null ? [] : [{ fault: "corrupt", every: corrupt_every }]),
  ];
}
export function linkFaults(values) {
  const send = (link, what) => ({ link: { node: link.node, cti: link.cti, ...what } });
  const { gate, latency, without, reset } = passage(send, values);
  return [{ faults: [
    gate("refuse", "refuse"), gate("hang", "hang"), gate("blackhole", "blackhole"),
    gate("flap", "flap", () => ({ down_ms: values("flap_down"), up_ms: values("flap_up") })),
    latency,
    fault("corrupt", (c) => c.condition.corrupt_every != null,
      (c) => send(c, { fault: "corrupt", every: values("corrupt") }), (c) => without(c, "corruption")),
    reset,
  ] }];
}
export function peerFaults(values) {
  const { gate, latency, reset } = passage((peer, what) => ({ peer: what }), values);
  return [{ faults: [gate("refuse", "refuse"), gate("hang", "hang"), gate("blackhole", "blackhole"), latency, reset] }];
}

/** The faults of sessions at an AWDB host: the word, the key in the state, the order. */
const SESSION = [
  ["hangLogin", "hang_login", () => ({ fault: "hang-login" })],
  ["hangResult", "hang_result", () => ({ fault: "hang-result" })],
  ["halfPackets", "half_packets", () => ({ fault: "half-packets" })],
  ["trickle", "bytes_per_second", (rate) => ({ fault: "slow", bytes_per_second: rate })],
];
const sessionStays = ({ session }, ends) =>
  SESSION.filter(([word, key]) => session[key] && word !== ends).map(([, key, made]) => made(session[key]));

const distributor = fault("distributorStop", (host) => !host.distributor,
  (host) => ({ distributor: { awdb: host.name, run: false } }), (host) => ({ distributor: { awdb: host.name, run: true } }));

/** The host itself, and folded away the ways to it. */
export function awdbFaults(values) {
  const send = (way, what) => ({ awdb: { node: way.node, awdb: way.awdb, ...what } });
  const { gate, latency, without, reset } = passage(send, values, sessionStays);
  const session = SESSION.map(([word, key, made]) => fault(word, (way) => Boolean(way.session[key]),
    (way) => send(way, made(values("trickle"))), (way) => without(way, word)));
  const faults = [gate("refuse", "refuse"), gate("hang", "hang"), gate("blackhole", "blackhole"), latency, reset, ...session];
  const wayFrom = (node) => (host) => ({ ...host.links.find((link) => link.node === node), awdb: host.name });
  return [
    { faults: [life((host) => host.name, (host) => !host.up), distributor] },
    ...["node-1", "node-2"].map((node) => ({
      label: "wayFrom", labelValues: { node }, folded: true, faults: faults.map((fault) => of(fault, wayFrom(node))),
    })),
  ];
}
/** A fault of a part of what is shown. */
const of = ({ on, begin, end, ...more }, pick) =>
  ({ ...more, on: on && ((now) => on(pick(now))), begin: (now) => begin(pick(now)), end: end && ((now) => end(pick(now))) });
