/** Documents of the server that a test puts in place of its own, and what a page asks for. */

const tag = (name, content) => `<${name}>${content}</${name}>`;

export const participant = (address, state, { actions = [], type = "" } = {}) =>
  tag("Participant", tag("actions", actions.map((one) => tag("action", one)).join("")) + tag("mediaAddress", address) + tag("mediaAddressType", type) + tag("startTime", "2026-11-23T12:00:00.000Z") + tag("state", state) + tag("stateChangeTime", "2026-11-23T12:00:00.000Z"));

export const dialog = (id, { from, to, callType, variables = {}, more = "", media = "" }, ...participants) =>
  tag("Dialog", tag("associatedDialogUri", "") + tag("fromAddress", from) + tag("id", id)
    + tag("mediaProperties", tag("callType", callType) + media + tag("callvariables", Object.entries(variables).map(([name, value]) => tag("CallVariable", tag("name", name) + tag("value", value))).join("")))
    + tag("mediaType", "Voice") + tag("participants", participants.join("")) + more + tag("state", "ACTIVE") + tag("toAddress", to) + tag("uri", `/finesse/api/Dialog/${id}`));

export const refusal = (type, message = "") =>
  tag("ApiErrors", tag("ApiError", tag("ErrorData", "") + tag("ErrorMessage", message) + tag("ErrorType", type)));

const xml = (body, status = 200) => ({ status, contentType: "application/xml", body });

/** The agent's calls are these, as long as the page reads them. */
export async function withCalls({ context }, agent, ...dialogs) {
  await context.route(`**/finesse/api/User/${agent}/Dialogs`, (route) =>
    route.request().method() === "GET" ? route.fulfill(xml(tag("Dialogs", dialogs.join("")))) : route.fallback());
}

/** Takes the requests to this path, and answers each as the server would: 202, or a refusal. Gives what was asked. */
export async function taking({ context }, path, answers = []) {
  const asked = [];
  await context.route(`**/finesse/api/${path}`, (route) => {
    if (route.request().method() === "GET") return route.fallback();
    asked.push(route.request().postData());
    const refused = answers.shift();
    return route.fulfill(refused ? xml(refused, 400) : { status: 202, body: "" });
  });
  return asked;
}
