/** A button that opens a menu of choices. An arrow key only moves; nothing is chosen before Enter, Space or a click. */

import type { TargetedFocusEvent, TargetedKeyboardEvent, TargetedMouseEvent } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";

import type { Choice } from "../finesse/model.js";
import "./menu.css";

interface Props {
  /** What the button shows. */
  text: string;
  /** What the button and its menu are called. */
  label: string;
  choices: readonly Choice[];
  /** The label of what was chosen before; without it, the menu is one of acts. */
  chosen?: string;
  unavailable: boolean;
  title?: string | undefined;
  take: (choice: Choice) => void;
}

/** Pixels between a menu and the edge of the window. */
const EDGE = 8;

export function Menu({ text, label, choices, chosen, unavailable, title, take }: Props) {
  const id = useId();
  const [open, setOpen] = useState<"first" | "last" | null>(null);
  const root = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const close = () => {
    // The keyboard is in the menu, which is about to go.
    if (root.current?.contains(document.activeElement)) button.current?.focus();
    setOpen(null);
  };
  useLayoutEffect(() => {
    if (open && list.current) enter(list.current, open);
  }, [open]);
  useEffect(() => {
    if (unavailable) close();
  }, [unavailable]);
  const toggle = () => (open ? close() : unavailable || setOpen("first"));
  const choose = (choice: Choice) => {
    close();
    if (!unavailable) take(choice);
  };
  const keyed = (event: TargetedKeyboardEvent<HTMLElement>) => {
    if (unavailable || event.altKey || event.ctrlKey || event.metaKey) return;
    // A key that is held down must not choose what it has just opened.
    if ((event.key === "Enter" || event.key === " ") && event.repeat) event.preventDefault();
    else if (open && event.key === "Escape") close();
    else if (open ? move(list.current, event.key) : opens(event.key, setOpen)) event.preventDefault();
  };
  const left = (event: TargetedFocusEvent<HTMLElement>) => {
    // A window that is left keeps its focus within.
    const gone = [event.relatedTarget as Node | null, document.activeElement].every((one) => !event.currentTarget.contains(one));
    if (gone) setOpen(null);
  };
  return (
    <span ref={root} class="menu-button" onKeyDown={keyed} onFocusOut={left} onMouseDown={keepFocus}>
      <button
        ref={button}
        type="button"
        class="button"
        aria-haspopup="menu"
        aria-expanded={open !== null}
        aria-controls={open ? id : undefined}
        aria-disabled={unavailable}
        aria-label={label}
        title={title}
        onClick={toggle}
      >
        {text} <span aria-hidden="true">▾</span>
      </button>
      {open && (
        <div ref={list} id={id} class="menu" role="menu" aria-label={label}>
          {choices.map((choice) => (
            <button
              key={choice.id}
              type="button"
              role={chosen === undefined ? "menuitem" : "menuitemradio"}
              aria-checked={chosen === undefined ? undefined : choice.label === chosen}
              tabIndex={-1}
              onClick={() => choose(choice)}
            >
              {choice.label}
            </button>
          ))}
        </div>
      )}
    </span>
  );
}

/** Some browsers focus no button that is clicked: the menu would be left, and closed, before the click. */
function keepFocus(event: TargetedMouseEvent<HTMLElement>): void {
  event.preventDefault();
}

/** Within the window, with the keyboard on what was chosen, or else on the first or the last. */
function enter(list: HTMLElement, at: "first" | "last"): void {
  list.style.left = `${Math.min(0, document.documentElement.clientWidth - EDGE - list.getBoundingClientRect().right)}px`;
  const items = itemsOf(list);
  const chosen = items.find((item) => item.getAttribute("aria-checked") === "true");
  (chosen ?? items.at(at === "first" ? 0 : -1))?.focus();
}

/** Whether the key opens a menu. */
function opens(key: string, open: (at: "first" | "last") => void): boolean {
  if (key !== "ArrowDown" && key !== "ArrowUp") return false;
  open(key === "ArrowDown" ? "first" : "last");
  return true;
}

/** Moves the keyboard in a menu, round and round; says whether the key was one for that. */
function move(list: HTMLElement | null, key: string): boolean {
  const items = list ? itemsOf(list) : [];
  const at = items.findIndex((item) => item === document.activeElement);
  const to: Record<string, number> = { ArrowDown: (at + 1) % items.length, ArrowUp: at <= 0 ? -1 : at - 1, Home: 0, End: -1 };
  const step = to[key];
  if (step === undefined) return false;
  items.at(step)?.focus();
  return true;
}

function itemsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>("[role^=menuitem]")];
}
