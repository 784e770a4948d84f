// The lab page: asks for the state twice a second, changes in place what has changed, and sends orders.
import { $, attribute, button, dress, element, keyed, pressed, text } from "./dom.js";
import { faults } from "./faults.js";
import { services } from "./services.js";
import { languages, say, sentence, tell } from "./words.js";

const EVERY_MS = 500;
/** Of a link: its name in an order, its word, the values it takes, and whether it is on. */
const LINK_FAULTS = [
  ["refuse", "refuse", () => ({}), (c) => c.gate === "refuse"],
  ["hang", "hangLink", () => ({}), (c) => c.gate === "hang"],
  ["blackhole", "blackhole", () => ({}), (c) => c.gate === "blackhole"],
  ["flap", "flap", () => ({ down_ms: value("flap_down"), up_ms: value("flap_up") }), (c) => c.gate === "flap"],
  ["latency", "latency", () => ({ up_ms: value("latency"), down_ms: value("latency") }), (c) => c.up_ms + c.down_ms > 0],
  ["corrupt", "corrupt", () => ({ every: value("corrupt") }), (c) => c.corrupt_every != null],
];

let language = localStorage.getItem("language") ?? (navigator.language.startsWith("ja") ? "ja" : "en");
let state = null;
let entries = [];
let newest = 0;
let lost = false;

const t = (key, values) => say(language, key, values);

// --- talking with the lab

async function ask(path, options = {}) {
  const answer = await fetch(path, { ...options, signal: AbortSignal.timeout(4000) });
  const body = await answer.json();
  if (!answer.ok) throw new Refusal(body.error);
  return body;
}
class Refusal extends Error {}

async function order(what) {
  try {
    await ask("/api/command", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Holdfast-Lab": "1" },
      body: JSON.stringify(what),
    });
  } catch (error) {
    toast(error instanceof Refusal ? t("refused", { why: error.message }) : t("gone"));
  }
  await refresh();
}
const command = (what) => order({ switch: what });

let toastTimer;
function toast(message) {
  text($("toast"), message);
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => text($("toast"), ""), 6000);
}

async function refresh() {
  try {
    const [now, story] = await Promise.all([ask("/api/state"), ask(`/api/story?since=${newest}`)]);
    if (state && now.started_ms !== state.started_ms) restart();
    state = now;
    lost = false;
    const news = story.filter((entry) => entry.n > newest);
    newest = news.at(-1)?.n ?? newest;
    if (news.length) entries = [...entries, ...news].sort((a, b) => a.at_ms - b.at_ms || a.n - b.n).slice(-500);
  } catch {
    lost = true;
  }
  show();
}
function restart() {
  entries = [];
  newest = 0;
}

// --- showing

function show() {
  summary();
  attribute($("main"), "aria-busy", lost || !state);
  if (!state) return;
  nodes();
  ctis();
  services(state, t, order, () => ($("values").reportValidity() ? value("latency") : undefined));
  faults(state.truth, t, command);
  links();
  wires();
  calls();
  agents();
  timeline();
}

function summary() {
  const [mood, sentence] = verdict();
  attribute($("summary"), "data-mood", mood);
  text($("summary"), sentence);
}
function verdict() {
  if (lost) return ["bad", t("gone")];
  if (!state) return ["wait", t("loading")];
  const and = new Intl.ListFormat(language);
  const served = state.nodes.filter((node) => node.service === "in-service").map((node) => node.name);
  const out = state.nodes.filter((node) => node.service !== "in-service").map((node) => node.name);
  if (!served.length) return ["bad", t("noneIn")];
  if (out.length) return ["warn", t("someOut", { out: and.format(out), nodes: and.format(served) })];
  return ["good", t("allGood", { nodes: and.format(served) })];
}

function card(part, title, buttons) {
  const made = element("article", { class: "card" });
  made.append(element("h3", {}, element("span", {}, part), element("small", {}, title)));
  made.append(element("p", { class: "mood" }), element("p", { class: "why" }), element("div", { class: "group" }, ...buttons));
  return made;
}
function fillCard(made, kind, address, mood, state, why) {
  attribute(made, "data-mood", mood);
  text(made.querySelector("small"), `${t(kind)} ${address}`);
  text(made.querySelector(".mood"), state);
  text(made.querySelector(".why"), why);
}

function nodes() {
  keyed($("nodes"), state.nodes, (node) => node.name,
    (node) => card(node.name, "", [
      button(() => order({ kill: node.name })), button(() => order({ start: node.name })),
    ]),
    (made, node) => {
      const [kill, start] = made.querySelectorAll("button");
      const [mood, word] = nodeMood(node);
      fillCard(made, "node", node.host, mood, t(word), node.reason ? sentence(language, node.reason) : connectedTo(node));
      dress(kill, t("kill"), t("killPart", { part: node.name }));
      dress(start, t("start"), t("startPart", { part: node.name }));
      kill.disabled = node.process !== "running";
      start.disabled = node.process === "running";
    });
}
function connectedTo(node) {
  const up = state.links.filter((link) => link.node === node.name && link.tally.up).map((link) => link.cti);
  return up.length ? t("connectedTo", { cti: new Intl.ListFormat(language).format(up) }) : "";
}
function nodeMood(node) {
  if (node.process !== "running") return ["bad", node.process];
  const moods = { "in-service": "good", "out-of-service": "warn", silent: "bad" };
  return [moods[node.service], node.service];
}

/** The CTI servers as the page shows them. */
function ctiList() {
  return state.truth.sides.map((side) => {
    const name = `cti-${side.side.toLowerCase()}`;
    return {
      name, alive: side.role !== "down", hung: side.hung, active: side.role === "active",
      address: `${state.net}.${side.side === "A" ? "21:42027" : "22:43027"}`,
      online: state.truth.peripheral_online,
      clients: state.truth.clients.filter((client) => client.side === side.side && client.version != null).length,
    };
  });
}
function ctis() {
  keyed($("ctis"), ctiList(), (cti) => cti.name,
    (cti) => card(cti.name, "", [
      button(() => order({ kill: cti.name })), button(() => order({ start: cti.name })),
      button((made) => order(pressed(made) ? { unhang: cti.name } : { hang: cti.name })),
    ]),
    (made, cti) => {
      const [kill, start, hang] = made.querySelectorAll("button");
      const [mood, word] = ctiMood(cti);
      fillCard(made, "cti", cti.address, mood, t(word), t("clients", { n: cti.clients }));
      dress(kill, t("kill"), t("killPart", { part: cti.name }));
      dress(start, t("start"), t("startPart", { part: cti.name }));
      dress(hang, t("hang"), t("hangPart", { part: cti.name }), cti.hung);
      kill.disabled = !cti.alive;
      start.disabled = cti.alive;
      hang.disabled = !cti.alive;
    });
}
function ctiMood(cti) {
  if (!cti.alive) return ["bad", "killed"];
  if (cti.hung) return ["bad", "hung"];
  if (!cti.active) return ["good", "standby"];
  return cti.online ? ["good", "active"] : ["warn", "offline"];
}

const linkName = (link) => t("linkOf", { node: link.node, cti: link.cti });

/** The word for a link and how it is drawn: live, ill (up, with a fault), cut, or idle. */
function linkState(link) {
  const { condition: c, tally } = link;
  const cti = ctiList().find((cti) => cti.name === link.cti);
  const words = [];
  if (!cti.alive) words.push(t("killed"));
  else if (cti.hung) words.push(t("hung"));
  const gates = { refuse: "refuses", hang: "hangs", blackhole: "blackholes", flap: "flaps" };
  if (gates[c.gate]) words.push(t(gates[c.gate], c));
  if (c.up_ms + c.down_ms > 0) words.push(t("slow", { ms: c.up_ms }));
  if (c.corrupt_every != null) words.push(t("corrupts", { n: c.corrupt_every }));
  if (!words.length) words.push(t(tally.up ? "live" : "idle"));
  const ill = words.length > 1 || ![t("live"), t("idle")].includes(words[0]);
  const kind = !cti.alive || c.gate === "refuse" ? "cut" : ill ? "ill" : tally.up ? "live" : "idle";
  return { words: words.join(language === "ja" ? "、" : ", "), kind };
}

function links() {
  const shown = state.links.filter((link) => link.node !== "other");
  keyed($("links").tBodies[0], shown, (link) => `${link.node} ${link.cti}`, linkRow, (row, link) => {
    const [name, now, faults, dials, beats] = row.cells;
    text(name, linkName(link));
    text(now, linkState(link).words);
    text(dials, String(link.tally.dials));
    text(beats, t("heartbeatsOf", { confirmed: link.tally.heartbeats_confirmed, asked: link.tally.heartbeats_asked }));
    const buttons = faults.querySelectorAll("button");
    LINK_FAULTS.forEach(([, word, , on], index) =>
      dress(buttons[index], t(word), t("faultOf", { fault: t(word), link: linkName(link) }), on(link.condition)));
    for (const [index, word] of [[LINK_FAULTS.length, "reset"], [LINK_FAULTS.length + 1, "clear"]]) {
      dress(buttons[index], t(word), t("faultOf", { fault: t(word), link: linkName(link) }));
    }
    captions(row, $("links"));
  });
}
function linkRow(link) {
  const send = (fault, values = {}) => order({ link: { node: link.node, cti: link.cti, fault, ...values } });
  const toggles = LINK_FAULTS.map(([fault, , values]) =>
    button((made) => (pressed(made) ? end(fault) : begin(fault, values))));
  const begin = (fault, values) => $("values").reportValidity() && send(fault, values());
  const end = (fault) => (fault === "latency" ? send("latency", { up_ms: 0, down_ms: 0 }) : send("clear"));
  const buttons = [...toggles, button(() => send("reset")), button(() => send("clear"))];
  return element("tr", {}, element("th", { scope: "row" }), element("td"),
    element("td", {}, element("div", { class: "group" }, ...buttons)),
    element("td", { class: "number" }), element("td", { class: "number" }));
}

/** A number of the form above the links. */
const value = (name) => $("values").elements[name].valueAsNumber;

const SVG = "http://www.w3.org/2000/svg";
function wires() {
  const svg = $("wires");
  const shown = state.links.filter((link) => link.node !== "other");
  while (svg.querySelectorAll("g").length < shown.length) svg.append(wire());
  const y = (index) => (index ? 240 : 80);
  const said = shown.map((link, index) => {
    const group = svg.querySelectorAll("g")[index];
    const [from, to] = [y(state.nodes.findIndex((node) => node.name === link.node)), y(link.cti === "cti-b" ? 1 : 0)];
    const { words, kind } = linkState(link);
    attribute(group, "class", kind);
    for (const [name, value] of Object.entries({ x1: 6, y1: from, x2: 294, y2: to })) attribute(group.firstChild, name, value);
    const at = from === to ? 0.5 : 0.26;
    attribute(group.lastChild, "x", 6 + 288 * at);
    attribute(group.lastChild, "y", from + (to - from) * at + (from === to ? -8 : 4));
    text(group.lastChild, words);
    return t("wires", { link: linkName(link), state: words });
  });
  text($("wires-label"), said.join(language === "ja" ? "。" : ". "));
}
function wire() {
  const group = document.createElementNS(SVG, "g");
  group.append(document.createElementNS(SVG, "line"), document.createElementNS(SVG, "text"));
  return group;
}

function calls() {
  const live = state.truth.calls.filter((call) => call.stage !== "OVER");
  keyed($("calls"), live, (call) => call.id,
    (call) => element("li", {}, element("div", { class: "what" }, element("strong"), element("small")), element("div")),
    (made, call) => {
      text(made.querySelector("strong"), t("call", { id: call.id }));
      text(made.querySelector("small"), [`${call.from} → ${call.to}`, ...kindOf(call), t("stage" + call.stage)].join(" · "));
      keyed(made.lastChild, call.parties, (party) => party.device, (party) => leg(call, party), (row, party) => fillLeg(row, call, party));
    });
  $("no-calls").hidden = live.length > 0;
}
const CONFERENCE = 15, TRANSFERRED = 4;
/** What makes a call more than one that somebody placed. */
function kindOf(call) {
  if (call.call_type === CONFERENCE) return [call.controller ? t("conferenceOf", { device: call.controller }) : t("conference")];
  if (call.consult_about != null) return [t("consultAbout", { id: call.consult_about })];
  return call.call_type === TRANSFERRED ? [t("transferred")] : [];
}
/** What a leg can do: its name in an order, its word, and what the order says. */
const onCall = (party, call) => ({ device: party.device, call: call.id });
const towards = (party, call) => ({ ...onCall(party, call), to: $("call").elements.towards.value });
const onPhone = (party) => ({ device: party.device });
const ACTS = [
  ["answer", "answer", onCall], ["hold", "hold", onCall], ["retrieve", "retrieve", onCall], ["hang_up", "hangUp", onCall],
];
/** The same for several calls or parties: shown only where it fits. */
const JOINT_ACTS = [
  ["consult", "consult", towards], ["blind_transfer", "blindTransfer", towards],
  ["complete_transfer", "completeTransfer", onPhone], ["complete_conference", "completeConference", onPhone],
  ["alternate", "alternate", onPhone], ["reconnect", "reconnect", onPhone],
];
const ALL_ACTS = [...ACTS, ...JOINT_ACTS];
function leg(call, party) {
  const made = ALL_ACTS.map(([verb, , says]) =>
    button(() => (says !== towards || $("call").elements.towards.reportValidity()) && command({ [verb]: says(party, call) })));
  return element("div", { class: "leg" }, element("span"), ...made.slice(0, ACTS.length),
    element("div", { class: "group joint", role: "group" }, ...made.slice(ACTS.length)));
}
function fillLeg(row, call, party) {
  text(row.firstChild, `${party.device} · ${t("leg" + party.state)}`);
  const may = [...can(call, party), ...canJoin(call, party)];
  row.querySelectorAll("button").forEach((made, index) => {
    const [verb, word] = ALL_ACTS[index];
    dress(made, t(word), t("actOn", { act: t(word), device: party.device, id: call.id }));
    made.disabled = !may.includes(verb);
    if (index >= ACTS.length) made.hidden = made.disabled;
  });
  row.lastChild.hidden = !canJoin(call, party).length;
}

/** What a phone of ours can do that has a second call, or wants one. */
function canJoin(call, party) {
  if (!party.inside) return [];
  const held = state.truth.calls.some((other) => other.id !== call.id &&
    other.parties.some(({ device, state }) => device === party.device && state === "HOLD"));
  if (held && party.state === "FAIL") return ["reconnect"];
  if (party.state !== "CONNECT") return [];
  if (call.stage !== "UP") return held ? ["reconnect"] : [];
  const away = call.parties.length === 2 ? ["blind_transfer"] : [];
  return held ? ["complete_transfer", "complete_conference", "alternate", "reconnect"] : ["consult", ...away];
}

/** What a party may do now: a phone holds and takes back, everybody may answer and hang up. */
function can(call, party) {
  if (party.state === "ALERTING") return ["answer"];
  if (party.state === "HOLD") return ["retrieve", "hang_up"];
  return party.inside && call.stage === "UP" ? ["hold", "hang_up"] : ["hang_up"];
}

function agents() {
  text($("password"), state.people.password ?? "");
  const truth = new Map(state.truth.agents.map((agent) => [agent.id, agent]));
  const shown = state.people.agents.map((person) => {
    const now = truth.get(person.id);
    return { ...person, ...now, extension: now?.extension || person.extension, for_ms: state.truth.at_ms - (now?.since_ms ?? 0) };
  });
  keyed($("agents").tBodies[0], shown, (agent) => agent.id,
    agentRow,
    (row, agent) => {
      const [id, name, login, extension, now, since, phone] = row.cells;
      const familyFirst = /[^\x00-\x7f]/.test(agent.last_name);
      const person = familyFirst ? `${agent.last_name} ${agent.first_name}` : `${agent.first_name} ${agent.last_name}`;
      text(id, agent.id);
      text(name, agent.supervisor ? `${person} (${t("supervisor")})` : person);
      text(login, agent.login_name);
      text(extension, agent.extension);
      text(now, agent.reason ? `${t(agent.state)} (${agent.reason})` : t(agent.state));
      attribute(now, "class", { LOGOUT: "off", AVAILABLE: "on", TALKING: "busy", HOLD: "busy", RESERVED: "busy" }[agent.state] ?? "");
      text(since, agent.state === "LOGOUT" ? "" : clock(agent.for_ms));
      AT_PHONE.forEach(([word, , may], index) => {
        const made = phone.firstChild.children[index];
        dress(made, t(word), t("agentAct", { act: t(word), id: agent.id }));
        made.disabled = !may(agent.state);
      });
      captions(row, $("agents"));
    });
  if (!$("numbers").children.length) {
    $("numbers").append(...state.people.numbers.map((number) => element("option", { value: number })));
  }
}
/** What an agent does at the phone, and in which states the switch allows it; a reserved agent waits for the call. */
const AT_PHONE = [
  ["signIn", { login: {} }, (state) => state === "LOGOUT"],
  ["ready", "ready", (state) => !["LOGOUT", "AVAILABLE", "RESERVED"].includes(state)],
  ["notReady", { not_ready: 0 }, (state) => !["LOGOUT", "NOT_READY", "RESERVED"].includes(state)],
  ["signOut", { logout: 0 }, (state) => state === "NOT_READY"],
];
function agentRow(agent) {
  const buttons = AT_PHONE.map(([, to]) => button(() => command({ agent_state: { agent: agent.id, to } })));
  return element("tr", {}, element("th", { scope: "row" }), element("td"), element("td"), element("td"), element("td"),
    element("td", { class: "number" }), element("td", {}, element("div", { class: "group", role: "group" }, ...buttons)));
}
/** On a narrow screen the head of a table is gone, and each cell says what it is. */
function captions(row, table) {
  [...row.cells].forEach((cell, index) => attribute(cell, "data-caption", table.tHead.rows[0].cells[index].textContent));
}
function clock(ms) {
  const s = Math.floor(ms / 1000);
  const two = (n) => String(n).padStart(2, "0");
  return s < 3600 ? `${Math.floor(s / 60)}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}

const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 });
function timeline() {
  const list = $("timeline");
  const follows = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  const had = list.childElementCount;
  keyed(list, entries, (entry) => entry.n,
    (entry) => element("li", {}, element("time", { datetime: new Date(entry.at_ms).toISOString() }), element("b"), element("span")),
    (made, entry) => {
      const [time, who, says] = made.children;
      text(time, TIME.format(entry.at_ms));
      text(who, entry.who);
      text(says, [tell(language, entry), ...lastLines(entry)].join("\n"));
    });
  if (follows && list.childElementCount !== had) list.scrollTop = list.scrollHeight;
  list.hidden = entries.length === 0;
  $("no-story").hidden = entries.length > 0;
}

/** The end of the log of a desktop server that died. */
function lastLines(entry) {
  return entry.with.log ? entry.with.log.split("\n").slice(-3) : [];
}

// --- language, and the buttons that are always there

function speak(chosen) {
  language = languages[chosen] ? chosen : "en";
  localStorage.setItem("language", language);
  document.documentElement.lang = language;
  document.title = t("title");
  document.querySelectorAll("[data-t]").forEach((made) => made.id !== "summary" && text(made, t(made.dataset.t)));
  document.querySelectorAll("[data-label]").forEach((made) => attribute(made, "aria-label", t(made.dataset.label)));
  document.querySelectorAll("[data-lang]").forEach((made) => attribute(made, "aria-pressed", made.dataset.lang === language));
  show();
}
document.querySelectorAll("[data-lang]").forEach((made) => made.addEventListener("click", () => speak(made.dataset.lang)));
$("call").addEventListener("submit", (event) => {
  event.preventDefault();
  const { from, to } = Object.fromEntries(new FormData(event.target));
  command({ call_in: { from, to } });
});
$("values").addEventListener("submit", (event) => event.preventDefault());

speak(new URLSearchParams(location.search).get("lang") ?? language);
for (;;) {
  await refresh();
  await new Promise((done) => setTimeout(done, lost ? 1000 : EVERY_MS));
}
