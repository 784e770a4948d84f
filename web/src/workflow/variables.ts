/** What is known of a call and its agent under the names that workflows use. Pure, but for paths into the document of the
 * call, which only a browser follows. */

import { type Dialog, type User, variableOf } from "../finesse/model.js";
import type { Variable } from "./model.js";

export interface Facts {
  dialog: Dialog;
  user: User;
}

/** Follows a path in the document of a call. */
export type Follow = (node: string, document: Element) => string;

export function valueIn({ dialog, user }: Facts, { name, node }: Variable, follow: Follow): string {
  if (node) return follow(node, dialog.document);
  return variableOf(dialog, name) || (dialog.media.get(name) ?? plainFacts(dialog, user).get(name) ?? "");
}

function plainFacts(dialog: Dialog, user: User): ReadonlyMap<string, string> {
  const { id, from, to, state } = dialog;
  const { id: agent, loginName, firstName, lastName, extension, teamId, teamName } = user;
  return new Map(Object.entries({
    id, dialogId: id, fromAddress: from, toAddress: to, state, mediaType: "Voice",
    agentId: agent, userId: agent, loginId: agent, loginName, firstName, lastName, extension, teamId, teamName,
  }));
}
