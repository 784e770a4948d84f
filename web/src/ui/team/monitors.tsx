/** A supervisor listens to a call of a member: how it begins, and the card that it has while it lasts. It is no call of the
 * supervisor's own, so it stands apart from these, on both pages. */

import { useId } from "preact/hooks";

import { MONITORING } from "../../desk/acts.js";
import type { Desk } from "../../desk/desk.js";
import type { Dialog, Member } from "../../finesse/model.js";
import { t } from "../../text/index.js";
import { nameOf } from "../../text/name.js";
import { Button } from "../button.js";
import { Duration } from "../clock.js";
import { focusOn, useKeptFocus } from "../focus.js";
import "./monitors.css";

/** Among the other things that can be done to a member. */
export function MonitorButton({ desk, member, stale }: { desk: Desk; member: Member; stale: boolean }) {
  const { store, acts } = desk;
  const texts = t.value.supervisor;
  const isNotReady = store.user.value?.state === "NOT_READY";
  const isTalking = member.state === "TALKING";
  const isBusy = store.monitors.value.length > 0;
  const why = isBusy ? texts.monitorOne : !isNotReady ? texts.monitorOnlyNotReady : !isTalking ? texts.monitorOnlyTalking : undefined;
  const blocked = stale || why !== undefined || store.isWaiting(MONITORING);
  const monitor = () => void acts.monitor({ extension: member.extension, name: nameOf(member) });
  return (
    <Button unavailable={blocked} title={why} onPress={monitor}>
      {texts.monitor}
    </Button>
  );
}

/** `joined`: the call is one of the supervisor's own from now on. */
export function Monitors({ desk, joined }: { desk: Desk; joined: () => void }) {
  const section = useKeptFocus<HTMLElement>(goOn);
  const monitors = desk.store.monitors.value;
  return (
    <section ref={section} tabIndex={-1} class="monitors" aria-label={t.value.supervisor.monitors}>
      {monitors.map((dialog) => (
        <Monitor key={dialog.id} desk={desk} dialog={dialog} joined={joined} />
      ))}
    </section>
  );
}

/** To what is shown next, when the card that was worked on is gone. */
function goOn(section: HTMLElement): void {
  const page = section.closest(".desk");
  const calls = page?.querySelector<HTMLElement>("main:not([hidden]) .calls");
  focusOn(section.querySelector("button") ?? calls ?? page?.querySelector<HTMLElement>("h1") ?? section);
}

function Monitor({ desk, dialog, joined }: { desk: Desk; dialog: Dialog; joined: () => void }) {
  const { store, acts } = desk;
  const texts = t.value;
  const heading = useId();
  const me = dialog.participants.find(({ address }) => address === dialog.from);
  const current = store.current.value;
  const blocked = !current || store.isWaiting(dialog.id);
  const listens = me?.state === "ACTIVE";
  const name = desk.team.nameAt(dialog.to) || dialog.to;
  const bargeIn = () => void acts.bargeIn(dialog, name).then((taken) => taken && joined());
  return (
    <article class={`monitor ${current ? "" : "stale"}`} aria-labelledby={heading} data-dialog={dialog.id} data-state={me?.state ?? ""}>
      <div class="about">
        <h3 id={heading}>{texts.supervisor.monitoring(name)}</h3>
        <Duration store={store} since={me?.since ?? null} />
        {!current && <span class="tag warn">{texts.notCurrent}</span>}
        <p class="quiet">{listens ? texts.supervisor.unheard : texts.supervisor.connecting}</p>
      </div>
      <div class="row">
        <Button kind="primary" unavailable={blocked || !listens} onPress={bargeIn}>
          {texts.supervisor.bargeIn}
        </Button>
        <Button kind="danger" unavailable={blocked || !me?.actions.has("DROP")} onPress={() => void acts.act(dialog.id, "DROP")}>
          {texts.supervisor.stopMonitoring}
        </Button>
      </div>
    </article>
  );
}
