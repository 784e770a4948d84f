/** How people move in the list of a team: which row the keyboard is on, and which member they have chosen. */

import { signal } from "@preact/signals";

import type { Row } from "../../desk/team.js";
import type { Roster } from "./roster.js";
import { Viewport } from "./viewport.js";

/** Rows that a page up or down goes over. */
const PAGE = 10;

export class List {
  readonly viewport = new Viewport();
  /** The row that the tab key reaches; it is drawn wherever it is. */
  readonly active = signal("");
  readonly chosen = signal("");
  /** The row that takes the focus as soon as it is drawn. */
  private focusing = "";

  constructor(private readonly roster: Roster) {}

  choose(id: string): void {
    this.chosen.value = id;
    if (id) this.active.value = id;
  }

  /** A key in the list, unless an input method composes. */
  key = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
    const shown = this.roster.shown.peek();
    const to = target(event.key, shown.findIndex(({ id }) => id === this.active.peek()), shown.length - 1);
    const row = to === null ? undefined : shown[to];
    if (to === null || !row) return;
    event.preventDefault();
    this.focusing = row.id;
    this.active.value = row.id;
    this.viewport.reveal(to);
  };

  /** Whether the keyboard has just come to this row. */
  takesFocus(id: string): boolean {
    const takes = this.focusing === id;
    if (takes) this.focusing = "";
    return takes;
  }

  /** The first row if the one that was active is not listed any more. */
  settle(shown: readonly Row[]): void {
    if (!shown.some(({ id }) => id === this.active.peek())) this.active.value = shown[0]?.id ?? "";
  }
}

function target(key: string, at: number, last: number): number | null {
  switch (key) {
    case "ArrowDown":
      return Math.min(at + 1, last);
    case "ArrowUp":
      return Math.max(at - 1, 0);
    case "PageDown":
      return Math.min(at + PAGE, last);
    case "PageUp":
      return Math.max(at - PAGE, 0);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}
