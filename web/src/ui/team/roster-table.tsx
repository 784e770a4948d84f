/** The members in their order. */

import { useEffect, useRef } from "preact/hooks";

import type { Store } from "../../desk/store.js";
import type { Row, Team } from "../../desk/team.js";
import { t } from "../../text/index.js";
import { Button } from "../button.js";
import type { List } from "./list.js";
import type { Column, Roster } from "./roster.js";
import { MemberRow } from "./row.js";

interface Props {
  team: Team;
  roster: Roster;
  list: List;
  store: Store;
}

const COLUMNS: readonly Column[] = ["name", "id", "extension", "state", "reason", "since"];

export function RosterTable({ team, roster, list, store }: Props) {
  const texts = t.value.supervisor;
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => (scroller.current ? list.viewport.follow(scroller.current) : undefined), [list]);
  return (
    <>
      <div ref={scroller} class="roster-scroll" aria-busy={team.phase.value.kind === "loading"}>
        <table role="table" aria-label={texts.members} aria-rowcount={roster.shown.value.length + 1}>
          <thead role="rowgroup">
            <tr role="row" aria-rowindex={1}>
              {COLUMNS.map((column) => (
                <Heading key={column} roster={roster} column={column} />
              ))}
              <th role="columnheader" scope="col">
                {texts.columns.call}
              </th>
            </tr>
          </thead>
          <Members team={team} roster={roster} list={list} store={store} />
        </table>
        <Instead team={team} roster={roster} />
      </div>
      <p class="quiet" role="status">
        {roster.query.value || roster.group.value ? texts.shown(roster.shown.value.length, team.rows.value.length) : ""}
      </p>
    </>
  );
}

function Heading({ roster, column }: { roster: Roster; column: Column }) {
  const sorted = roster.column.value === column;
  const order = !sorted ? "none" : roster.descending.value ? "descending" : "ascending";
  return (
    <th role="columnheader" scope="col" aria-sort={order}>
      <button type="button" onClick={() => roster.sort(column)}>
        {t.value.supervisor.columns[column]}
        <span aria-hidden="true">{!sorted ? "" : roster.descending.value ? " ▼" : " ▲"}</span>
      </button>
    </th>
  );
}

function Members({ team, roster, list, store }: Props) {
  const shown = roster.shown.value;
  const [from, to, active] = [list.viewport.from.value, list.viewport.to.value, list.active.value];
  useEffect(() => list.settle(shown), [shown]);
  const draw = (row: Row, at: number) => {
    const isDrawn = (at >= from && at < to) || row.id === active;
    return isDrawn && <MemberRow key={row.id} team={team} list={list} store={store} row={row} at={at} />;
  };
  return (
    <tbody
      role="rowgroup"
      style={{ height: `${shown.length * list.viewport.rowHeight}px` }}
      onKeyDown={list.key}
      onPointerEnter={() => roster.hold("pointer", true)}
      onPointerLeave={() => roster.hold("pointer", false)}
      onFocusIn={(event) => roster.hold("keyboard", event.target instanceof Element && event.target.matches(":focus-visible"))}
      onFocusOut={() => roster.hold("keyboard", false)}
      onClick={(event) => list.choose(agentAt(event.target) || list.chosen.peek())}
    >
      {shown.map(draw).filter(Boolean)}
    </tbody>
  );
}

/** Whose row was clicked. */
function agentAt(target: EventTarget | null): string {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-agent]") : null;
  return row?.dataset["agent"] ?? "";
}

/** What stands where no rows can. */
function Instead({ team, roster }: { team: Team; roster: Roster }) {
  const texts = t.value.supervisor;
  const phase = team.phase.value;
  if (phase.kind === "refused") {
    return (
      <p class="failure" role="alert">
        {texts.notRead} {texts.causes[phase.cause] ?? t.value.causes[phase.cause] ?? phase.cause}{" "}
        {phase.detail && <small>{phase.detail}</small>} <Button onPress={() => void team.read()}>{texts.again}</Button>
      </p>
    );
  }
  if (phase.kind !== "shown") return <p class="empty">{texts.loading}</p>;
  if (team.rows.value.length === 0) return <p class="empty">{texts.nobody}</p>;
  if (roster.shown.value.length > 0) return null;
  const everybody = () => ((roster.query.value = ""), (roster.group.value = null));
  return (
    <p class="empty">
      {texts.nobodyFound} <Button onPress={everybody}>{texts.showEverybody}</Button>
    </p>
  );
}
