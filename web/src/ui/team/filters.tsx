/** Who is listed: everybody, those in a kind of state, or those who are searched for. The numbers are of the whole team. */

import { useComputed } from "@preact/signals";

import { GROUPS, type Group, type Team } from "../../desk/team.js";
import { t } from "../../text/index.js";
import type { Roster } from "./roster.js";

export function Filters({ team, roster }: { team: Team; roster: Roster }) {
  const texts = t.value.supervisor;
  return (
    <div class="filters">
      <div class="groups" role="group" aria-label={texts.filter}>
        {[null, ...GROUPS].map((group) => (
          <Filter key={group} team={team} roster={roster} group={group} />
        ))}
      </div>
      <input
        type="search"
        autocomplete="off"
        maxLength={100}
        aria-label={texts.search}
        placeholder={texts.search}
        value={roster.query.value}
        onInput={(event) => (roster.query.value = event.currentTarget.value)}
      />
    </div>
  );
}

function Filter({ team, roster, group }: { team: Team; roster: Roster; group: Group | null }) {
  // A signal as text: a number that changes draws nothing else again.
  const count = useComputed(() => (group ? team.counts.value[group] : team.rows.value.length));
  const name = group ? t.value.supervisor.groups[group] : t.value.supervisor.everybody;
  return (
    <button
      type="button"
      data-filter={group ?? "everybody"}
      aria-pressed={roster.group.value === group}
      onClick={() => (roster.group.value = group)}
    >
      {name} <b>{count}</b>
    </button>
  );
}
