/** The data of a call, by the layout of the site; without one, all that are not empty. All of it is text from outside. */

import { type Dialog, variableOf } from "../finesse/model.js";
import type { Layout, LayoutEntry } from "../finesse/site.js";
import { t } from "../text/index.js";

interface Shown {
  name: string;
  property: string;
  value: string;
}

/** The value in the head of the call. */
export function HeaderVariable({ dialog, layout }: { dialog: Dialog; layout: Layout | null }) {
  const [shown] = layout?.header ? filled(dialog, [layout.header]) : [];
  if (!shown) return null;
  return (
    <p class="header-variable">
      <small>{shown.name}</small> <b>{shown.value}</b>
    </p>
  );
}

export function Variables({ dialog, layout }: { dialog: Dialog; layout: Layout | null }) {
  const columns = layout ? layout.columns.map((column) => filled(dialog, column)) : [all(dialog)];
  if (columns.every((column) => column.length === 0)) return null;
  return (
    <div class={`variables ${layout ? "by-layout" : ""}`} role="group" aria-label={t.value.data}>
      {columns.map((column, index) => (
        <dl key={index}>
          {column.map((one) => (
            <div key={one.property}>
              <dt>{one.name}</dt>
              <dd>{one.value}</dd>
            </div>
          ))}
        </dl>
      ))}
    </div>
  );
}

function filled(dialog: Dialog, entries: readonly LayoutEntry[]): Shown[] {
  return entries.map(({ name, property }) => ({ name, property, value: valueOf(dialog, property) })).filter((one) => one.value !== "");
}
function all(dialog: Dialog): Shown[] {
  return dialog.variables.filter((one) => one.value !== "").map(({ name, value }) => ({ name, property: name, value }));
}

function valueOf(dialog: Dialog, property: string): string {
  return variableOf(dialog, property) || (dialog.media.get(property) ?? "");
}
