// The lab page: asks for the state twice a second, changes in place what has changed, and sends orders.
import { agents } from "./agents.js";
import { callList } from "./calls.js";
import { $, attribute, text } from "./dom.js";
import { verdict, wires } from "./model.js";
import { picture } from "./picture.js";
import { sentence } from "./story.js";
import * as story from "./timeline.js";
import { drawWires, forget } from "./wires.js";
import { languages, word } from "./words.js";

const EVERY_MS = 500;
const AGAIN_MS = 1000;
/** A toast is read within that. */
const TOAST_MS = 6000;
const ANSWER_WITHIN_MS = 4000;

let language = localStorage.getItem("language") ?? (navigator.language.startsWith("ja") ? "ja" : "en");
let state = null;
let lost = false;

/** A word in the language of the page; also a list, and a sentence that the lab says. */
const say = (key, values) => word(language, key, values);
say.list = (names) => new Intl.ListFormat(language).format(names);
say.sentence = (says) => sentence(language, says);

// --- talking with the lab

class Refusal extends Error {}
async function ask(path, options = {}) {
  const answer = await fetch(path, { ...options, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  const body = await answer.json();
  if (!answer.ok) throw new Refusal(body.error);
  return body;
}
/** One order, or several in their order. `quietly`: what is refused because somebody was quicker needs no word. */
async function order(what, quietly = false) {
  if (!what || !$("values").reportValidity()) return;
  try {
    for (const one of [what].flat()) await post(one);
  } catch (error) {
    if (!quietly) toast(error instanceof Refusal ? say("refused", { why: error.message }) : say("gone"));
  }
  await refresh();
}
const post = (what) =>
  ask("/api/command", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Holdfast-Lab": "1" },
    body: JSON.stringify(what),
  });
const command = (what, quietly) => order({ switch: what }, quietly);

let toastTimer;
function toast(message) {
  text($("toast"), message);
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => text($("toast"), ""), TOAST_MS);
}

async function refresh() {
  try {
    const [now, news] = await Promise.all([ask("/api/state"), ask(`/api/story?since=${story.newest}`)]);
    if (state && now.started_ms !== state.started_ms) return restart();
    [state, lost] = [now, false];
    story.add(news);
  } catch {
    lost = true;
  }
  show();
}
/** Another lab has taken the place of the one that was shown. */
function restart() {
  story.forget();
  forget();
  state = null;
  return refresh();
}

// --- showing

const value = (name) => $("values").elements[name].valueAsNumber;
const calls = callList({ order, command });
const showPicture = picture({ order, script: calls.script, values: value });

function show() {
  const [mood, sentence, values] = said();
  attribute($("summary"), "data-mood", mood);
  text($("summary"), say(sentence, values));
  attribute($("main"), "aria-busy", lost || !state);
  if (!state) return;
  showPicture(state, say);
  drawWires(wires(state), mapParts(), say(sentence, values));
  calls.show(state, say);
  agents(state, say, command);
  story.timeline(language);
}
function said() {
  if (lost) return ["bad", "gone", {}];
  if (!state) return ["wait", "loading", {}];
  const [mood, sentence, names] = verdict(state);
  return [mood, sentence, Object.fromEntries(Object.entries(names).map(([key, list]) => [key, say.list(list)]))];
}
/** The map says in a word what the cards say. */
function mapParts() {
  const cards = [...$("parts").children].filter((card) => !card.classList.contains("point"));
  return cards.map((card) => ({
    id: card.dataset.key, mood: card.dataset.mood,
    name: card.querySelector("h3 span").textContent, word: card.querySelector(".mood").textContent,
  }));
}

// --- language, and what is always there

function speak(chosen) {
  language = languages[chosen] ? chosen : "en";
  localStorage.setItem("language", language);
  document.documentElement.lang = language;
  document.title = say("title");
  document.querySelectorAll("[data-t]").forEach((made) => made.id !== "summary" && text(made, say(made.dataset.t)));
  document.querySelectorAll("[data-label]").forEach((made) => attribute(made, "aria-label", say(made.dataset.label)));
  document.querySelectorAll("[data-lang]").forEach((made) => attribute(made, "aria-pressed", made.dataset.lang === language));
  show();
}
document.querySelectorAll("[data-lang]").forEach((made) => made.addEventListener("click", () => speak(made.dataset.lang)));
$("values").addEventListener("submit", (event) => event.preventDefault());
$("search").addEventListener("input", show);

speak(new URLSearchParams(location.search).get("lang") ?? language);
for (;;) {
  await refresh();
  await new Promise((done) => setTimeout(done, lost ? AGAIN_MS : EVERY_MS));
}
