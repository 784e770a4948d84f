// A day of an agent with a stock client: day.mjs CLIENT...
//
// Starts a lab of its own and one client after the other, plays the day over REST and at the lab's phones, and holds
// what the client is told against what must have been told. Fails at the first event that does not come.

import { Client, clients } from "./client.mjs";
import { Lab } from "./lab.mjs";
import { Rest } from "./rest.mjs";

// The agent of the day supervises the team that his colleague is in.
const AGENT = { id: "1001", extension: "1001" };
const COLLEAGUE = { id: "1002", extension: "61002" };
// Reason codes of every lab.
const [LUNCH, END_OF_SHIFT] = [1, 4];
const COLLEAGUES_NODE = `/finesse/api/User/${COLLEAGUE.id}`;

async function day(name, lab) {
  const client = new Client(name, lab, AGENT, [COLLEAGUES_NODE]);
  const [agent, colleague] = [AGENT, COLLEAGUE].map((who) => new Rest(lab, who, () => client.mark()));
  const order = (...words) => {
    client.mark();
    return lab.ctl(...words);
  };
  const user = ({ id }, state) => ({ node: `/finesse/api/User/${id}`, event: "PUT", "user state": state });
  const state = (who, wanted) => client.event(`${who.id} is ${wanted}`, user(who, wanted));
  const change = async (who, rest, fields, wanted) =>
    client.first(`${who.id} asks for ${wanted}`, await rest.user(fields), user(who, wanted));
  const dialog = (what, wanted) => client.event(what, { node: `/finesse/api/User/${AGENT.id}/Dialogs`, ...wanted });

  await client.says("connected");
  await client.says("subscribed");

  // Sign in. The first event after a request is that request's.
  const { extension } = AGENT;
  await change(COLLEAGUE, colleague, { state: "LOGIN", extension: COLLEAGUE.extension }, "NOT_READY");
  await change(AGENT, agent, { state: "LOGIN", extension }, "NOT_READY");
  await change(AGENT, agent, { state: "READY" }, "READY");

  // A call: rings, is answered, held and taken back.
  await order("call", "0312345678", "7200");
  const rings = await dialog("the call rings", { event: "POST", "Dialog state": "ALERTING" });
  const call = rings.text("Dialog id");
  const changed = { event: "PUT", "dialog id": call };
  const active = { ...changed, "dialog state": "ACTIVE" };
  await agent.act(call, "ANSWER");
  await dialog("the call is answered", active);
  await state(AGENT, "TALKING");
  await agent.act(call, "HOLD");
  await dialog("the call is held", { ...changed, states: { [extension]: "HELD" } });
  await agent.act(call, "RETRIEVE");
  await dialog("the call is taken back", { ...changed, states: { [extension]: "ACTIVE" } });

  // A consultation with the colleague, and a conference of the three.
  await agent.act(call, "CONSULT_CALL", { toAddress: COLLEAGUE.extension });
  const asks = await dialog("the consultation begins", { event: "POST" });
  const consultation = asks.text("Dialog id");
  const rang = await colleague.until("the colleague's phone rings", "/Dialogs", "<action>ANSWER</action>");
  await colleague.act(/<id>(\d+)<\/id>/.exec(rang)[1], "ANSWER");
  await dialog("the colleague answers", {
    event: "PUT", "dialog id": consultation, states: { [COLLEAGUE.extension]: "ACTIVE" },
  });
  await state(COLLEAGUE, "TALKING");
  await agent.act(call, "CONFERENCE");
  const together = { [extension]: "ACTIVE", [COLLEAGUE.extension]: "ACTIVE", "0312345678": "ACTIVE" };
  await dialog("the conference", { ...changed, states: together });

  // The CTI server dies under the call. Whoever was subscribed still is.
  const [activeSide] = lab.sides;
  await order("kill", activeSide);
  const system = (wanted) =>
    client.event(wanted, { node: "/finesse/api/SystemInfo", "systemInfo status": wanted });
  await system("OUT_OF_SERVICE");
  await system("IN_SERVICE");
  await agent.act(call, "HOLD");
  await dialog("the conference is held through the other CTI server", { ...changed, states: { [extension]: "HELD" } });
  await agent.act(call, "RETRIEVE");
  await dialog("the conference is taken back", { ...changed, states: together });

  // Wrap-up is asked for during the call and comes after it.
  await agent.user({ state: "WORK" });
  await agent.act(call, "DROP");
  await state(AGENT, "WORK");
  await dialog("the call is wrapped up", { ...changed, states: { [extension]: "WRAP_UP" } });
  await change(AGENT, agent, { state: "NOT_READY", reasonCodeId: LUNCH }, "NOT_READY");
  await dialog("the call is over", { event: "DELETE", "Dialog id": call });

  // The subscription of the client's own making has come over the failover, too.
  await order("hangup", COLLEAGUE.extension);
  await state(COLLEAGUE, "NOT_READY");
  await change(COLLEAGUE, colleague, { state: "READY" }, "READY");
  await change(COLLEAGUE, colleague, { state: "NOT_READY", reasonCodeId: LUNCH }, "NOT_READY");
  await change(COLLEAGUE, colleague, { state: "LOGOUT", reasonCodeId: END_OF_SHIFT }, "LOGOUT");
  await change(AGENT, agent, { state: "LOGOUT", reasonCodeId: END_OF_SHIFT }, "LOGOUT");
  await client.leave();
  await lab.ctl("start", activeSide);
  lab.sides.reverse();
  return client.seen;
}

const wanted = process.argv.slice(2);
const lab = await Lab.start();
try {
  for (const name of wanted.length > 0 ? wanted : Object.keys(clients)) {
    const events = await day(name, lab);
    console.log(`${name}: a whole day, ${events} events`);
  }
} finally {
  await lab.stop();
}
