/** One call: who, since when, what the caller entered, and what can be done. All text from outside is only text. */

import { useId, useState } from "preact/hooks";

import type { Desk } from "../desk/desk.js";
import type { PlainAction } from "../desk/acts.js";
import { isPreview, partnerOf } from "../finesse/call-kind.js";
import type { Dialog, Participant } from "../finesse/model.js";
import { dialable, isNumber } from "../finesse/number.js";
import { contactOf, layoutOf } from "../finesse/site.js";
import { nameOf } from "../text/name.js";
import { t } from "../text/index.js";
import { Button } from "./button.js";
import { CampaignActions, CampaignData, PreviewHelp } from "./campaign.js";
import { Duration } from "./clock.js";
import { Keypad } from "./keypad.js";
import { ContactField } from "./contact-field.js";
import { focusOn, useKeptFocus } from "./focus.js";
import { Menu } from "./menu.js";
import { Parties } from "./parties.js";
import { HeaderVariable, Variables } from "./variables.js";

interface Props {
  desk: Desk;
  dialog: Dialog;
  own: string;
}

/** Of which only those are offered that the server allows at the time. */
const PLAIN: readonly [PlainAction, "plain" | "good" | "danger" | "primary"][] = [
  ["ACCEPT", "good"],
  ["REJECT", "plain"],
  ["CLOSE", "danger"],
  ["ANSWER", "good"],
  ["RETRIEVE", "primary"],
  ["HOLD", "plain"],
  ["TRANSFER", "plain"],
  ["CONFERENCE", "plain"],
  ["DROP", "danger"],
];

export function CallCard({ desk, dialog, own }: Props) {
  const texts = t.value;
  const me = dialog.participants.find((one) => one.address === own);
  const current = desk.store.current.value;
  const preview = me !== undefined && isPreview(dialog, me);
  const contact = contactOf(desk.store.contacts.value, partnerOf(dialog, own));
  const layout = layoutOf(dialog, desk.store.layouts.value);
  // Not its first button: whoever presses Answer twice must not hold or end the call.
  const card = useKeptFocus<HTMLElement>(focusOn);
  const heading = useId();
  return (
    <article
      ref={card}
      tabIndex={-1}
      aria-labelledby={heading}
      class={`call ${preview ? "preview" : ""} ${current ? "" : "stale"}`}
      data-dialog={dialog.id}
      data-state={me?.state ?? ""}
    >
      <header>
        <h3 id={heading}>{headingOf(dialog, own, preview)}</h3>
        {contact && <span class="contact">{nameOf(contact)}</span>}
        <span class="call-state">{preview ? texts.preview : (texts.callStates[me?.state ?? ""] ?? me?.state)}</span>
        <Duration store={desk.store} since={me?.since ?? null} />
        {dialog.associated && <span class="tag">{texts.consultation}</span>}
        {dialog.queueName && <span class="tag">{dialog.queueName}</span>}
        {!current && <span class="tag warn">{texts.notCurrent}</span>}
      </header>
      {dialog.rebuilding && <p class="rebuilding">{texts.rebuilding}</p>}
      {preview ? <PreviewHelp me={me} /> : <Parties desk={desk} dialog={dialog} own={own} />}
      <CampaignData dialog={dialog} layout={layout} />
      <HeaderVariable dialog={dialog} layout={layout} />
      <Variables dialog={dialog} layout={layout} />
      {me && <Actions desk={desk} dialog={dialog} me={me} />}
    </article>
  );
}

function headingOf(dialog: Dialog, own: string, preview: boolean): string {
  const texts = t.value;
  if (preview) return texts.previewOf(partnerOf(dialog, own));
  return dialog.from === own ? texts.callTo(dialog.to) : texts.callFrom(dialog.from);
}

function Actions({ desk, dialog, me }: { desk: Desk; dialog: Dialog; me: Participant }) {
  const [number, setNumber] = useState("");
  const [keys, setKeys] = useState(false);
  const { store, acts } = desk;
  const texts = t.value;
  const blocked = !store.current.value || store.isWaiting(dialog.id);
  const reaches = me.actions.has("CONSULT_CALL") || me.actions.has("TRANSFER_SST");
  const reach = (action: "CONSULT_CALL" | "TRANSFER_SST") => {
    if (isNumber(number) && !blocked) void acts.reach(dialog.id, action, dialable(number)).then((taken) => taken && setNumber(""));
  };
  return (
    <div class="actions">
      <div class="row">
        {PLAIN.filter(([action]) => me.actions.has(action)).map(([action, kind]) => (
          <Button key={action} kind={kind} unavailable={blocked} onPress={() => void acts.act(dialog.id, action)}>
            {texts.actions[action]}
          </Button>
        ))}
        {me.actions.has("SEND_DTMF") && (
          <Button unavailable={blocked} onPress={() => setKeys(!keys)}>
            {texts.keypad}
          </Button>
        )}
      </div>
      {keys && me.actions.has("SEND_DTMF") && (
        <Keypad unavailable={blocked} press={(key) => void acts.sendDtmf(dialog.id, key)} />
      )}
      {(reaches || number !== "") && (
        <div class="row">
          <ContactField label={texts.numberFor} value={number} contacts={store.contacts.value} change={setNumber} enter={() => reach("CONSULT_CALL")} />
          <Button unavailable={blocked || !isNumber(number) || !me.actions.has("CONSULT_CALL")} onPress={() => reach("CONSULT_CALL")}>
            {texts.actions["CONSULT_CALL"]}
          </Button>
          <Button unavailable={blocked || !isNumber(number) || !me.actions.has("TRANSFER_SST")} onPress={() => reach("TRANSFER_SST")}>
            {texts.actions["TRANSFER_SST"]}
          </Button>
        </div>
      )}
      <CampaignActions desk={desk} dialog={dialog} me={me} blocked={blocked} />
      {!isPreview(dialog, me) && <WrapUp desk={desk} dialog={dialog} blocked={blocked || !me.actions.has("UPDATE_CALL_DATA")} />}
    </div>
  );
}

function WrapUp({ desk, dialog, blocked }: { desk: Desk; dialog: Dialog; blocked: boolean }) {
  const reasons = desk.store.wrapUpReasons.value;
  if (dialog.wrapUpReason === null || reasons.length === 0) return null;
  const texts = t.value;
  // What has been said cannot be unsaid: CTI knows no empty reason.
  const said = dialog.wrapUpReason || texts.none;
  return (
    <div class="wrap-up">
      <span>{texts.wrapUpReason}</span>{" "}
      <Menu
        text={said}
        label={`${texts.wrapUpReason}: ${said}`}
        choices={reasons}
        chosen={dialog.wrapUpReason}
        unavailable={blocked}
        take={({ label }) => void desk.acts.wrapUp(dialog.id, label)}
      />
    </div>
  );
}
