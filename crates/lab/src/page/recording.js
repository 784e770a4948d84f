// A recording of the simulation: read and checked, and what is true after each of its steps. Touches no page.

/** Kinds of steps; `sim::recording::Kind` has the same. */
export const KINDS = ["chapter", "deed", "fault", "mend", "decision", "connection", "message", "pulse", "request", "answer", "event", "truth", "disk", "rule"];
const VERSION = 1;
/** As `sim::recording::BYTES_MAX`. */
export const BYTES_MAX = 256 * 1024 * 1024;
/** Between two states that are kept: going back takes no more steps than that. */
const KEPT_EVERY = 500;

/** Why a file is no recording: a word of the page, and its values. */
export class NoRecording extends Error {
  constructor(word, values = {}) {
    super(word);
    Object.assign(this, { word, values });
  }
}

/** The recording in a text: alone, or in a report of `holdfast sim --replay`. */
export function read(text) {
  const whole = parsed(text);
  const it = whole?.replay ?? whole;
  if (typeof it !== "object" || it === null || !("recording" in it)) throw new NoRecording("notRecording");
  if (it.recording !== VERSION) throw new NoRecording("otherVersion", { version: String(it.recording).slice(0, 40), known: VERSION });
  if (!Number.isFinite(it.seed) || !Array.isArray(it.steps)) throw new NoRecording("notRecording");
  if (!it.steps.length) throw new NoRecording("noSteps");
  const bad = it.steps.findIndex((step) => !isStep(step));
  if (bad >= 0) throw new NoRecording("badStep", { step: bad + 1 });
  return { seed: seedOf(text) ?? String(it.seed), broken: typeof it.broken === "string" ? it.broken : null, steps: it.steps };
}
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new NoRecording("notJson", { why: error.message });
  }
}
/** Seeds may be larger than what a number of this language holds. */
const seedOf = (text) => /"seed":\s*(\d+)/.exec(text)?.[1];
function isStep(step) {
  const texts = [step?.from, step?.says, step?.to ?? ""];
  return Number.isFinite(step?.at) && step.at >= 0 && KINDS.includes(step.kind) && texts.every((text) => typeof text === "string");
}

/** What is true after each step: `at(n)` after the first n. */
export function scenes(steps) {
  const kept = [empty()];
  const keep = (until) => {
    while (kept.length <= until) {
      const from = (kept.length - 1) * KEPT_EVERY;
      kept.push(after(kept.at(-1), steps.slice(from, from + KEPT_EVERY)));
    }
  };
  return {
    at(n) {
      const whole = Math.floor(n / KEPT_EVERY);
      keep(whole);
      return after(kept[whole], steps.slice(whole * KEPT_EVERY, n));
    },
  };
}
function after(scene, steps) {
  const next = structuredClone(scene);
  steps.forEach((step) => apply(next, step));
  return next;
}
/** Before the first step of a walk. `wrong` has what is broken, by part. */
function empty() {
  const node = () => ({ runs: false, serves: false, cti: null, up: false, linked: false });
  return { nodes: { "node 1": node(), "node 2": node() }, wrong: {}, desktops: {}, calls: false };
}

function apply(scene, step) {
  if (step.kind === "chapter") Object.assign(scene, empty());
  if (step.kind === "fault") breaks(scene, step);
  if (step.kind === "mend") mends(scene, step);
  if (step.kind === "decision") decides(scene, step);
  if (step.kind === "connection") connects(scene, step);
  if (step.kind === "deed" && /^(leaves|crashes|falls silent)/.test(step.says)) delete scene.desktops[step.from];
}
function breaks(scene, { from, says }) {
  const node = scene.nodes[from];
  if (node && says === "crashes") {
    scene.nodes[from] = empty().nodes[from];
    for (const [desktop, at] of Object.entries(scene.desktops)) if (at === from) delete scene.desktops[desktop];
  }
  // What happens once and is over leaves nothing broken.
  if (/^is reset/.test(says)) return;
  scene.wrong[from] = [...new Set([...(scene.wrong[from] ?? []), says])];
}
function mends(scene, { from, says }) {
  if (from === "chance") scene.wrong = {};
  else delete scene.wrong[from];
  if (scene.nodes[from] && says === "starts") scene.nodes[from].runs = true;
}
function decides(scene, { from, says }) {
  const node = scene.nodes[from];
  if (!node) return;
  if (says === "in service") node.serves = true;
  if (says === "out of service") node.serves = false;
}
function connects(scene, { from, to, says }) {
  const node = scene.nodes[from];
  if (node && says === "dials") Object.assign(node, { cti: to, up: false });
  if (node && says.startsWith("no CTI")) node.up = false;
  if (node && says === "hangs up") node.up = false;
  if (node && says.startsWith("has a link")) node.linked = true;
  if (node && /^(has lost link|closes the link)/.test(says)) node.linked = false;
  if (node && says === "the session is open") scene.desktops[to] = from;
}
