/** Joins the page with its desktop: who signs in where, and what is shown meanwhile. */

import { effect, signal } from "@preact/signals";
import { render } from "preact";

import "./ui/style.css";
import "./ui/team/style.css";
import { Desk } from "./desk/desk.js";
import { keepPage } from "./desk/keep.js";
import { originOf, otherHost, pairOf, serverToEnter } from "./desk/pair.js";
import { ringing } from "./desk/ringing.js";
import { readServed } from "./desk/served.js";
import { type SignInFailure, whoIs } from "./desk/sign-in.js";
import { Store } from "./desk/store.js";
import { OURS, polledEvery } from "./failover/settings.js";
import { Rest } from "./finesse/rest.js";
import { told } from "./ui/announcer.js";
import { DeskPage } from "./ui/desk-page.js";
import { SignInPage, type Typed } from "./ui/sign-in-page.js";
import { language, t } from "./text/index.js";

const KEPT = "holdfast.who";
const NOBODY = { user: "", extension: "", mobile: null };

const store = new Store();
const desk = signal<Desk | null>(null);
const failure = signal<SignInFailure | null>(null);
const ended = signal<"signed_out" | "conflict" | null>(null);

/** Resolves to what went wrong, or to nothing. */
async function signIn({ user, password, extension, mobile }: Typed): Promise<SignInFailure | null> {
  const { origin, info } = await serverToEnter(OURS.poll_timeout * 2);
  if (!info) return { cause: "silent" };
  store.clockOf(info);
  if (!info.inService) return { cause: "out_of_service" };
  const known = await whoIs(new Rest(origin, { user, password }), user);
  if ("cause" in known) return known;
  const served = await readServed(origin !== location.origin);
  const pair = pairOf(info, served.notification);
  const who = { user: known.id, password, extension, mobile, transports: transports() };
  const home = info.domain === info.secondary ? "secondary" : "primary";
  const failover = { ...polledEvery(served.poll_interval), two_servers: pair.secondary !== null };
  const given = { failover, ping: served.ping_interval, workflowOrigins: served.workflow_origins ?? [] };
  store.clear();
  store.server.value = home;
  const started = new Desk(store, pair, given, who, home, leave);
  const trouble = await started.start();
  if (trouble) return trouble;
  desk.value = started;
  void keepPage().then((kept) => (store.kept.value = kept));
  return null;
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
function keep({ user, extension, mobile }: Typed): void {
  sessionStorage.setItem(KEPT, JSON.stringify({ user, extension, mobile }));
}

function kept(): Omit<Typed, "password"> {
  return { ...NOBODY, ...JSON.parse(sessionStorage.getItem(KEPT) ?? "null") };
}

function otherServer() {
  const host = otherHost();
  return host === null ? null : { host, url: `${originOf(host)}/desktop/` };
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

// The browser asks before it loads a page that may not come again.
addEventListener("beforeunload", (event) => {
  if (desk.value && store.isStranded(location.hostname)) event.preventDefault();
});

// A tab among others tells of a call, too.
effect(() => {
  const { product, desktop } = t.value;
  const [first] = ringing(store);
  document.title = first ? `${told(first)} – ${product}` : `${product} – ${desktop}`;
});

const root = document.getElementById("app");
if (root) render(<App />, root);
