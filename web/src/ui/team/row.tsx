/** One member of the team. Draws itself again when he changes, and nobody else does. */

import { useComputed } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import type { Store } from "../../desk/store.js";
import { type Row, type Team, groupOf } from "../../desk/team.js";
import { reasonOf, t } from "../../text/index.js";
import { nameOf } from "../../text/name.js";
import { elapsed } from "../clock.js";
import { calls } from "./call.js";
import type { List } from "./list.js";

interface Props {
  team: Team;
  list: List;
  store: Store;
  row: Row;
  /** Where in the list. */
  at: number;
}

/* The roles say what the elements are, since the style lays them out without a table's algorithm. */
export function MemberRow({ team, list, store, row, at }: Props) {
  useEffect(() => {
    team.see(row, true);
    return () => team.see(row, false);
  }, [row]);
  const member = row.member.value;
  const texts = t.value;
  const since = useComputed(() => elapsed(store, row.member.value.since));
  return (
    <tr
      role="row"
      aria-rowindex={at + 2}
      style={{ transform: `translateY(${at * list.viewport.rowHeight}px)` }}
      data-agent={row.id}
      data-group={groupOf(member.state)}
      data-state={member.state}
    >
      <th role="rowheader" scope="row">
        <Choice list={list} row={row} name={nameOf(member)} />
      </th>
      <td role="cell">{member.id}</td>
      <td role="cell">{member.extension}</td>
      <td role="cell" class="member-state">
        {texts.states[member.state] ?? member.state}
        {member.pendingState && <small> → {texts.states[member.pendingState] ?? member.pendingState}</small>}
      </td>
      <td role="cell">{reasonOf(member)}</td>
      <td role="cell" class="since">
        {since}
      </td>
      <td role="cell">{calls(row.calls.value, member)}</td>
    </tr>
  );
}

/** The button by which the row is reached and chosen; one of the list is in the order of tabs. */
function Choice({ list, row, name }: { list: List; row: Row; name: string }) {
  const button = useRef<HTMLButtonElement>(null);
  const isActive = list.active.value === row.id;
  useLayoutEffect(() => {
    if (isActive && list.takesFocus(row.id)) button.current?.focus({ preventScroll: true });
  });
  return (
    <button
      ref={button}
      type="button"
      class="member"
      aria-pressed={list.chosen.value === row.id}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => (list.active.value = row.id)}
      onClick={() => list.choose(row.id)}
    >
      {name}
    </button>
  );
}
