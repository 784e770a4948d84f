// What has happened, in order, in the language of the page.
import { $, element, keyed, text } from "./dom.js";
import { tell } from "./story.js";

/** Entries that are kept: a long demo, and still a list that is drawn at once. */
const KEPT_MAX = 300;
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 });

let entries = [];
let shown = "";
/** Number of the newest entry. */
export let newest = 0;

export function forget() {
  entries = [];
  newest = 0;
}
export function add(story) {
  const news = story.filter((entry) => entry.n > newest);
  newest = news.at(-1)?.n ?? newest;
  if (news.length) entries = [...entries, ...news].sort((a, b) => a.at_ms - b.at_ms || a.n - b.n).slice(-KEPT_MAX);
}

/** Follows the newest, unless somebody has scrolled back. */
export function timeline(language) {
  const now = `${language} ${newest} ${entries.length}`;
  if (now === shown) return;
  shown = now;
  const frame = $("timeline-frame");
  const follows = frame.scrollHeight - frame.scrollTop - frame.clientHeight < 40;
  keyed($("timeline"), entries, (entry) => entry.n, made, (line, entry) => fill(line, entry, language));
  if (follows) frame.scrollTop = frame.scrollHeight;
  frame.hidden = entries.length === 0;
  $("no-story").hidden = entries.length > 0;
}
function made(entry) {
  return element("li", { "data-what": entry.what }, element("time", { datetime: new Date(entry.at_ms).toISOString() }), element("b"), element("span"));
}
function fill(line, entry, language) {
  // What has happened does not change any more, but the language does.
  if (line.dataset.said === language) return;
  line.dataset.said = language;
  const [time, who, says] = line.children;
  text(time, TIME.format(entry.at_ms));
  text(who, entry.who);
  text(says, [tell(language, entry), ...lastLines(entry)].join("\n"));
}
/** The end of the log of a desktop server that died. */
const lastLines = (entry) => (entry.with.log ? entry.with.log.split("\n").slice(-3) : []);
