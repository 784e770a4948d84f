/** Where an agent signs in. */

import type { TargetedEvent, TargetedInputEvent } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

import type { SignInFailure } from "../desk/sign-in.js";
import type { Mobile } from "../finesse/model.js";
import { dialable } from "../finesse/number.js";
import { t } from "../text/index.js";
import { LanguageChoice } from "./language.js";
import { MobileFields } from "./mobile-fields.js";
import { timeOfDay } from "./time.js";

export interface Typed {
  user: string;
  password: string;
  extension: string;
  /** `null` for a telephone of the site. */
  mobile: Mobile | null;
}

export interface SignInProps {
  typed: Omit<Typed, "password">;
  busy: boolean;
  failure: SignInFailure | null;
  /** Why the page is here again, if somebody was signed in. */
  ended: "signed_out" | "conflict" | null;
  otherServer: { host: string; url: string } | null;
  signIn: (typed: Typed) => void;
}

export function SignInPage({ typed, busy, failure, ended, otherServer, signIn }: SignInProps) {
  const [user, setUser] = useState(typed.user);
  const [password, setPassword] = useState("");
  const [extension, setExtension] = useState(typed.extension);
  const [mobile, setMobile] = useState(typed.mobile);
  const texts = t.value;
  const submit = (event: TargetedEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!busy) signIn({ user: user.trim(), password, extension: dialable(extension), mobile: mobile && { ...mobile, number: dialable(mobile.number) } });
  };
  return (
    <main class="sign-in">
      <form onSubmit={submit} aria-busy={busy}>
        <h1>{texts.product}</h1>
        <p class="subtitle">{texts.desktop}</p>
        <Field label={texts.user} value={user} change={setUser} autocomplete="username" focus={typed.user === ""} />
        <Field label={texts.password} value={password} change={setPassword} secret autocomplete="current-password" focus={typed.user !== ""} />
        <Field label={texts.extension} value={extension} change={setExtension} autocomplete="off" />
        <button type="submit" class="button primary" aria-disabled={busy}>
          {busy ? texts.signingIn : texts.signIn}
        </button>
        <MobileFields mobile={mobile} change={setMobile} />
        <div class="outcome" role="alert">
          {busy && mobile?.mode === "NAILED_CONNECTION" && <p>{texts.mobileAnswer}</p>}
          {failure ? <Failure failure={failure} otherServer={otherServer} /> : ended && <p>{endedText(ended)}</p>}
        </div>
      </form>
      <LanguageChoice />
    </main>
  );
}

function endedText(ended: "signed_out" | "conflict"): string {
  return ended === "conflict" ? t.value.conflict : t.value.signedOut;
}

function Failure({ failure, otherServer }: Pick<SignInProps, "otherServer"> & { failure: SignInFailure }) {
  const elsewhere = ["out_of_service", "silent", "no_notifications"].includes(failure.cause);
  return (
    <p class="failure">
      {t.value.signInFailures[failure.cause]} {failure.detail && <small>{failure.detail}</small>}
      {failure.since !== undefined && <small class="not-checked">{t.value.notChecked(timeOfDay(failure.since))}</small>}
      {elsewhere && otherServer && <a href={otherServer.url}>{t.value.otherServer(otherServer.host)}</a>}
    </p>
  );
}

interface FieldProps {
  label: string;
  value: string;
  change: (value: string) => void;
  secret?: boolean;
  autocomplete: "username" | "current-password" | "off";
  focus?: boolean;
}

function Field({ label, value, change, secret = false, autocomplete, focus = false }: FieldProps) {
  const id = useId();
  const onInput = (event: TargetedInputEvent<HTMLInputElement>) => change(event.currentTarget.value);
  const input = useRef<HTMLInputElement>(null);
  // Not by the attribute: browsers heed it once for each page that is loaded.
  useEffect(() => {
    if (focus) input.current?.focus();
  }, []);
  const shared = { ref: input, id, required: true, value, autocomplete, onInput };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {secret ? <input type="password" {...shared} /> : <input type="text" {...shared} />}
    </div>
  );
}
