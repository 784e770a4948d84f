/** Keeps the keyboard where it worked when what it was on goes away, such as a button for what has been done. */

import { useLayoutEffect, useRef } from "preact/hooks";

/** For an element whose content changes: where the focus was within it and is nowhere after a change, `lost` is called
 * with the element. */
export function useKeptFocus<E extends HTMLElement>(lost: (within: E) => void) {
  const within = useRef<E>(null);
  // Before the page is changed.
  const held = within.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (held && within.current && document.activeElement === document.body) lost(within.current);
  });
  return within;
}

/** Leaves what is in view where it is. */
export function focusOn(element: HTMLElement): void {
  element.focus({ preventScroll: true });
}
