// The services of each desktop server and the link between the two, as cards of buttons. What is pressed is what is so
// now: a service that runs, a fault that is on.
import { $, attribute, button, dress, element, keyed, pressed, text } from "./dom.js";

const NAMES = ["platform", "webapp", "notification"];

/** Of the peer link: the word, the order, whether it is on, and the order that ends it. */
const clear = { fault: "clear" };
const latency = (ms) => ({ fault: "latency", up_ms: ms, down_ms: ms });
const FAULTS = [
  ["cutLink", () => ({ fault: "refuse" }), (c) => c.gate === "refuse", () => clear],
  ["hangLink", () => ({ fault: "hang" }), (c) => c.gate === "hang", () => clear],
  ["blackhole", () => ({ fault: "blackhole" }), (c) => c.gate === "blackhole", () => clear],
  ["latency", latency, (c) => c.up_ms + c.down_ms > 0, () => latency(0)],
  ["reset", () => ({ fault: "reset" })],
  ["restore", () => clear],
];

/** Shows all of them; `delay` says how many milliseconds a latency is, or nothing if it is no number. */
export function services(state, t, order, delay) {
  const cards = [
    ...state.nodes.map((node) => ({ key: node.name, title: node.name, node })),
    ...(state.peer ? [{ key: "peer", title: t("peerLink"), peer: state.peer }] : []),
  ];
  keyed($("services"), cards, (card) => card.key, (card) => {
    const press = card.node ? servicePress(card.key, order) : faultPress(order, delay);
    const count = card.node ? NAMES.length : FAULTS.length;
    const buttons = Array.from({ length: count }, (_, index) => button((made) => press(made, index)));
    return element("article", { class: "card" }, element("h3"), element("p", { class: "why" }),
      element("div", { class: "group", role: "group" }, ...buttons));
  }, (made, card) => {
    const [title, why, group] = made.children;
    text(title, card.title);
    attribute(group, "aria-label", card.title);
    if (card.node) fillNode(made, why, group, card.node, t);
    else fillPeer(made, why, group, state, t);
  });
}

const servicePress = (node, order) => (made, index) =>
  order({ service: { node, name: NAMES[index], run: !pressed(made) } });

function fillNode(made, why, group, node, t) {
  const known = new Map((node.control?.services ?? []).map((service) => [service.name, service]));
  const stopped = NAMES.filter((name) => known.get(name)?.running === false);
  attribute(made, "data-mood", !node.control ? "bad" : stopped.length ? "warn" : "good");
  text(why, node.control ? t(`peer_${node.control.peer.link}`, { note: node.control.peer.note }) : t("silent"));
  NAMES.forEach((name, index) => {
    const it = group.children[index];
    const running = known.get(name)?.running ?? false;
    dress(it, t(name), t(running ? "stopService" : "startService", { service: t(name), node: node.name }), running);
    attribute(it, "data-rest", "true");
    it.disabled = !node.control;
  });
}

const faultPress = (order, delay) => (made, index) => {
  const [word, begin, , end] = FAULTS[index];
  if (end && pressed(made)) return order({ peer: end() });
  const ms = word === "latency" ? delay() : 0;
  return ms !== undefined && order({ peer: begin(ms) });
};

function fillPeer(made, why, group, state, t) {
  const { condition, up } = state.peer;
  const ill = FAULTS.some(([, , on]) => on?.(condition));
  attribute(made, "data-mood", condition.gate === "refuse" ? "bad" : ill ? "warn" : up ? "good" : "bad");
  const words = [t(up ? "live" : "idle")];
  if (condition.up_ms + condition.down_ms > 0) words.push(t("slow", { ms: condition.up_ms }));
  text(why, words.join(" · "));
  FAULTS.forEach(([word, , on], index) =>
    dress(group.children[index], t(word), t("faultOf", { fault: t(word), link: t("peerLink") }), on ? on(condition) : undefined));
}
