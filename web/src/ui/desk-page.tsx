/** The page of an agent who is signed in. */

import { useEffect, useRef, useState } from "preact/hooks";

import type { Desk } from "../desk/desk.js";
import { dialable, isNumber } from "../finesse/number.js";
import { t } from "../text/index.js";
import { nameOf } from "../text/name.js";
import { BannerStrip } from "./banner.js";
import { Button } from "./button.js";
import { CallCard } from "./call-card.js";
import { Announcer } from "./announcer.js";
import { ContactField } from "./contact-field.js";
import { focusOn, useKeptFocus } from "./focus.js";
import { OwnHistory } from "./history.js";
import { LanguageChoice } from "./language.js";
import { Notices } from "./notices.js";
import { OtherServerNote } from "./other-server-note.js";
import { Queues } from "./queues.js";
import { StateControl } from "./state-control.js";
import { Monitors } from "./team/monitors.js";
import { type Page, Tabs } from "./tabs.js";
import { TeamPage } from "./team/team-page.js";

export function DeskPage({ desk }: { desk: Desk }) {
  const user = desk.store.user.value;
  const [page, open] = useState<Page>("own");
  const opened = useRef(false);
  const heading = useRef<HTMLHeadingElement>(null);
  // The form that had the focus is gone.
  useEffect(() => heading.current?.focus(), []);
  if (!user) return null;
  // Whatever was typed on one page is there when it is opened again.
  opened.current ||= page === "team";
  return (
    <div class={`desk ${page}`}>
      <header class="top">
        <div class="who">
          <h1 ref={heading} tabIndex={-1}>
            {nameOf(user)}
          </h1>
          <p>
            {[user.id, `${t.value.extension} ${user.extension}`, user.mobile?.number, user.teamName].filter(Boolean).join(" · ")}
          </p>
        </div>
        <StateControl desk={desk} />
        <LanguageChoice />
      </header>
      <Announcer store={desk.store} />
      <BannerStrip store={desk.store} />
      <OtherServerNote store={desk.store} />
      <Notices store={desk.store} />
      {user.supervisor && <Tabs store={desk.store} page={page} open={open} />}
      {user.supervisor && <Monitors desk={desk} joined={() => open("own")} />}
      {user.supervisor && opened.current && <TeamPage desk={desk} teams={user.teams} hidden={page !== "team"} />}
      <main hidden={page !== "own"}>
        <Calls desk={desk} own={user.extension} state={user.state} />
        <aside>
          <NewCall desk={desk} />
          <Queues store={desk.store} />
          <OwnHistory desk={desk} />
        </aside>
      </main>
    </div>
  );
}

function Calls({ desk, own, state }: { desk: Desk; own: string; state: string }) {
  const texts = t.value;
  const dialogs = desk.store.calls.value;
  // The call that was worked on may end, and its card with it.
  const section = useKeptFocus<HTMLElement>((gone) => focusOn(gone.querySelector<HTMLElement>(".call") ?? gone));
  // Nobody knows while no server tells.
  const empty = !desk.store.current.value ? texts.noCalls : state === "READY" ? texts.noCallsReady : state === "NOT_READY" ? texts.noCallsNotReady : texts.noCalls;
  return (
    <section ref={section} tabIndex={-1} class="calls" aria-label={texts.calls}>
      <h2>{texts.calls}</h2>
      {dialogs.length === 0 && <p class="empty">{empty}</p>}
      {dialogs.map((dialog) => (
        <CallCard key={dialog.id} desk={desk} dialog={dialog} own={own} />
      ))}
    </section>
  );
}

function NewCall({ desk }: { desk: Desk }) {
  const [number, setNumber] = useState("");
  const { store, acts } = desk;
  const blocked = !store.current.value || store.isWaiting("new") || !isNumber(number);
  const call = () => {
    if (!blocked) void acts.call(dialable(number)).then((taken) => taken && setNumber(""));
  };
  return (
    <section class="panel" aria-label={t.value.makeCall}>
      <h2>{t.value.makeCall}</h2>
      <div class="row">
        <ContactField label={t.value.number} value={number} contacts={store.contacts.value} change={setNumber} enter={call} />
        <Button kind="primary" unavailable={blocked} onPress={call}>
          {t.value.call}
        </Button>
      </div>
    </section>
  );
}
