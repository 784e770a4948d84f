/** Sentences of the supervisor's page in English; `ja.ts` beside it has the same keys, or it does not compile. */

import type { Group } from "../../desk/team.js";
import type { CallKind } from "../../finesse/call-kind.js";
import type { Column } from "../../ui/team/roster.js";

const groups: Record<Group, string> = {
  ready: "Ready",
  busy: "On a call",
  wrap_up: "Wrap-up",
  not_ready: "Not ready",
  signed_out: "Signed out",
};

const columns: Record<Column | "call", string> = {
  name: "Name",
  id: "ID",
  extension: "Extension",
  state: "State",
  reason: "Reason",
  since: "Time",
  call: "Call",
};

const kinds: Record<CallKind, string> = {
  inbound: "Inbound",
  outbound: "Outbound",
  internal: "Internal",
  consult: "Consultation",
  conference: "Conference",
  other: "Call",
};

const causes: Record<string, string> = {
  no_subscription: "The server does not send changes of this team.",
  "Not Found": "There is no such team.",
  "Invalid Authorization User Specified": "You do not supervise it.",
};

export const supervisor = {
  pages: "Pages",
  own: "My desktop",
  ownWithCalls: (calls: number) => `My desktop (${calls})`,
  team: "Team",
  chooseTeam: "Team",
  noTeams: "You supervise no team.",
  members: "Members of the team",
  columns,
  groups,
  kinds,
  everybody: "All",
  filter: "List",
  search: "Name, ID or extension",
  shown: (shown: number, all: number) => `${shown} of ${all}`,
  loading: "Reading the team…",
  nobody: "This team has no members.",
  nobodyFound: "Nobody matches.",
  showEverybody: "Show all",
  notRead: "The team could not be read. It is tried again by itself.",
  again: "Try now",
  causes,
  chosen: "Chosen agent",
  chooseMember: "Choose an agent in the list.",
  yourself: "This is you. Change your own state at the top of the page.",
  monitor: "Monitor",
  monitorOnlyNotReady: "Go Not ready first to monitor.",
  monitorOnlyTalking: "Possible only while the agent is talking.",
  monitorOne: "You are monitoring a call already.",
  monitors: "Monitored calls",
  monitoring: (name: string) => `Monitoring ${name}`,
  unheard: "You hear both sides; nobody hears you.",
  connecting: "Your telephone is being connected.",
  bargeIn: "Barge in",
  stopMonitoring: "Stop monitoring",
  monitorLost: (name: string) => `Monitoring of ${name} has ended: after the interruption it is not there any more.`,
  signOut: "Sign out…",
  confirm: (name: string) => `Sign out ${name}?`,
  afterCall: "The call goes on; the sign-out follows at its end.",
  confirmSignOut: "Sign out",
  cancel: "Cancel",
};
