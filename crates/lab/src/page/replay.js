// The page that plays a recording: opens a file, goes through its steps, and shows the picture and the list beside it.
// Nothing is sent anywhere.
import { $, attribute, element, keyed, text } from "./dom.js";
import { BYTES_MAX, NoRecording, read, scenes } from "./recording.js";
import { en } from "./replay-en.js";
import { ja } from "./replay-ja.js";
import { boxOf, parts, wires } from "./scene.js";
import { inJapanese } from "./told-ja.js";
import { drawMap } from "./wires.js";
import { filled } from "./words.js";

const WORDS = { en, ja };
const MB = 1024 * 1024;
/** Lines of the list around the step: more than a screen shows, and drawn at once. */
const AROUND = 60;
const KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

let language = localStorage.getItem("language") ?? (navigator.language.startsWith("ja") ? "ja" : "en");
const say = (key, values = {}) => filled(WORDS[language][key] ?? key, values);
/** What was opened; `listed` are the numbers of the steps that are gone through, `at` is a place among them. */
let recording = null, scene = null, listed = [], at = 0;
/** What is told of the file: a word with values. */
let trouble = null;
let timer = null;

// --- opening

async function open(file) {
  if (!file) return;
  stop();
  try {
    if (file.size > BYTES_MAX) throw new NoRecording("tooLong", { mb: Math.ceil(file.size / MB), known: BYTES_MAX / MB });
    recording = read(await contents(file));
    [scene, trouble, at] = [scenes(recording.steps), null, 0];
    offer();
    list(1);
  } catch (error) {
    if (!(error instanceof NoRecording)) throw error;
    trouble = [error.word, error.values];
  }
  show();
}
async function contents(file) {
  try {
    return await file.text();
  } catch (error) {
    throw new NoRecording("unreadable", { why: error.message });
  }
}
/** Whom the list can be about. */
function offer() {
  const names = new Set(recording.steps.flatMap(({ from, to }) => [from, to]).filter((name) => name != null));
  const sorted = [...names].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  $("about").replaceChildren(element("option", { value: "" }), ...sorted.map((name) => new Option(name, name)));
}

// --- going through the steps

/** Lists what is wanted, and stays at the step with this number or the next one that is listed. */
function list(number) {
  const [about, pulses] = [$("about").value, $("pulses").checked];
  const wanted = ({ from, to, kind }) => (pulses || kind !== "pulse") && (!about || from === about || to === about);
  listed = recording.steps.flatMap((step, index) => (wanted(step) ? [index + 1] : []));
  const next = listed.findIndex((listed) => listed >= number);
  at = next < 0 ? Math.max(listed.length - 1, 0) : next;
}
const number = () => listed[at] ?? 0;
const step = () => recording?.steps[number() - 1];

function go(to) {
  if (!listed.length) return;
  at = Math.min(Math.max(to, 0), listed.length - 1);
  show();
}
/** To the next step of a kind, wherever the list is about. */
function jump(kind, word) {
  const next = recording.steps.findIndex((step, index) => index >= number() && step.kind === kind);
  stop();
  if (next < 0) return text($("summary"), say(word));
  if (!listed.includes(next + 1)) $("about").value = "";
  list(next + 1);
  show();
}
function play() {
  if (timer) return stop();
  if (at === listed.length - 1) at = 0;
  timer = setInterval(() => (at < listed.length - 1 ? go(at + 1) : stop()), 1000 / Number($("speed").value));
  show();
}
function stop() {
  clearInterval(timer);
  timer = null;
  if (recording) show();
}

// --- showing

const seconds = ({ at }) => (at / 1e6).toFixed(6);
const who = ({ from, to }) => (to == null ? from : `${from} → ${to}`);
const said = ({ says }) => (language === "ja" ? inJapanese(says) : says);

function show() {
  const [mood, word, values] = verdict();
  attribute($("summary"), "data-mood", mood);
  text($("summary"), say(word, values));
  text($("trouble"), trouble ? say(...trouble) : "");
  $("player").hidden = !recording;
  if (!recording) return;
  text($("play"), say(timer ? "pause" : "play"));
  showStep();
  showPicture();
  showList();
}
function verdict() {
  if (!recording) return ["wait", "none", {}];
  const values = { seed: recording.seed, n: recording.steps.length.toLocaleString(language) };
  return recording.broken == null ? ["good", "opened", values] : ["bad", "openedBroken", values];
}
function showStep() {
  const [slider, now] = [$("slider"), step()];
  [slider.max, slider.value] = [Math.max(listed.length - 1, 0), at];
  slider.disabled = !listed.length;
  attribute(slider, "aria-valuetext", now ? say("positionOf", { n: number(), all: recording.steps.length, s: seconds(now) }) : null);
  text($("now-number"), now ? String(number()) : "");
  text($("now-time"), now ? say("seconds", { s: seconds(now) }) : "");
  text($("now-who"), now ? who(now) : "");
  tell($("now-says"), now);
  // Whoever goes step by step hears each; while it plays, that would be too much.
  attribute($("now"), "aria-live", timer ? "off" : "polite");
}
/** In the language of the page where that is known, else in that of the recording. */
function tell(element, step) {
  text(element, step ? said(step) : "");
  attribute(element, "lang", step && language !== "en" && said(step) === step.says ? "en" : null);
}
function showPicture() {
  const [now, all] = [scene.at(number()), parts(scene.at(number()), step(), say)];
  drawMap(wires(now, step()), all, say("mapOf", { n: number(), says: step() ? said(step()) : "" }));
  const chosen = boxOf($("about").value, now);
  for (const box of $("map-parts").children) {
    const part = all.find(({ id }) => id === box.dataset.key);
    attribute(box, "data-speaks", part.speaks ? "" : null);
    attribute(box, "data-chosen", chosen === part.id ? "" : null);
    attribute(box, "href", "#steps");
  }
  const wrong = Object.entries(now.wrong).flatMap(([part, all]) => all.map((says) => ({ part, says })));
  keyed($("wrong"), wrong, ({ part, says }) => `${part} ${says}`, () => element("li"),
    (line, { part, says }) => text(line, say("wrongOf", { part, says: said({ says }) })));
  $("nothing-wrong").hidden = wrong.length > 0;
}
function showList() {
  const from = Math.max(0, Math.min(at - AROUND, listed.length - 2 * AROUND));
  keyed($("steps"), listed.slice(from, from + 2 * AROUND), (number) => number, makeLine, (line, number) => {
    tell(line.lastChild, recording.steps[number - 1]);
    attribute(line, "aria-selected", number === listed[at]);
  });
  const current = $(`step-${number()}`);
  attribute($("steps"), "aria-activedescendant", current?.id);
  if (current) intoView($("steps"), current);
  text($("count"), say("count", { n: listed.length.toLocaleString(language), all: recording.steps.length.toLocaleString(language) }));
}
function makeLine(number) {
  const step = recording.steps[number - 1];
  const line = element("li", { id: `step-${number}`, role: "option", "data-kind": step.kind },
    element("b"), element("time"), element("span", { class: "who" }), element("span", { class: "says" }));
  [String(number), seconds(step), who(step)].forEach((words, index) => text(line.children[index], words));
  line.addEventListener("click", () => go(listed.indexOf(number)));
  return line;
}
/** Moves the list and never the page. */
function intoView(frame, line) {
  const [top, bottom] = [line.offsetTop - frame.offsetTop, line.offsetTop - frame.offsetTop + line.offsetHeight];
  if (top < frame.scrollTop || bottom > frame.scrollTop + frame.clientHeight) frame.scrollTop = top - frame.clientHeight / 2;
}

// --- hands

function speak(chosen) {
  language = WORDS[chosen] ? chosen : "en";
  localStorage.setItem("language", language);
  document.documentElement.lang = language;
  document.title = say("title");
  document.querySelectorAll("[data-t]").forEach((made) => text(made, say(made.dataset.t)));
  document.querySelectorAll("[data-label]").forEach((made) => attribute(made, "aria-label", say(made.dataset.label)));
  document.querySelectorAll("[data-lang]").forEach((made) => attribute(made, "aria-pressed", made.dataset.lang === language));
  if (recording) text($("about").options[0], say("everything"));
  show();
}
const on = (id, event, does) => $(id).addEventListener(event, does);
const still = (does) => () => {
  stop();
  does();
};
document.querySelectorAll("[data-lang]").forEach((made) => made.addEventListener("click", () => speak(made.dataset.lang)));
on("file", "change", async ({ target }) => {
  await open(target.files[0]);
  // The same file may be chosen again after it was mended.
  if (trouble) target.value = "";
  else speak(language);
});
on("first", "click", still(() => go(0)));
on("back", "click", still(() => go(at - 1)));
on("play", "click", play);
on("forward", "click", still(() => go(at + 1)));
on("last", "click", still(() => go(Infinity)));
on("speed", "change", () => timer && (stop(), play()));
on("next-fault", "click", () => jump("fault", "noFault"));
on("next-rule", "click", () => jump("rule", "noRule"));
on("slider", "input", ({ target }) => {
  // To stop shows the place that was left, on the slider, too.
  const place = target.valueAsNumber;
  stop();
  go(place);
});
for (const id of ["about", "pulses"]) on(id, "change", () => (list(number()), show()));
on("map", "click", (event) => {
  const box = event.target.closest("[data-key]");
  if (!box) return;
  event.preventDefault();
  const now = scene.at(number());
  // A disk stands in the box of its node, which is meant.
  const isMeant = ({ value }) => value && !value.startsWith("disk ") && boxOf(value, now) === box.dataset.key;
  const name = [...$("about").options].find(isMeant)?.value ?? "";
  $("about").value = $("about").value === name ? "" : name;
  list(number());
  show();
});
addEventListener("keydown", (event) => {
  const busy = event.target.closest("input, select, button, a, summary");
  if (!recording || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === " " && !busy) return event.preventDefault(), play();
  const way = KEYS[event.key];
  if (way === undefined || event.target.matches("input, select, .wrong-frame")) return;
  event.preventDefault();
  stop();
  go(at + way);
});
for (const event of ["dragover", "dragleave", "drop"]) {
  addEventListener(event, (dragged) => {
    dragged.preventDefault();
    attribute($("drop"), "data-over", event === "dragover" ? "" : null);
    if (event === "drop") open(dragged.dataTransfer.files[0]).then(() => speak(language));
  });
}

speak(new URLSearchParams(location.search).get("lang") ?? language);
