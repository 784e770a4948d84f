/** What a supervisor sees of a team, and does to its members. */

import { useEffect, useMemo } from "preact/hooks";

import type { Desk } from "../../desk/desk.js";
import { t } from "../../text/index.js";
import { Queues } from "../queues.js";
import { Filters } from "./filters.js";
import { List } from "./list.js";
import { MemberPanel } from "./member-panel.js";
import { Roster } from "./roster.js";
import { RosterTable } from "./roster-table.js";

interface Props {
  desk: Desk;
  teams: readonly { id: string; name: string }[];
  hidden: boolean;
}

export function TeamPage({ desk, teams, hidden }: Props) {
  const { team, store } = desk;
  const roster = useMemo(() => new Roster(team), [team]);
  const list = useMemo(() => new List(roster), [roster]);
  const first = teams[0]?.id ?? "";
  // Another team is looked at only if nobody chose one, or the chosen one is not supervised any more.
  const known = teams.some(({ id }) => id === team.id.value);
  useEffect(() => {
    if (!known && first) team.look(first);
  }, [known, first]);
  useEffect(() => () => roster.stop(), [roster]);
  const stale = team.rows.value.length > 0 && !(store.current.value && team.fresh.value);
  const choose = (id: string) => {
    list.choose("");
    team.look(id);
  };
  return (
    <main class="team" hidden={hidden}>
      <section class={`panel roster ${stale ? "stale" : ""}`} aria-label={t.value.supervisor.team}>
        <header>
          <h2>{t.value.supervisor.team}</h2>
          <TeamChoice teams={teams} chosen={team.id.value} choose={choose} />
          {stale && <span class="tag warn">{t.value.notCurrent}</span>}
        </header>
        {first ? (
          <>
            <Filters team={team} roster={roster} />
            <RosterTable team={team} roster={roster} list={list} store={store} />
          </>
        ) : (
          <p class="empty">{t.value.supervisor.noTeams}</p>
        )}
      </section>
      <aside>
        <MemberPanel desk={desk} list={list} stale={stale} />
        <Queues store={store} />
      </aside>
    </main>
  );
}

function TeamChoice({ teams, chosen, choose }: { teams: Props["teams"]; chosen: string; choose: (id: string) => void }) {
  if (teams.length < 2) return <span class="team-name">{teams[0]?.name}</span>;
  return (
    <select aria-label={t.value.supervisor.chooseTeam} value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
      {teams.map((team) => (
        <option key={team.id} value={team.id}>
          {team.name}
        </option>
      ))}
    </select>
  );
}
