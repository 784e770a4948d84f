/** Reading and writing the small XML of the REST interface (rest-api.md section 1.4). */

export function parse(text: string): Element | null {
  const root = new DOMParser().parseFromString(text, "application/xml").documentElement;
  return root.getElementsByTagName("parsererror").length > 0 || root.localName === "parsererror" ? null : root;
}

export function child(of: Element | null, name: string): Element | null {
  for (const one of of?.children ?? []) if (one.localName === name) return one;
  return null;
}

export function children(of: Element | null, name: string): Element[] {
  return [...(of?.children ?? [])].filter((one) => one.localName === name);
}

/** The text at a path of names; empty if it is not there. */
export function text(of: Element | null, ...path: string[]): string {
  return path.reduce(child, of)?.textContent?.trim() ?? "";
}

/** Elements to write: text, or elements in their order. */
export type Content = string | [name: string, content: Content][];

export function element(name: string, content: Content): string {
  const inner = typeof content === "string" ? escaped(content) : content.map(([name, of]) => element(name, of)).join("");
  return `<${name}>${inner}</${name}>`;
}

/** As text between elements or in an attribute. */
export function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
