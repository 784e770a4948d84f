/** What a call of a campaign has besides others: whom the site wants to reach, who has answered, and when to call again. */

import { useId, useState } from "preact/hooks";

import type { Desk } from "../desk/desk.js";
import type { Dialog, Participant } from "../finesse/model.js";
import { variableOf } from "../finesse/model.js";
import { dialable, isNumber } from "../finesse/number.js";
import type { Layout } from "../finesse/site.js";
import { t } from "../text/index.js";
import { Button } from "./button.js";
import { Menu } from "./menu.js";
import "./campaign.css";

interface Props {
  desk: Desk;
  dialog: Dialog;
  me: Participant;
  blocked: boolean;
}

/** Variables of the campaign that the layout of the site does not show anyway. */
export function CampaignData({ dialog, layout }: { dialog: Dialog; layout: Layout | null }) {
  const texts = t.value;
  const shown = new Set([layout?.header, ...(layout?.columns.flat() ?? [])].map((entry) => entry?.property));
  const names = layout ? Object.keys(texts.campaign).filter((name) => variableOf(dialog, name) && !shown.has(name)) : [];
  if (names.length === 0) return null;
  return (
    <dl class="campaign">
      {names.map((name) => (
        <div key={name}>
          <dt>{texts.campaign[name]}</dt>
          <dd>{variableOf(dialog, name)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the words of an agent do to a customer whom he may have called. */
export function PreviewHelp({ me }: { me: Participant }) {
  const texts = t.value;
  return <p class="preview-help">{me.actions.has("ACCEPT") ? texts.previewHelp : texts.previewAccepted}</p>;
}

/** What may be said of a call of a campaign while it goes on, and afterwards. */
export function CampaignActions(props: Props) {
  const { dialog, me } = props;
  const schedules = me.actions.has("UPDATE_SCHEDULED_CALLBACK") || me.actions.has("CANCEL_SCHEDULED_CALLBACK");
  return (
    <>
      {me.actions.has("RECLASSIFY") && <Classification {...props} />}
      {(schedules || dialog.callback) && <CallbackFold {...props} />}
    </>
  );
}

/** Who has answered, by the word for the dialer that tells it. The server shows what was said as that word only, the last one. */
const CLASSIFIED: Readonly<Record<string, string>> = {
  Voice: "VOICE",
  Answering_Machine: "ANSWERING_MACHINE",
  Fax: "FAX",
  Invalid_Number: "INVALID",
};

function Classification({ desk, dialog, blocked }: Props) {
  const texts = t.value;
  const choices = Object.entries(texts.classifications).map(([id, label]) => ({ id, label }));
  const said = dialog.media.get("outboundClassification") || (CLASSIFIED[variableOf(dialog, "BAResponse")] ?? "");
  const label = texts.classifications[said] ?? (said || texts.none);
  return (
    <div class="wrap-up">
      <span>{texts.classification}</span>{" "}
      <Menu
        text={label}
        label={`${texts.classification}: ${label}`}
        choices={choices}
        chosen={label}
        unavailable={blocked}
        take={({ id }) => void desk.acts.reclassify(dialog.id, id)}
      />
    </div>
  );
}

function CallbackFold({ desk, dialog, me, blocked }: Props) {
  const [open, setOpen] = useState(false);
  const texts = t.value;
  const agreed = dialog.callback;
  const mayChange = me.actions.has("UPDATE_SCHEDULED_CALLBACK");
  return (
    <div class="callback" role="group" aria-label={texts.callback}>
      <div class="row">
        {agreed && <span class="agreed">{texts.callbackAt(readable(agreed.time), agreed.number)}</span>}
        {mayChange && (
          <button type="button" class="button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {agreed ? texts.callbackChange : texts.callback} <span aria-hidden="true">▾</span>
          </button>
        )}
        {agreed && me.actions.has("CANCEL_SCHEDULED_CALLBACK") && (
          <Button unavailable={blocked} onPress={() => void desk.acts.act(dialog.id, "CANCEL_SCHEDULED_CALLBACK")}>
            {texts.actions["CANCEL_SCHEDULED_CALLBACK"]}
          </Button>
        )}
      </div>
      {open && mayChange && <CallbackForm desk={desk} dialog={dialog} blocked={blocked} done={() => setOpen(false)} />}
    </div>
  );
}

function CallbackForm({ desk, dialog, blocked, done }: Omit<Props, "me"> & { done: () => void }) {
  const id = useId();
  const [time, setTime] = useState(dialog.callback?.time ?? "");
  const [number, setNumber] = useState(dialog.callback?.number ?? "");
  const texts = t.value;
  const usable = (time !== "" || number !== "") && (number === "" || isNumber(number));
  const schedule = () => void desk.acts.scheduleCallback(dialog.id, { time, number: dialable(number) }).then((taken) => taken && done());
  return (
    <div class="row">
      <span class="field">
        <label for={`${id}-time`}>{texts.callbackTime}</label>
        <input id={`${id}-time`} type="datetime-local" value={time} onInput={(event) => setTime(event.currentTarget.value)} />
      </span>
      <span class="field">
        <label for={`${id}-number`}>{texts.callbackNumber}</label>
        <input id={`${id}-number`} type="tel" maxLength={39} value={number} onInput={(event) => setNumber(event.currentTarget.value)} />
      </span>
      <Button kind="primary" unavailable={blocked || !usable} onPress={schedule}>
        {texts.schedule}
      </Button>
    </div>
  );
}

/** As people of the language write it; it is of no time zone, so nothing is converted. */
function readable(time: string): string {
  const at = new Date(`${time}Z`);
  if (Number.isNaN(at.getTime())) return time;
  return new Intl.DateTimeFormat(t.value.locale, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }).format(at);
}
