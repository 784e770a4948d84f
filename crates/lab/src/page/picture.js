// The picture of the whole lab: a card for every part, at its place, with its faults on it. What is pressed is a fault
// that is on. The wires between the cards are drawn by wires.js.
import { $, attribute, attributes, button, dress, element, keyed, shape, text } from "./dom.js";
import { awdbFaults, CTI, linkFaults, NODE, peerFaults, SWITCH } from "./faults.js";
import { awdbIlls, awdbMood, counted, ctiMood, ctis, ills, linkKind, links, live, nodeMood, peerKind, switchMood } from "./model.js";
import { cardId, watch } from "./wires.js";

const MOOD_OF_WIRE = { live: "good", up: "good", ill: "warn", cut: "bad", idle: "idle" };
const COUNTED_MAX = 4;

/** Makes a picture that sends orders; the result shows a state in a language. */
export function picture({ order, script, values }) {
  const [LINK, PEER, AWDB] = [linkFaults(values), peerFaults(values), awdbFaults(values)];
  return function show(state, say) {
    keyed($("parts"), parts(state, say, { LINK, PEER, AWDB }), (part) => part.id, make, fill);
    function make(part) {
      const why = element("p", { class: "why" });
      const made = element("article", { class: `part ${part.kind}`, id: cardId(part.id) },
        element("h3", {}, element("span"), element("small")), element("p", { class: "mood" }), why);
      if (part.extra) made.append(part.extra());
      if (part.groups) made.append(chips(made, part));
      watch(made);
      return made;
    }
    function chips(card, part) {
      const groups = part.groups.map((group) => {
        const buttons = group.faults.map((fault) => button(() => {
          const now = card.now;
          order(fault.on?.(now) ? fault.end(now) : fault.begin(now));
        }));
        return element("div", { class: "group", role: "group" }, ...(group.label ? [element("span")] : []), ...buttons);
      });
      const isFolded = (_, index) => part.groups[index].folded;
      const folded = groups.filter(isFolded);
      const more = folded.length ? [element("details", {}, element("summary"), ...folded)] : [];
      return element("div", { class: "chips" }, ...groups.filter((made, index) => !isFolded(made, index)), ...more);
    }
  };

  function fill(card, part) {
    card.now = part.now;
    attribute(card, "data-mood", part.mood);
    attribute(card, "aria-label", part.label ?? part.name);
    const [title, mood, why] = card.children;
    text(title.firstChild, part.name);
    text(title.lastChild, part.address ?? "");
    text(mood, part.word);
    text(why, part.why ?? "");
    attribute(why, "title", part.why || null);
    part.fillExtra?.(card);
    const more = card.querySelector("details > summary");
    if (more) text(more, part.say("waysTo"));
    part.groups?.forEach((group, index) => fillGroup(card.querySelectorAll(".group")[index], group, part));
  }
  function fillGroup(made, group, { say, now, name }) {
    const buttons = made.querySelectorAll("button");
    const label = group.label && say(group.label, group.labelValues);
    const isOffered = group.faults.some((fault) => fault.on?.(now));
    const other = !isOffered && group.other?.(now);
    if (group.label) text(made.firstChild, other ? `${say(group.label)} · ${say(...other)}` : label);
    attribute(made, "aria-label", label ? `${name}: ${label}` : name);
    group.faults.forEach((fault, index) => {
      const it = buttons[index];
      const word = typeof fault.word === "function" ? fault.word(now) : fault.word;
      const said = say(word, fault.values);
      // A button whose word changes says by its word what it does; the others say by being pressed that they are on.
      dress(it, said, say("faultOf", { fault: said, link: group.labelValues ? `${label}, ${name}` : name }), fault.ofPart ? undefined : fault.on?.(now));
      attribute(it, "data-life", fault.ofPart ? (fault.on(now) ? "start" : "kill") : null);
      it.disabled = !(fault.may ?? group.may ?? (() => true))(now);
    });
  }

  /** All of them, in the order in which the keyboard reaches them: from the callers to the desktops. */
  function parts(state, say, { LINK, PEER, AWDB }) {
    const list = (names) => say.list(names);
    const common = (part) => ({ say, ...part });
    const word = ([mood, name]) => ({ mood, word: say(name) });
    return [
      {
        id: "callers", kind: "callers", name: say("callers"), now: state, ...callersNow(state, say),
        extra: () => scripts(script), fillExtra: (card) => fillScripts(card, state, say),
      },
      { id: "switch", kind: "switch", name: say("switch"), address: say("calls_n", { n: live(state).length }),
        ...word(switchMood(state.truth)), now: state.truth, groups: SWITCH },
      ...ctis(state).map((cti) => ({ id: cti.id, kind: "cti", name: cti.id, address: cti.address, ...word(ctiMood(cti)),
        why: cti.clients ? say("servesNodes", { n: cti.clients }) : say("servesNone"), now: cti, groups: CTI })),
      ...links(state).map((link) => ({ id: link.id, kind: "point", name: say("linkOf", link), now: link, groups: LINK,
        mood: MOOD_OF_WIRE[linkKind(state, link)], word: linkWord(state, link, say),
        address: say("heartbeatsOf", { confirmed: link.tally.heartbeats_confirmed, asked: link.tally.heartbeats_asked }) })),
      ...state.nodes.slice(0, 1).map(nodePart),
      ...(state.peer ? [{ id: "peer", kind: "point", name: say("peerLink"), now: state.peer, groups: PEER,
        mood: MOOD_OF_WIRE[peerKind(state)], word: ends(state.peer, peerKind(state), say) }] : []),
      ...state.nodes.slice(1).map(nodePart),
      ...state.nodes.slice(0, 1).map(desksPart),
      ...state.awdbs.map(awdbPart),
      ...state.nodes.slice(1).map(desksPart),
    ].map(common);

    function nodePart(node) {
      const at = state.links.filter((link) => link.node === node.name && link.tally.up).map((link) => link.cti);
      const why = node.reason ? say.sentence(node.reason) : at.length && node.process === "running" ? say("connectedTo", { cti: list(at) }) : "";
      return { id: node.name, kind: "node", name: node.name, address: node.host, ...word(nodeMood(node)), why, now: node, groups: NODE };
    }
    function awdbPart(host) {
      const wrong = awdbIlls(host).map(([node, ills]) => say("illFrom", { node, ills: ills.map((ill) => say(...ill)).join(say("comma")) }));
      const sum = (key) => host.links.reduce((all, link) => all + link.tally[key], 0);
      return { id: host.name, kind: "awdb", name: host.name, address: host.address, ...word(awdbMood(host)), now: host, groups: AWDB,
        why: wrong.length ? wrong.join(say("comma")) : say("awdbCounts", { logins: sum("logins"), requests: sum("requests") }) };
    }
    function desksPart(node) {
      const here = new Set(node.desktops);
      const agents = state.truth.agents.filter((agent) => here.has(agent.id));
      const [mood, word] = node.process !== "running" ? ["bad", say("noDesktops")] : [agents.length ? "good" : "idle", say("desktops_n", { n: agents.length })];
      return { id: `desks ${node.name}`, kind: "desks", name: say("desktops"), address: node.name,
        label: say("desktopsOf", { node: node.name }), mood, word,
        extra: () => element("div", { class: "desk" }, shape("svg", { class: "bar", viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" }),
          element("ul"), element("a", { target: "_blank", rel: "noopener", href: `http://${node.host}:8082/desktop/` })),
        fillExtra: (card) => fillDesks(card.querySelector(".desk"), counted(agents), say) };
    }
  }
}

function linkWord(state, link, say) {
  return ends(link, linkKind(state, link), say);
}
/** A link says its faults; without any, whether it is connected, and if not because an end is down. */
function ends(link, kind, say) {
  const wrong = ills(link.condition).map((ill) => say(...ill));
  if (wrong.length) return wrong.join(say("comma"));
  return say({ cut: "endDown", live: "live", ill: "endHangs", idle: "idle" }[kind]);
}

function callersNow(state, say) {
  const waiting = Object.values(state.truth.waiting).reduce((sum, calls) => sum + calls.length, 0);
  const outside = live(state).filter((call) => call.parties.some((party) => !party.inside)).length;
  return { mood: outside ? "good" : "idle", word: say("callers_n", { n: outside }), why: waiting ? say("waiting_n", { n: waiting }) : "" };
}
const SCRIPTS = [["oneCall", { plot: "call" }], ["fiveCalls", { plot: "call", callers: 5 }], ["steady", null]];
const STEADY_A_MINUTE = 12;
function scripts(script) {
  const rate = (made) => ({ rate: made.getAttribute("aria-pressed") === "true" ? 0 : STEADY_A_MINUTE });
  const buttons = SCRIPTS.map(([, order]) => button((made) => script(order ?? rate(made))));
  return element("div", { class: "chips" }, element("div", { class: "group", role: "group" }, ...buttons));
}
function fillScripts(card, state, say) {
  const rate = state.truth.autopilot_calls_per_minute;
  SCRIPTS.forEach(([word, order], index) =>
    dress(card.querySelectorAll("button")[index], say(word, { n: rate || STEADY_A_MINUTE }), undefined, order ? undefined : rate > 0));
}

/** A bar of the states, and the busiest of them in words. */
function fillDesks(made, states, say) {
  const [bar, list, link] = made.children;
  const all = states.reduce((sum, { n }) => sum + n, 0);
  let x = 0;
  keyed(bar, states, ({ state }) => state, () => shape("rect", { y: 0, height: 6 }), (rect, { state, n }) => {
    attributes(rect, { x: (100 * x) / all, width: (100 * n) / all, "data-state": state });
    x += n;
  });
  keyed(list, states.slice(0, COUNTED_MAX), ({ state }) => state, () => element("li"), (item, { state, n }) => {
    attribute(item, "data-state", state);
    text(item, say("stateCount", { state: say(state), n }));
  });
  text(link, say("openDesktop"));
}
