// Who can sign in with what, in which state each is, where his desktop is, and what he can do at the phone.
import { $, attribute, button, dress, element, keyed, text } from "./dom.js";

/** Rows that are shown; the search finds the others. So a lab of thousands costs no more than one of dozens. */
const SHOWN_MAX = 40;

/** What an agent does at the phone, and in which states the switch allows it; a reserved agent waits for the call. */
const AT_PHONE = [
  ["signIn", { login: {} }, (state) => state === "LOGOUT"],
  ["ready", "ready", (state) => !["LOGOUT", "AVAILABLE", "RESERVED"].includes(state)],
  ["notReady", { not_ready: 0 }, (state) => !["LOGOUT", "NOT_READY", "RESERVED"].includes(state)],
  ["signOut", { logout: 0 }, (state) => state === "NOT_READY"],
];
const KIND = { LOGOUT: "off", AVAILABLE: "on", TALKING: "busy", HOLD: "busy", RESERVED: "busy" };

/** Shows those whom the search finds; `command` sends an order to the switch. */
export function agents(state, say, command) {
  text($("password"), state.people.password ?? "");
  $("administrator").hidden = !state.people.administrator;
  text($("administrator-name"), state.people.administrator?.name ?? "");
  text($("administrator-password"), state.people.administrator?.password ?? "");
  $("desktop-links").replaceChildren(...($("desktop-links").childElementCount ? $("desktop-links").children : state.nodes.map(desktopLink)));
  [...$("desktop-links").children].forEach((link, index) => text(link, say("desktopAt", { node: state.nodes[index].name })));
  const found = search(joined(state), $("search").value);
  keyed($("agents").tBodies[0], found.slice(0, SHOWN_MAX), (agent) => agent.id, () => row(command), (made, agent) => fill(made, agent, say));
  text($("more-agents"), found.length > SHOWN_MAX ? say("moreAgents", { n: found.length - SHOWN_MAX }) : "");
  $("no-agents").hidden = found.length > 0;
}
const desktopLink = (node) => element("a", { href: `http://${node.host}:8082/desktop/`, target: "_blank", rel: "noopener" });

function joined(state) {
  const truth = new Map(state.truth.agents.map((agent) => [agent.id, agent]));
  const places = new Map(state.nodes.flatMap((node) => node.desktops.map((id) => [id, node.name])));
  return state.people.agents.map((person) => {
    const now = truth.get(person.id);
    const for_ms = state.truth.at_ms - (now?.since_ms ?? 0);
    return { ...person, ...now, extension: now?.extension || person.extension, for_ms, at: places.get(person.id) ?? "" };
  });
}
function search(all, typed) {
  const wanted = typed.trim().toLowerCase();
  const says = ({ id, login_name, extension, first_name, last_name }) => [id, login_name, extension, first_name, last_name].join(" ").toLowerCase();
  return wanted ? all.filter((agent) => says(agent).includes(wanted)) : all;
}

function row(command) {
  const made = element("tr", {}, element("th", { scope: "row" }), ...[1, 2, 3, 4].map(() => element("td")), element("td", { class: "number" }),
    element("td"), element("td", {}, element("div", { class: "group", role: "group" })));
  made.querySelector(".group").append(...AT_PHONE.map(([, to]) => button(() => command({ agent_state: { agent: made.dataset.key, to } }))));
  return made;
}
function fill(made, agent, say) {
  const [id, name, login, extension, now, since, at, phone] = made.cells;
  text(id, agent.id);
  text(name, agent.supervisor ? `${nameOf(agent)} (${say("supervisor")})` : nameOf(agent));
  text(login, agent.login_name);
  text(extension, agent.extension);
  text(now, agent.reason ? `${say(agent.state)} (${agent.reason})` : say(agent.state));
  attribute(now, "class", KIND[agent.state] ?? "");
  text(since, agent.state === "LOGOUT" ? "" : clock(agent.for_ms));
  text(at, agent.at);
  AT_PHONE.forEach(([word, , may], index) => {
    const it = phone.firstChild.children[index];
    dress(it, say(word), say("agentAct", { act: say(word), id: agent.id }));
    it.disabled = !may(agent.state);
  });
  captions(made, $("agents"));
}
/** Family name first where the script of the name has it so. */
const FAMILY_FIRST = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
function nameOf({ first_name: first, last_name: last }) {
  return FAMILY_FIRST.test(last) ? `${last} ${first}` : `${first} ${last}`;
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
