// The faults of the CTI servers and of the switch behind them, as cards of rows of buttons. What is pressed is what
// /api/state says; a button without `is` does something once.
import { $, attribute, button, dress, element, keyed, text } from "./dom.js";

const once = (word, does) => ({ word, does });
/** One of several settings that exclude each other; `rest` is the one that is no fault. */
const choice = (word, is, does, rest = false, values = {}) => ({ word, is, does, rest, values });
const seconds = (ms) => ({ s: ms / 1000 });

const GARBAGE = ["random_bytes", "half_message", "wrong_length"];
const DELAYS_MS = [0, 700, 2000, 10000];
const LOSSES = ["keep", "load0", "load1"];
const RATES = [0, 6, 12, 60];
const SHARES = [0, 30, 100];
const NEWS = [null, "party_missing", "call_missing", "inconsistent", "repeated"];

/** The faults of one CTI server. */
const SIDE = [
  ["heartbeats", [
    choice("mute", (s) => s.mute, (s) => ({ mute_heartbeats: [s.side, !s.mute] })),
  ]],
  ["sessions", [
    choice("accept", (s) => s.refuses == null, (s) => ({ refuse_opens: [s.side, null] }), true),
    ...[15, 92, 107].map((status) =>
      choice("status", (s) => s.refuses === status, (s) => ({ refuse_opens: [s.side, status] }), false, { status })),
  ], (s, t) => t("status", { status: s.refuses })],
  ["garbage", [
    ...GARBAGE.map((kind) => once(kind, (s) => ({ garbage_to_clients: [s.side, kind] }))),
    choice("endless_stream", (s) => s.streams, (s) => ({ garbage_to_clients: [s.side, "endless_stream"] })),
  ]],
];
/** A side that is down has no faults to set, and garbage needs somebody who hears it. */
function mayAtSide(row, choice, side) {
  if (side.role === "down") return false;
  return row !== "garbage" || (side.role === "active" && !side.hung && !side.streams && side.clients > 0);
}

/** The faults behind both CTI servers. */
const SWITCH = [
  ["reach", [
    choice("peripheral", (t) => !t.peripheral_online,
      (t) => (t.peripheral_online ? "peripheral_offline" : "peripheral_online")),
    choice("central", (t) => !t.central_controller_online,
      (t) => (t.central_controller_online ? "central_controller_down" : "central_controller_up")),
    once("switchOver", () => "switch_over"),
  ]],
  ["answersAre", [
    ...DELAYS_MS.map((ms) =>
      choice(ms ? "late" : "atOnce", (t) => t.answer_delay_ms === ms, () => ({ delay_answers: ms }), !ms, seconds(ms))),
    choice("afterEvents", (t) => t.answers_after_events, (t) => ({ answers_after_events: !t.answers_after_events })),
  ], (truth, t) => t("late", seconds(truth.answer_delay_ms)), (choice) => choice.word !== "afterEvents"],
  ["conferenceNews", NEWS.map((how) =>
    choice(how ?? "asTheyAre", (t) => t.wrong_conferences === how, () => ({ wrong_conferences: how }), !how))],
  ["onLoss", LOSSES.map((what) =>
    choice(what, (t) => t.on_client_loss === what, () => ({ on_client_loss: what }), what === "keep"))],
];
function mayAtSwitch(row, choice, truth) {
  return choice.word !== "switchOver" || truth.sides.some((side) => side.role === "standby" && !side.hung);
}

const autopilot = (calls_per_minute, joined_percent) => ({ autopilot: { calls_per_minute, phones_answer: true, joined_percent } });
const AUTOPILOT = [
  ["autopilot", RATES.map((rate) =>
    choice(rate ? "perMinute" : "off", (t) => t.autopilot_calls_per_minute === rate,
      (t) => autopilot(rate, t.autopilot_joined_percent), true, { n: rate })),
    (truth, t) => t("perMinute", { n: truth.autopilot_calls_per_minute })],
  ["joined", SHARES.map((share) =>
    choice(share ? "percent" : "none", (t) => t.autopilot_joined_percent === share,
      (t) => autopilot(t.autopilot_calls_per_minute, share), true, { n: share })),
    (truth, t) => t("percent", { n: truth.autopilot_joined_percent })],
];
/** Calls that do not come are not joined. */
const mayFly = (row, choice, truth) => row !== "joined" || truth.autopilot_calls_per_minute > 0;

/** Shows all of them; `t` says a word, `command` sends one to the switch. */
export function faults(truth, t, command) {
  const clients = (side) => truth.clients.filter((client) => client.side === side.side).length;
  const cards = [
    ...truth.sides.map((side) => ({
      key: side.side, title: `cti-${side.side.toLowerCase()}`, rows: SIDE, may: mayAtSide,
      now: { ...side, clients: clients(side) },
    })),
    { key: "switch", title: t("behindBoth"), rows: SWITCH, may: mayAtSwitch, now: truth },
  ];
  keyed($("faults"), cards, (card) => card.key,
    () => element("article", { class: "card" }, element("h3"), element("div")),
    (made, card) => {
      text(made.firstChild, card.title);
      rows(made.lastChild, card, t, command);
    });
  rows($("autopilot"), { title: t("callers"), rows: AUTOPILOT, may: mayFly, now: truth }, t, command);
}

function rows(parent, card, t, command) {
  // A button that was made earlier acts on what is true when it is pressed.
  parent.now = card.now;
  keyed(parent, card.rows, ([word]) => word, (row) => rowOf(parent, row, command), (made, [word, choices, other, excludes = () => true]) => {
    const [label, group] = made.children;
    // A value that was set elsewhere and has no button here.
    const offered = !other || choices.filter(excludes).some((choice) => choice.is?.(card.now));
    text(label, offered ? t(word) : `${t(word)} · ${other(card.now, t)}`);
    attribute(group, "aria-label", `${card.title}: ${t(word)}`);
    choices.forEach((choice, index) => {
      const it = group.children[index];
      dress(it, t(choice.word, choice.values), undefined, choice.is?.(card.now));
      attribute(it, "data-rest", choice.rest || null);
      it.disabled = !card.may(word, choice, card.now);
    });
  });
}
function rowOf(parent, [, choices], command) {
  const buttons = choices.map(({ does }) => button(() => command(does(parent.now))));
  return element("div", { class: "fault" }, element("span"), element("div", { class: "group", role: "group" }, ...buttons));
}
