/** A number to dial. Enter dials it, but not the Enter that ends the composition of an input method. */

import type { TargetedKeyboardEvent } from "preact";
import { useId } from "preact/hooks";

interface Props {
  label: string;
  value: string;
  change: (value: string) => void;
  enter?: () => void;
}

export function NumberField({ label, value, change, enter }: Props) {
  const id = useId();
  const keyed = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" && !event.isComposing && event.keyCode !== 229) enter?.();
  };
  return (
    <span class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="tel"
        autocomplete="off"
        maxLength={39}
        value={value}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={keyed}
      />
    </span>
  );
}
