// What the picture shows, told from what the lab says: of each part its mood and its words, of each wire how it is.
// Touches no page. A mood is good, warn, bad or idle; a wire is live, up, ill, cut or idle.

/** Of one CTI server: its side as the switch tells it, and who is connected. */
export function ctis(state) {
  return state.truth.sides.map((side) => ({
    ...side,
    id: `cti-${side.side.toLowerCase()}`,
    address: `${state.net}.${side.side === "A" ? "21:42027" : "22:43027"}`,
    online: state.truth.peripheral_online,
    central: state.truth.central_controller_online,
    clients: state.truth.clients.filter((client) => client.side === side.side && client.version != null).length,
  }));
}
export const links = (state) => state.links.filter((link) => link.node !== "other").map((link) => ({ ...link, id: linkId(link) }));
const linkId = ({ node, cti }) => `${node} ${cti}`;
export const live = (state) => state.truth.calls.filter((call) => call.stage !== "OVER");

/** Mood and word. */
export function ctiMood(cti) {
  if (cti.role === "down") return ["bad", "killed"];
  if (cti.hung) return ["bad", "hung"];
  if (cti.role !== "active") return ["idle", "standby"];
  return cti.online ? ["good", "active"] : ["warn", "offline"];
}
export function nodeMood(node) {
  if (node.process !== "running") return ["bad", node.process === "stopped" ? "killed" : node.process];
  return [{ "in-service": "good", "out-of-service": "warn", silent: "bad" }[node.service], node.service];
}
export const switchMood = (truth) => (truth.peripheral_online ? ["good", "working"] : ["warn", "peripheralOff"]);

/** What is wrong with a link or the peer link, as words with their values. */
export function ills(condition) {
  const gates = { refuse: "refuses", hang: "hangs", blackhole: "blackholes", flap: "flaps" };
  const words = gates[condition.gate] ? [[gates[condition.gate], condition]] : [];
  if (condition.up_ms + condition.down_ms > 0) words.push(["slow", { ms: condition.up_ms }]);
  if (condition.corrupt_every != null) words.push(["corrupts", { n: condition.corrupt_every }]);
  return words;
}
/** Mood and word of an AWDB host. */
export function awdbMood(host) {
  if (!host.up) return ["bad", "killed"];
  if (awdbIlls(host).length) return ["warn", "faulty"];
  return host.distributor ? ["good", "awdbAnswers"] : ["warn", "distributorStopped"];
}
/** What is wrong on the ways to an AWDB host: of each node the words with their values. */
export const awdbIlls = (host) => host.links.filter((link) => link.node !== "other")
  .map((link) => [link.node, [...ills(link.condition), ...sessionIlls(link.session)]]).filter(([, wrong]) => wrong.length);
function sessionIlls(session) {
  const words = [["hang_login", "loginHangs"], ["hang_result", "resultHangs"], ["half_packets", "packetsHalved"]];
  const on = words.filter(([key]) => session[key]).map(([, word]) => [word]);
  return session.bytes_per_second ? [...on, ["trickles", { n: session.bytes_per_second }]] : on;
}

function passing(condition, up, ends) {
  if (!ends || condition.gate === "refuse") return "cut";
  if (ills(condition).length) return "ill";
  return up ? "live" : "idle";
}

/** How a link between a desktop server and a CTI server is. */
export function linkKind(state, link) {
  const cti = ctis(state).find((cti) => cti.id === link.cti);
  const node = state.nodes.find((node) => node.name === link.node);
  const kind = passing(link.condition, link.tally.up > 0, cti.role !== "down" && node?.process === "running");
  return kind === "live" && cti.hung ? "ill" : kind;
}
export function peerKind({ nodes, peer }) {
  return passing(peer.condition, peer.up > 0, nodes.every((node) => node.process === "running"));
}

/** Every wire of the picture: its ends, how it is, and what has passed it so far. */
export function wires(state) {
  const told = live(state).length;
  const of = Object.fromEntries(ctis(state).map((cti) => [cti.id, cti]));
  const behind = (id) => links(state).filter((link) => link.cti === id).reduce((sum, link) => sum + bytes(link), 0);
  return [
    { id: "calls", from: "callers", to: "switch", kind: told ? "live" : "idle", passed: callsPassed(state) },
    ...Object.values(of).map((cti) => ({
      id: `switch ${cti.id}`, from: "switch", to: cti.id, passed: behind(cti.id),
      kind: cti.role === "down" || !cti.online ? "cut" : cti.role === "active" ? "live" : "up",
    })),
    ...links(state).map((link) => ({
      id: link.id, from: link.cti, via: link.id, to: link.node, kind: linkKind(state, link), passed: bytes(link),
    })),
    ...(state.peer ? [{ id: "peer", from: "node-1", via: "peer", to: "node-2", kind: peerKind(state), passed: state.peer.bytes }] : []),
    ...state.nodes.flatMap((node) => [
      ...state.awdbs.map((host) => awdbWire(node, host)),
      { id: `desks ${node.name}`, from: node.name, to: `desks ${node.name}`, kind: desksKind(node), passed: 0 },
    ]),
  ];
}
const bytes = ({ tally }) => tally.bytes_up + tally.bytes_down;
function awdbWire(node, host) {
  const link = host.links.find((link) => link.node === node.name);
  const kind = passing(link.condition, link.tally.up > 0, host.up && node.process === "running");
  return { id: `${node.name} ${host.name}`, from: node.name, to: host.name, passed: bytes(link),
    kind: kind !== "cut" && sessionIlls(link.session).length ? "ill" : kind };
}
/** Changes whenever something happens to a call. */
const callsPassed = (state) =>
  live(state).reduce((sum, call) => call.parties.reduce((sum, party) => sum + party.since_ms, sum + call.id), 0);
function desksKind(node) {
  if (node.process !== "running") return "cut";
  const open = node.control?.services?.every((service) => service.running) ?? false;
  return !open ? "ill" : node.desktops.length ? "live" : "idle";
}

/** How many agents are in each state, the busiest first. */
export function counted(agents) {
  const counts = new Map();
  for (const { state } of agents) counts.set(state, (counts.get(state) ?? 0) + 1);
  return ["TALKING", "HOLD", "RESERVED", "AVAILABLE", "WORK_READY", "WORK_NOT_READY", "NOT_READY", "LOGOUT"]
    .filter((state) => counts.has(state)).map((state) => ({ state, n: counts.get(state) }));
}

/** What is said of the whole: a mood, a word, and its values as lists of names. */
export function verdict(state) {
  const served = state.nodes.filter((node) => node.service === "in-service" && node.process === "running").map((node) => node.name);
  const out = state.nodes.map((node) => node.name).filter((name) => !served.includes(name));
  if (!served.length) return ["bad", "noneIn", {}];
  return out.length ? ["warn", "someOut", { out, nodes: served }] : ["good", "allGood", { nodes: served }];
}
