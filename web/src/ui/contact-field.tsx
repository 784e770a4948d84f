/** A number to dial, typed or found in the phone books by name. Enter dials it, or takes the contact that is chosen; never
 * the Enter that ends the composition of an input method. */

import type { TargetedFocusEvent, TargetedKeyboardEvent } from "preact";
import { useId, useState } from "preact/hooks";

import { dialable } from "../finesse/number.js";
import type { Contact } from "../finesse/site.js";
import { folded } from "../text/folded.js";
import { t } from "../text/index.js";
import { nameOf } from "../text/name.js";
import "./contact-field.css";

interface Props {
  label: string;
  value: string;
  contacts: readonly Contact[];
  change: (value: string) => void;
  enter?: () => void;
}

/** Contacts that are offered at a time. */
const OFFERED_MAX = 8;

export function ContactField({ label, value, contacts, change, enter }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const offered = open ? find(contacts, value) : [];
  const close = () => {
    setOpen(false);
    setChosen(-1);
  };
  const take = (contact: Contact) => {
    change(contact.number);
    close();
  };
  const keyed = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    if (event.isComposing || event.keyCode === 229) return;
    const contact = offered[chosen];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      setChosen(beside(chosen, event.key === "ArrowDown" ? 1 : -1, find(contacts, value).length));
    } else if (event.key === "Escape") close();
    else if (event.key === "Enter" && contact) take(contact);
    else if (event.key === "Enter") {
      close();
      enter?.();
    }
  };
  const left = (event: TargetedFocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) close();
  };
  return (
    <span class="field contact-field" onFocusOut={left}>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        maxLength={39}
        aria-autocomplete="list"
        aria-expanded={offered.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={offered[chosen] ? `${id}-${chosen}` : undefined}
        value={value}
        onInput={(event) => {
          change(event.currentTarget.value);
          setOpen(event.currentTarget.value.trim() !== "");
          setChosen(-1);
        }}
        onKeyDown={keyed}
      />
      {contacts.length > 0 && (
        <button type="button" class="open-book" tabIndex={-1} aria-label={t.value.phoneBook} onClick={() => setOpen(!open)}>
          ▾
        </button>
      )}
      <ul id={`${id}-list`} role="listbox" aria-label={t.value.phoneBook} hidden={offered.length === 0}>
        {offered.map((contact, index) => (
          <li
            key={contact.uri}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            // Pressed before the field loses the focus and the list closes.
            onMouseDown={(event) => {
              event.preventDefault();
              take(contact);
            }}
          >
            <b>{nameOf(contact)}</b> {contact.number}
            <small>{[contact.description, contact.book].filter(Boolean).join(" · ")}</small>
          </li>
        ))}
      </ul>
    </span>
  );
}

/** The next or the last one, round and round; from none to the first or the last of all. */
function beside(chosen: number, step: 1 | -1, count: number): number {
  if (count === 0) return -1;
  return chosen < 0 ? (step > 0 ? 0 : count - 1) : (chosen + step + count) % count;
}

/** Each word must be part of what is known of the contact. An empty field finds all; a number that is whole finds nothing
 * more. */
function find(contacts: readonly Contact[], typed: string): Contact[] {
  const number = dialable(typed);
  if (contacts.some((contact) => contact.number === number)) return [];
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const about = ({ firstName, lastName, description, number }: Contact) =>
    folded(`${lastName} ${firstName} ${lastName} ${description} ${number}`);
  return contacts.filter((contact) => words.every((word) => about(contact).includes(word))).slice(0, OFFERED_MAX);
}
