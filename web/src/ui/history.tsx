/** The agent's own calls of the day, each with a way to call back. */

import { useState } from "preact/hooks";

import type { Desk } from "../desk/desk.js";
import type { Entry } from "../desk/history.js";
import { contactOf } from "../finesse/site.js";
import { t } from "../text/index.js";
import { nameOf } from "../text/name.js";
import { Button } from "./button.js";
import { clock } from "./clock.js";
import { timeOfDay } from "./time.js";
import "./history.css";

/** Calls that are listed before somebody asks for all. */
const FIRST = 5;

export function OwnHistory({ desk }: { desk: Desk }) {
  const [all, setAll] = useState(false);
  const texts = t.value;
  const entries = desk.history.entries.value;
  const blocked = !desk.store.current.value || desk.store.isWaiting("new");
  return (
    <section class="panel history" aria-label={texts.history}>
      <h2>{texts.history}</h2>
      {entries.length === 0 && <p class="empty">{texts.noHistory}</p>}
      <ul>
        {(all ? entries : entries.slice(0, FIRST)).map((entry) => (
          <li key={entry.dialog} data-dialog={entry.dialog}>
            <div>
              <b>{entry.outgoing ? texts.callTo(entry.number) : texts.callFrom(entry.number)}</b>
              <small>{[contactName(desk, entry.number), timeOfDay(entry.began), lasted(entry), entry.queue, entry.wrapUpReason].filter(Boolean).join(" · ")}</small>
            </div>
            <Button unavailable={blocked || !entry.number} label={texts.callBackTo(entry.number)} onPress={() => void desk.acts.call(entry.number)}>
              {texts.callBack}
            </Button>
          </li>
        ))}
      </ul>
      {entries.length > FIRST && <Button onPress={() => setAll(!all)}>{all ? texts.fewer : texts.allOf(entries.length)}</Button>}
    </section>
  );
}

function contactName(desk: Desk, number: string): string {
  const contact = contactOf(desk.store.contacts.value, number);
  return contact ? nameOf(contact) : "";
}

function lasted({ answered, ended, outgoing }: Entry): string {
  const texts = t.value;
  if (ended === null && answered === null) return outgoing ? texts.dialing : texts.ringing;
  if (ended === null) return texts.goesOn;
  if (answered === null) return outgoing ? texts.noAnswer : texts.missed;
  return clock(Math.max(0, Math.round((ended - answered) / 1000)));
}
