// Draws the wires: between the cards where there is room for all of them side by side, else as a small map with a box
// for each part. A wire that something passed since the last look moves.
import { $, attribute, attributes, keyed, shape, text } from "./dom.js";

/** The map: where each part stands in a drawing of 380 by 236. */
const MAP = {
  callers: [4, 20, 76, 44], switch: [4, 150, 76, 44], "cti-a": [112, 40, 66, 44], "cti-b": [112, 150, 66, 44],
  "node-1": [214, 40, 66, 44], "node-2": [214, 150, 66, 44], "desks node-1": [308, 4, 68, 44],
  "awdb-1": [308, 66, 68, 44], "awdb-2": [308, 124, 68, 44], "desks node-2": [308, 186, 68, 44],
};
/** Where the card of a part is found. */
export const cardId = (id) => `part-${id.replaceAll(" ", "-")}`;

const passedBefore = new Map();
/** Forgets what has passed, when another lab is looked at. */
export const forget = () => passedBefore.clear();

/** Where the cards are, as long as none of them changes its size: to look each time would lay out the page each time. */
const boxes = new Map();
let drawn = [];
const sizes = new ResizeObserver(() => {
  boxes.clear();
  drawBetweenCards(drawn);
});
/** Follows the size of a card. */
export const watch = (card) => sizes.observe(card);

/** Draws both; which of them is seen, the style sheet decides. */
export function drawWires(wires, parts, title) {
  drawn = wires.map((wire) => ({ ...wire, moves: moves(wire) }));
  drawBetweenCards(drawn);
  drawMap(drawn, parts, title);
}
function moves({ id, passed, kind }) {
  const before = passedBefore.get(id);
  passedBefore.set(id, passed);
  return before != null && before !== passed && kind !== "cut";
}

function drawBetweenCards(lines) {
  const svg = $("wires");
  if (!boxes.size) measure(svg);
  const box = (id) => boxes.get(id);
  const ways = lines.flatMap(({ id, from, via, to, ...how }) =>
    (via ? [[from, via], [via, to]] : [[from, to]]).map(([a, b], index) => ({ ...how, id: `${id} ${index}`, ends: [box(a), box(b)] })));
  draw(svg, ways.filter(({ ends }) => ends.every(Boolean)));
}
function measure(svg) {
  const frame = svg.getBoundingClientRect();
  if (!frame.width) return;
  attribute(svg, "viewBox", `0 0 ${Math.round(frame.width)} ${Math.round(frame.height)}`);
  for (const card of $("parts").children) {
    const { x, y, width, height } = card.getBoundingClientRect();
    boxes.set(card.dataset.key, { x: x - frame.x, y: y - frame.y, w: width, h: height });
  }
}
export function drawMap(lines, parts, title) {
  const ways = lines.map(({ from, to, ...how }) => ({ ...how, ends: [from, to].map((id) => boxOf(MAP[id])) }));
  draw($("map-wires"), ways);
  keyed($("map-parts"), parts, (part) => part.id,
    (part) => shape("a", { href: `#${cardId(part.id)}` }, shape("rect", { rx: 6 }), shape("text"), shape("text")),
    (group, { id, mood, name, word }) => {
      const [x, y, w, h] = MAP[id];
      attribute(group, "data-mood", mood);
      const [rect, first, second] = group.children;
      attributes(rect, { x, y, width: w, height: h });
      attributes(first, { x: x + w / 2, y: y + 18 });
      attributes(second, { x: x + w / 2, y: y + 34, class: "word" });
      text(first, name);
      text(second, word);
    });
  attribute($("map"), "aria-label", title);
}
const boxOf = ([x, y, w, h]) => ({ x, y, w, h });

function draw(svg, ways) {
  keyed(svg, ways, (way) => way.id, () => shape("path"), (path, { ends, kind, moves }) => {
    attribute(path, "d", curve(...ends));
    attribute(path, "class", moves ? `${kind} moves` : kind);
  });
}
/** From the middle of one edge to the middle of the facing one. */
function curve(a, b) {
  const beside = a.x + a.w <= b.x || b.x + b.w <= a.x;
  if (!beside) {
    const [above, below] = a.y < b.y ? [a, b] : [b, a];
    const x = (Math.max(a.x, b.x) + Math.min(a.x + a.w, b.x + b.w)) / 2;
    return path(["M", x, above.y + above.h, "V", below.y]);
  }
  const [left, right] = a.x < b.x ? [a, b] : [b, a];
  const [x1, y1, x2, y2] = [left.x + left.w, middle(left), right.x, middle(right)];
  const half = (x1 + x2) / 2;
  return path(["M", x1, y1, "C", half, y1, half, y2, x2, y2]);
}
const middle = ({ y, h }) => y + h / 2;
const path = (words) => words.map((word) => (typeof word === "number" ? Math.round(word * 10) / 10 : word)).join(" ");
