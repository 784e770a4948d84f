// Scripted callers, and every call with what its phones can do now.
import { $, attribute, button, dress, element, keyed, text } from "./dom.js";
import { live } from "./model.js";

const CONFERENCE = 15, TRANSFERRED = 4;
const MANY = 5;
const SCRIPTS = [["oneCall", "call", 1], ["fiveCalls", "call", MANY], ["consult", "consult", 1], ["transfer", "transfer", 1],
  ["conference", "conference", 1]];
const RATES = [6, 12, 60];
const SHARES = [30, 100];
/** Calls that are shown; of more, how many they are. */
const SHOWN_MAX = 30;

const form = () => $("script").elements;

/** Makes the buttons of the scripts, and what shows the calls. */
export function callList({ order, command }) {
  const plots = SCRIPTS.map(([, plot, callers]) => button(() => play(plot, callers)));
  $("plots").append(...plots);
  const rate = (n) => ({ autopilot: { ...pilot(), calls_per_minute: n } });
  const share = (n) => ({ autopilot: { ...pilot(), joined_percent: n } });
  const rates = RATES.map((n) => toggle(() => command(rate(isRate(n) ? 0 : n))));
  const shares = SHARES.map((n) => toggle(() => command(share(isShare(n) ? 0 : n))));
  $("rates").append(...rates);
  $("shares").append(...shares);
  $("end-calls").addEventListener("click", endAll);
  $("script").addEventListener("submit", (event) => event.preventDefault());
  let now = null;

  function play(plot, callers) {
    if ($("script").reportValidity()) order({ script: { plot, callers, to: form().to.value, answers: form().answers.checked } });
  }
  const pilot = () => ({ calls_per_minute: now.autopilot_calls_per_minute, joined_percent: now.autopilot_joined_percent, phones_answer: form().answers.checked });
  const isRate = (n) => now.autopilot_calls_per_minute === n;
  const isShare = (n) => now.autopilot_joined_percent === n;
  function endAll() {
    for (const call of live({ truth: now })) for (const { device } of call.parties) command({ hang_up: { device, call: call.id } }, true);
  }

  function script({ rate: n, ...rest }) {
    if (n != null) command(rate(n));
    else play(rest.plot, rest.callers ?? 1);
  }
  function show(state, say) {
    now = state.truth;
    plots.forEach((made, index) => dress(made, say(SCRIPTS[index][0]), undefined, undefined));
    rates.forEach((made, index) => dress(made, say("perMinute", { n: RATES[index] }), undefined, isRate(RATES[index])));
    shares.forEach((made, index) => {
      dress(made, say("percent", { n: SHARES[index] }), undefined, isShare(SHARES[index]));
      made.disabled = now.autopilot_calls_per_minute === 0;
    });
    showCalls(live(state), now, say, command);
    if (!$("numbers").children.length) $("numbers").append(...state.people.numbers.map((value) => element("option", { value })));
  }
  return { show, script };
}
const toggle = (press) => button(press);

function showCalls(calls, truth, say, command) {
  keyed($("calls"), calls.slice(0, SHOWN_MAX), (call) => call.id,
    () => element("li", {}, element("div", { class: "what" }, element("strong"), element("small")), element("div")),
    (made, call) => {
      text(made.querySelector("strong"), say("call", { id: call.id }));
      text(made.querySelector("small"), [`${call.from} → ${call.to}`, ...kindOf(call, say), say("stage" + call.stage)].join(" · "));
      keyed(made.lastChild, call.parties, (party) => party.device, (party) => leg(call, party, command),
        (row, party) => fillLeg(row, call, party, truth, say));
    });
  $("no-calls").hidden = calls.length > 0;
  text($("more-calls"), calls.length > SHOWN_MAX ? say("more_n", { n: calls.length - SHOWN_MAX }) : "");
  $("end-calls").disabled = calls.length === 0;
}
/** What makes a call more than one that somebody placed. */
function kindOf(call, say) {
  if (call.call_type === CONFERENCE) return [call.controller ? say("conferenceOf", { device: call.controller }) : say("conferenceCall")];
  if (call.consult_about != null) return [say("consultAbout", { id: call.consult_about })];
  return call.call_type === TRANSFERRED ? [say("transferred")] : [];
}

/** What a leg can do: its name in an order, its word, and what the order says. */
const onCall = (party, call) => ({ device: party.device, call: call.id });
const towards = (party, call) => ({ ...onCall(party, call), to: form().towards.value });
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
function leg(call, party, command) {
  const made = ALL_ACTS.map(([verb, , says]) =>
    button(() => (says !== towards || form().towards.reportValidity()) && command({ [verb]: says(party, call) })));
  return element("div", { class: "leg" }, element("span"), ...made.slice(0, ACTS.length),
    element("div", { class: "group joint", role: "group" }, ...made.slice(ACTS.length)));
}
function fillLeg(row, call, party, truth, say) {
  text(row.firstChild, `${party.device} · ${say("leg" + party.state)}`);
  const may = [...can(call, party), ...canJoin(call, party, truth)];
  row.querySelectorAll("button").forEach((made, index) => {
    const [verb, word] = ALL_ACTS[index];
    dress(made, say(word), say("actOn", { act: say(word), device: party.device, id: call.id }));
    made.disabled = !may.includes(verb);
    if (index >= ACTS.length) made.hidden = made.disabled;
  });
  const joint = row.lastChild;
  joint.hidden = !canJoin(call, party, truth).length;
  attribute(joint, "aria-label", party.device);
}

/** What a phone of ours can do that has a second call, or wants one. */
function canJoin(call, party, truth) {
  if (!party.inside) return [];
  const held = truth.calls.some((other) => other.id !== call.id &&
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
