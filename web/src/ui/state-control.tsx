/** The agent's state, since when, and what it can be changed to. */

import type { Choice } from "../finesse/model.js";
import type { Desk } from "../desk/desk.js";
import { reasonOf, t } from "../text/index.js";
import { Button } from "./button.js";
import { Duration } from "./clock.js";
import { Menu } from "./menu.js";

const BUSY = new Set(["TALKING", "HOLD", "RESERVED", "RESERVED_OUTBOUND", "RESERVED_OUTBOUND_PREVIEW"]);

export function StateControl({ desk }: { desk: Desk }) {
  const { store, acts } = desk;
  const user = store.user.value;
  if (!user) return null;
  const texts = t.value;
  const blocked = !store.current.value || store.isWaiting("user");
  const set = (state: string) => (id: string | null) => void acts.setState(state, id);
  const mayLeave = user.state === "NOT_READY";
  return (
    <section class="state" aria-label={texts.state}>
      <div class="now" data-state={user.state}>
        <strong>{texts.stateNow(texts.states[user.state] ?? user.state, reasonOf(user))}</strong>
        <Duration store={store} since={user.since} />
        {user.pendingState && (
          <span class="pending">{texts.pending(texts.states[user.pendingState] ?? user.pendingState)}</span>
        )}
      </div>
      <div class="choices">
        <Button kind="good" unavailable={blocked || user.state === "READY"} onPress={() => set("READY")(null)}>
          {texts.ready}
        </Button>
        <Reasoned name={texts.notReady} reasons={store.notReadyReasons.value} blocked={blocked} take={set("NOT_READY")} />
        <Reasoned
          name={texts.signOut}
          reasons={store.signOutReasons.value}
          blocked={blocked || !mayLeave}
          title={mayLeave || BUSY.has(user.state) ? undefined : texts.signOutOnlyNotReady}
          take={set("LOGOUT")}
        />
      </div>
    </section>
  );
}

interface Props {
  name: string;
  reasons: readonly Choice[];
  blocked: boolean;
  title?: string | undefined;
  take: (id: string | null) => void;
}

/** A button, or a menu of reasons where the site has some. */
function Reasoned({ name, reasons, blocked, title, take }: Props) {
  if (reasons.length === 0) {
    return (
      <Button unavailable={blocked} title={title} onPress={() => take(null)}>
        {name}
      </Button>
    );
  }
  return (
    <Menu
      text={name}
      label={`${name}: ${t.value.chooseReason}`}
      choices={reasons}
      unavailable={blocked}
      title={title}
      take={({ id }) => take(id)}
    />
  );
}
