/** Paths into the document of a call. They are written for a root `Dialog`, whatever the document here is part of. */

export function follow(node: string, dialog: Element): string {
  const own = document.implementation.createDocument(null, "Dialog");
  own.documentElement.append(...[...dialog.children].map((child) => own.importNode(child, true)));
  try {
    return own.evaluate(`string(${node})`, own, null, XPathResult.STRING_TYPE, null).stringValue;
  } catch {
    // What is no path leads nowhere.
    return "";
  }
}
