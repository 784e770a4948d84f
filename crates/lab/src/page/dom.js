// Changing the page in place: nothing is written that has not changed, so focus, selection and screen readers are
// left alone.

const SVG = "http://www.w3.org/2000/svg";

export const $ = (id) => document.getElementById(id);

export function text(element, value) {
  if (element.textContent !== value) element.textContent = value;
}
export function attribute(element, name, value) {
  if (value == null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}
export function attributes(element, all) {
  for (const [name, value] of Object.entries(all)) attribute(element, name, value);
}
export function element(tag, all = {}, ...children) {
  return dressed(document.createElement(tag), all, children);
}
/** The same for a drawing. */
export function shape(tag, all = {}, ...children) {
  return dressed(document.createElementNS(SVG, tag), all, children);
}
function dressed(made, all, children) {
  attributes(made, all);
  made.append(...children);
  return made;
}
/** Keeps one child of `parent` for each item, by key, in order; `make` builds one, `fill` updates it. */
export function keyed(parent, items, key, make, fill) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, index) => {
    const name = String(key(item));
    let child = old.get(name);
    old.delete(name);
    if (!child) {
      child = make(item);
      child.dataset.key = name;
    }
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
    fill(child, item);
  });
  for (const gone of old.values()) gone.remove();
}
export function button(press) {
  const made = element("button", { type: "button" });
  made.addEventListener("click", () => press(made));
  return made;
}
export function dress(made, label, described, pressed) {
  text(made, label);
  attribute(made, "aria-label", described);
  attribute(made, "aria-pressed", pressed);
}
