/** For mobile agents: how the telephone outside the site is reached, and at which number. Folded away behind the button,
 * since most agents have one inside. */

import { useId } from "preact/hooks";

import { MOBILE_MODES } from "../desk/sign-in.js";
import type { Mobile } from "../finesse/model.js";
import { t } from "../text/index.js";

interface Props {
  mobile: Mobile | null;
  change: (mobile: Mobile | null) => void;
}

export function MobileFields({ mobile, change }: Props) {
  const id = useId();
  const texts = t.value;
  const [usual] = MOBILE_MODES;
  const { mode, number } = mobile ?? { mode: usual, number: "" };
  return (
    <details class="mobile" open={mobile !== null} onToggle={(event) => change(event.currentTarget.open ? { mode, number } : null)}>
      <summary>{texts.mobile}</summary>
      {mobile && (
        <>
          <div class="field">
            <label for={`${id}-mode`}>{texts.mobileMode}</label>
            <select id={`${id}-mode`} value={mode} onChange={(event) => change({ mode: event.currentTarget.value, number })}>
              {MOBILE_MODES.map((one) => (
                <option key={one} value={one}>
                  {texts.mobileModes[one]}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for={`${id}-number`}>{texts.mobileNumber}</label>
            <input
              id={`${id}-number`}
              type="tel"
              required
              maxLength={32}
              autocomplete="off"
              value={number}
              onInput={(event) => change({ mode, number: event.currentTarget.value })}
            />
          </div>
        </>
      )}
    </details>
  );
}
