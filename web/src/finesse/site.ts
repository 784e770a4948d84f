/** What the site has set up for its agents: phone books, and which data of a call are shown where (rest-api.md
 * sections 11 and 13). */

import { type Dialog, variableOf } from "./model.js";
import { child, children, text } from "./xml.js";

export interface Contact {
  /** Unique among all books. */
  uri: string;
  firstName: string;
  lastName: string;
  description: string;
  number: string;
  book: string;
}

/** Who has this number, if the phone books know. */
export function contactOf(contacts: readonly Contact[], number: string): Contact | undefined {
  return contacts.find((contact) => contact.number === number);
}

export interface LayoutEntry {
  name: string;
  property: string;
}

export interface Layout {
  name: string;
  header: LayoutEntry | null;
  /** Left, then right. */
  columns: readonly (readonly LayoutEntry[])[];
}

/** The layouts of the site: calls name theirs, all others have the default one. */
export interface Layouts {
  byDefault: Layout | null;
  others: readonly Layout[];
}

/** In which a call says how its data are to stand. */
const LAYOUT_VARIABLE = "user.Layout";

export function layoutOf(dialog: Pick<Dialog, "variables">, { byDefault, others }: Layouts): Layout | null {
  const wanted = variableOf(dialog, LAYOUT_VARIABLE).trim();
  return others.find(({ name }) => wanted !== "" && name === wanted) ?? byDefault;
}

export function readPhoneBook(of: Element): Contact[] {
  const book = text(of, "name");
  // Some servers write it with a capital.
  const contacts = child(of, "contacts") ?? child(of, "Contacts");
  return children(contacts, "Contact").map((one) => ({
    uri: text(one, "uri"),
    firstName: text(one, "firstName"),
    lastName: text(one, "lastName"),
    description: text(one, "description"),
    number: text(one, "phoneNumber"),
    book,
  }));
}

export function readLayout(of: Element): Layout {
  const name = text(of, "name");
  const [header] = entries(child(of, "header"));
  const columns = children(of, "column").map(entries);
  // A single column stands on the right, as in the desktop of the reference.
  return { name, header: header ?? null, columns: columns.length === 1 ? [[], ...columns] : columns };
}

function entries(of: Element | null): LayoutEntry[] {
  return children(of, "entry").map((entry) => ({ name: text(entry, "displayName"), property: text(entry, "mediaProperty") }));
}
