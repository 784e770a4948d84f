/** Joins the page with its desktop: who signs in where, and what is shown meanwhile. */

import { signal } from "@preact/signals";
import { render } from "preact";

import "./ui/style.css";
import "./ui/team/style.css";
import { Desk } from "./desk/desk.js";
import { type SignInFailure, whoIs } from "./desk/sign-in.js";
import { Store } from "./desk/store.js";
import { OURS } from "./failover/settings.js";
import { readSystemInfo } from "./finesse/model.js";
import { Rest } from "./finesse/rest.js";
import { endpointOf, readPorts } from "./link/endpoint.js";
import { DeskPage } from "./ui/desk-page.js";
import { SignInPage, type Typed } from "./ui/sign-in-page.js";
import { language } from "./text/index.js";

const KEPT = "holdfast.who";

const store = new Store();
const desk = signal<Desk | null>(null);
const failure = signal<SignInFailure | null>(null);
const ended = signal<"signed_out" | "conflict" | null>(null);

/** Resolves to what went wrong, or to nothing. */
async function signIn({ user, password, extension }: Typed): Promise<SignInFailure | null> {
  const asked = await new Rest(location.origin, null).get("SystemInfo", OURS.poll_timeout * 2);
  if (!asked.ok) return { cause: asked.refusal.status === 0 ? "silent" : "out_of_service" };
  const info = asked.document && readSystemInfo(asked.document);
  if (!info) return { cause: "silent" };
  store.clockOf(info);
  if (!info.inService) return { cause: "out_of_service" };
  const known = await whoIs(new Rest(location.origin, { user, password }), user);
  if ("cause" in known) return known;
  const ports = await readPorts();
  const pair = {
    primary: endpointOf(info.primary, ports),
    secondary: info.secondary ? endpointOf(info.secondary, ports) : null,
  };
  const who = { user: known.id, password, extension, transports: transports() };
  const home = info.domain === info.secondary ? "secondary" : "primary";
  const settings = { ...OURS, two_servers: pair.secondary !== null };
  store.clear();
  store.server.value = home;
  const started = new Desk(store, pair, settings, who, home, leave);
  const trouble = await started.start();
  if (!trouble) desk.value = started;
  return trouble;
}

/** WebSocket, with BOSH where it does not work; BOSH alone by `?transport=bosh`. */
function transports() {
  const bosh = new URLSearchParams(location.search).get("transport") === "bosh";
  return bosh ? (["bosh"] as const) : (["websocket", "bosh"] as const);
}

async function attempt(typed: Typed): Promise<void> {
  keep(typed);
  store.phase.value = "signing_in";
  [failure.value, ended.value] = [null, null];
  failure.value = await signIn(typed).catch(() => ({ cause: "silent" }) as const);
  if (failure.value) store.phase.value = "sign_in";
}

function leave(why: "signed_out" | "conflict"): void {
  desk.value = null;
  ended.value = why;
  store.clear();
  store.phase.value = "sign_in";
}

/** For a page that is loaded again; never the password. */
function keep({ user, extension }: Typed): void {
  sessionStorage.setItem(KEPT, JSON.stringify({ user, extension }));
}

function kept(): { user: string; extension: string } {
  return JSON.parse(sessionStorage.getItem(KEPT) ?? "null") ?? { user: "", extension: "" };
}

function otherServer() {
  const { primary, secondary } = store.hosts.value;
  const host = location.hostname === primary ? secondary : primary;
  return host ? { host, url: `${location.protocol}//${host}:${location.port}/desktop/` } : null;
}

function App() {
  // Dates and names of the whole page follow the language.
  void language.value;
  if (desk.value) return <DeskPage desk={desk.value} />;
  return (
    <SignInPage
      typed={kept()}
      busy={store.phase.value === "signing_in"}
      failure={failure.value}
      ended={ended.value}
      otherServer={otherServer()}
      signIn={(typed) => void attempt(typed)}
    />
  );
}

addEventListener("pagehide", () => desk.value?.farewell());
addEventListener("pageshow", (event) => {
  if (event.persisted) desk.value?.shownAgain();
});

const root = document.getElementById("app");
if (root) render(<App />, root);
