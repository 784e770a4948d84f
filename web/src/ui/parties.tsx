/** Who is on a call, and how; a supervisor who has joined takes agents off it. */

import type { Desk } from "../desk/desk.js";
import type { Dialog } from "../finesse/model.js";
import { t } from "../text/index.js";
import { Button } from "./button.js";

interface Props {
  desk: Desk;
  dialog: Dialog;
  own: string;
}

/** Who can be taken off a conference (rest-api.md section 6.5). */
const TAKEN_OFF = new Set(["ACTIVE", "HELD", "ACCEPTED"]);

export function Parties({ desk, dialog, own }: Props) {
  const texts = t.value;
  const mayDrop = dialog.participants.some((one) => one.address === own && one.actions.has("PARTICIPANT_DROP"));
  const blocked = !desk.store.current.value || desk.store.isWaiting(dialog.id);
  return (
    <ul class="parties" aria-label={texts.parties}>
      {dialog.participants.map((one) => (
        <li key={one.address} data-state={one.state}>
          <b>{one.address === own ? `${texts.you} (${one.address})` : one.address}</b>{" "}
          {texts.callStates[one.state] ?? one.state}
          {one.cause && ` (${one.cause})`}{" "}
          {mayDrop && one.agentDevice && one.address !== own && TAKEN_OFF.has(one.state) && (
            <Button unavailable={blocked} label={texts.takeOffOf(one.address)} onPress={() => void desk.acts.takeOff(dialog.id, one.address)}>
              {texts.takeOff}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
