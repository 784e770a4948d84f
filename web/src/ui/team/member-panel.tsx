/** The member whom the supervisor has chosen: how he is, and what can be done. Signing somebody out is confirmed. */

import { useRef } from "preact/hooks";

import { memberOf } from "../../desk/acts.js";
import type { Desk } from "../../desk/desk.js";
import { type Row, groupOf } from "../../desk/team.js";
import type { Member } from "../../finesse/model.js";
import { reasonOf, t } from "../../text/index.js";
import { nameOf } from "../../text/name.js";
import { Button } from "../button.js";
import { Duration } from "../clock.js";
import { calls } from "./call.js";
import { MonitorButton } from "./monitors.js";
import type { List } from "./list.js";

interface Props {
  desk: Desk;
  list: List;
  stale: boolean;
}

export function MemberPanel({ desk, list, stale }: Props) {
  const texts = t.value.supervisor;
  const chosen = list.chosen.value;
  const row = desk.team.rows.value.find(({ id }) => id === chosen);
  return (
    <section class={`panel chosen ${stale ? "stale" : ""}`} aria-label={texts.chosen} data-chosen={row?.id ?? ""}>
      {row ? <Chosen key={row.id} desk={desk} row={row} stale={stale} /> : <p class="empty">{texts.chooseMember}</p>}
    </section>
  );
}

function Chosen({ desk, row, stale }: { desk: Desk; row: Row; stale: boolean }) {
  const member = row.member.value;
  const texts = t.value;
  const own = member.id === desk.store.user.value?.id;
  return (
    <>
      <h2>{nameOf(member)}</h2>
      <p class="quiet">
        {member.id}
        {member.extension && ` · ${texts.extension} ${member.extension}`}
      </p>
      <p class="now" data-state={member.state}>
        <strong>{texts.stateNow(texts.states[member.state] ?? member.state, reasonOf(member))}</strong>
        <Duration store={desk.store} since={member.since} />
        {member.pendingState && (
          <span class="pending">{texts.pending(texts.states[member.pendingState] ?? member.pendingState)}</span>
        )}
      </p>
      {groupOf(member.state) === "busy" && <p class="on-call">{calls(row.calls.value, member)}</p>}
      {own ? <p class="empty">{texts.supervisor.yourself}</p> : <Actions desk={desk} member={member} stale={stale} />}
    </>
  );
}

function Actions({ desk, member, stale }: { desk: Desk; member: Member; stale: boolean }) {
  const texts = t.value;
  const group = groupOf(member.state);
  const asked = useRef<HTMLDialogElement>(null);
  const blocked = stale || desk.store.isWaiting(memberOf(member.id)) || group === "signed_out";
  const name = nameOf(member);
  const set = (state: "READY" | "NOT_READY" | "LOGOUT") => void desk.acts.setStateOf({ id: member.id, name }, state);
  const signOut = () => {
    asked.current?.close();
    if (!blocked) set("LOGOUT");
  };
  return (
    <div class="row">
      <Button kind="good" unavailable={blocked || group === "ready"} onPress={() => set("READY")}>
        {texts.ready}
      </Button>
      <Button unavailable={blocked || group === "not_ready"} onPress={() => set("NOT_READY")}>
        {texts.notReady}
      </Button>
      <MonitorButton desk={desk} member={member} stale={stale} />
      <Button kind="danger" unavailable={blocked} onPress={() => asked.current?.showModal()}>
        {texts.supervisor.signOut}
      </Button>
      <dialog ref={asked} aria-labelledby="sign-out-question">
        <p id="sign-out-question">
          {texts.supervisor.confirm(name)} {group === "busy" && texts.supervisor.afterCall}
        </p>
        <div class="row">
          <Button onPress={() => asked.current?.close()}>{texts.supervisor.cancel}</Button>
          <Button kind="danger" unavailable={blocked} onPress={signOut}>
            {texts.supervisor.confirmSignOut}
          </Button>
        </div>
      </dialog>
    </div>
  );
}
