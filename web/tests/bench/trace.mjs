/** What a page costs, from a trace of Chromium: the processor time of its main thread for script, style and layout. */

/** Spans that are script, or what script has the browser do at once; they may lie in each other. */
const SCRIPT = new Set([
  "EvaluateScript", "EventDispatch", "FireAnimationFrame", "FireIdleCallback", "FunctionCall", "MajorGC", "MinorGC",
  "RunMicrotasks", "TimerFire", "v8.callFunction", "WebSocketReceive", "XHRReadyStateChange",
]);
const LAYOUT = new Set([
  "Layout", "UpdateLayoutTree", "UpdateLayerTree", "PrePaint", "IntersectionObserverController::computeIntersections",
]);

export const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink", "v8", "__metadata"];

/** Milliseconds for each update: whatever is done from its arrival until the next one arrives, timers included. */
export function costs(trace) {
  const events = ownThread(JSON.parse(trace).traceEvents);
  const arrivals = events.filter(({ name }) => name === "WebSocketReceive").map(({ ts }) => ts);
  const work = outermost(events.filter(({ name, dur }) => dur > 0 && (SCRIPT.has(name) || LAYOUT.has(name))));
  const tasks = outermost(events.filter(({ name, dur }) => dur > 0 && name === "RunTask"));
  return { work: between(arrivals, work), tasks: between(arrivals, tasks), arrivals: arrivals.length };
}

/** The main thread of the page that has the WebSocket. */
function ownThread(events) {
  const page = events.find(({ name }) => name === "WebSocketReceive");
  if (!page) throw new Error("the page has heard nothing");
  return events.filter(({ pid, tid }) => pid === page.pid && tid === page.tid).sort((one, other) => one.ts - other.ts);
}

function outermost(spans) {
  let end = -Infinity;
  return spans.filter(({ ts, dur }) => {
    if (ts < end) return false;
    end = ts + dur;
    return true;
  });
}

/** Without the last, whose time is not over. */
function between(arrivals, spans) {
  const sums = new Array(Math.max(0, arrivals.length - 1)).fill(0);
  let at = -1;
  for (const span of spans) {
    while (at + 1 < arrivals.length && arrivals[at + 1] <= span.ts + span.dur) at += 1;
    if (at >= 0 && at < sums.length) sums[at] += (span.tdur ?? span.dur) / 1000;
  }
  return sums;
}

export function percentile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
