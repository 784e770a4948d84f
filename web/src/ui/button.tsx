/** A button that can be unavailable without losing the keyboard's focus. */

import type { ComponentChildren } from "preact";

interface Props {
  onPress: () => void;
  unavailable?: boolean;
  kind?: "plain" | "primary" | "danger" | "good";
  label?: string | undefined;
  title?: string | undefined;
  children: ComponentChildren;
}

export function Button({ onPress, unavailable = false, kind = "plain", label, title, children }: Props) {
  return (
    <button
      type="button"
      class={`button ${kind}`}
      aria-disabled={unavailable}
      aria-label={label}
      title={title}
      onClick={() => {
        if (!unavailable) onPress();
      }}
    >
      {children}
    </button>
  );
}
