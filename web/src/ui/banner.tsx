/** Which server serves this page; while something is wrong: which, why, and what is next (failover.md section 7). */

import type { Banner, BannerKind } from "../failover/types.js";
import { originOf } from "../desk/pair.js";
import type { SignInFailure } from "../desk/sign-in.js";
import type { Store } from "../desk/store.js";
import { t } from "../text/index.js";
import { secondsUntil } from "./clock.js";

/** Banners that name the server to which the agent is moved. */
const OF_THE_OTHER = new Set<BannerKind>(["moved", "moving", "sign_in_failed", "sign_in_refused"]);

/** Refused sign-ins, and those refusals of them after which the agent or the site has something to do. */
const REFUSED = new Set<BannerKind>(["sign_in_failed", "sign_in_refused"]);
const FOR_PEOPLE = new Set<SignInFailure["cause"]>(["wrong_password", "unknown_user", "device", "device_busy", "extension", "mode", "mobile_unreached", "refused"]);

export function BannerStrip({ store }: { store: Store }) {
  const banner = store.banner.value;
  const kind = banner ? (store.current.value ? "good" : banner.banner === "both_down" ? "bad" : "busy") : "calm";
  return (
    <div class={`banner ${kind}`} role="status" aria-live="polite" data-banner={banner?.banner ?? ""}>
      {banner ? <Told store={store} banner={banner} /> : <p>{serving(store)}</p>}
      {store.current.value && store.isStranded(location.hostname) && <Stranded store={store} />}
    </div>
  );
}

function Told({ store, banner }: { store: Store; banner: Banner }) {
  const texts = t.value;
  const hosts = store.hosts.value;
  const [host, other] = [hosts[banner.server], hosts[banner.server === "primary" ? "secondary" : "primary"]];
  const reason = texts.reasons[banner.reason];
  // The reason is always one of the server that was lost; a move names the other one.
  const names = OF_THE_OTHER.has(banner.banner);
  return (
    <p>
      <strong>{texts.banner[banner.banner](host)}</strong>{" "}
      {REFUSED.has(banner.banner) && <Refusal failure={store.moveFailure.value} />}
      {names ? texts.before(other, reason) : saysWhy(banner) && texts.because(reason)} <Next banner={banner} store={store} />
    </p>
  );
}

/** The other server's own word. */
function Refusal({ failure }: { failure: SignInFailure | null }) {
  if (!failure || !FOR_PEOPLE.has(failure.cause)) return null;
  return (
    <span class="cause">
      {t.value.signInFailures[failure.cause]} {failure.detail && <small>{failure.detail}</small>}{" "}
    </span>
  );
}

/** Whoever reads may be on the other server by now, of which only the reading can have failed. */
function saysWhy({ banner, reason }: Banner): boolean {
  return banner === "reading" ? reason === "unread" : banner !== "lost";
}

/** Loading the page again would ask the server that was left. */
function Stranded({ store }: { store: Store }) {
  const host = store.hosts.value[store.server.value];
  const address = `${originOf(host)}/desktop/`;
  return (
    <p class="stranded">
      {t.value.stranded} <a href={address}>{address}</a>
    </p>
  );
}

/** Not read out each second: a timer is silent. */
function Next({ banner, store }: { banner: Banner; store: Store }) {
  if (store.current.value) return null;
  const { nextIn, movesIn, tryingNow } = t.value;
  const when = banner.banner === "moving" ? movesIn : nextIn;
  return (
    <span class="next" role="timer" aria-live="off">
      {banner.next_at === null ? tryingNow : when(secondsUntil(banner.next_at))}
    </span>
  );
}

function serving(store: Store): string {
  const server = store.server.value;
  return `${t.value.server}: ${store.hosts.value[server]} (${t.value[server]})`;
}
