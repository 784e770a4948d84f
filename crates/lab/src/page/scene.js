// What the picture of a recording shows, told from what is true after a step. Touches no page.

const CTI = { "cti-a": "CTI A", "cti-b": "CTI B" };
const NODES = { "node-1": "node 1", "node-2": "node 2" };
const AWDBS = { "awdb-1": "AWDB 1", "awdb-2": "AWDB 2" };

/** The box of the map that a part of a recording is, or stands in; `desktops` says where desktops are. */
export function boxOf(part, scene) {
  const named = { ...CTI, ...NODES, ...AWDBS, switch: "switch", callers: "phones" };
  const box = Object.keys(named).find((key) => named[key] === part);
  if (box) return box;
  if (part?.startsWith("disk ")) return `node-${part.slice(5)}`;
  if (part?.startsWith("desktop ")) return desksOf(scene.desktops[part] ?? "node 1");
  return null;
}
const desksOf = (node) => `desks node-${node.slice(5)}`;

/** The parts of the map, each with its mood and its words; `step` is the one that has just happened. */
export function parts(scene, step, say) {
  const speaking = [boxOf(step?.from, scene), boxOf(step?.to, scene)];
  return [
    { id: "callers", name: say("callers"), ...mood("idle", "") },
    { id: "switch", name: say("switch"), ...broken(scene, "switch", ["good", say("working")], say) },
    ...Object.entries(CTI).map(([id, name]) => ({ id, name, ...broken(scene, name, ["good", say("working")], say) })),
    ...Object.entries(NODES).map(([id, name]) => ({ id, name, ...node(scene, name, say) })),
    ...Object.entries(NODES).map(([id, name]) => ({ id: `desks ${id}`, name: say("desktops"), ...desks(scene, name, say) })),
    ...Object.entries(AWDBS).map(([id, name]) => ({ id, name, ...broken(scene, name, ["good", say("awdbAnswers")], say) })),
  ].map((part) => ({ ...part, speaks: speaking.includes(part.id) }));
}
const mood = (mood, word) => ({ mood, word });
function broken(scene, name, otherwise, say) {
  const wrong = scene.wrong[name];
  if (!wrong) return mood(...otherwise);
  return wrong.some((says) => /is killed$|^is down|lost the switch/.test(says)) ? mood("bad", say("down")) : mood("warn", say("faulty"));
}
function node(scene, name, say) {
  const { runs, serves } = scene.nodes[name];
  if (!runs) return mood("bad", say("killed"));
  return serves ? mood("good", say("in-service")) : mood("warn", say("out-of-service"));
}
function desks(scene, name, say) {
  const open = Object.values(scene.desktops).filter((node) => node === name).length;
  return mood(open ? "good" : "idle", say("desktops_n", { n: open }));
}

/** Every wire of the map: its ends, how it is, and whether the step went over it. */
export function wires(scene, step) {
  const ends = [boxOf(step?.from, scene), boxOf(step?.to, scene)];
  const wire = (from, to, kind, id = `${from} ${to}`) => ({ id, from, to, kind, moves: ends.includes(from) && ends.includes(to) });
  return [
    wire("callers", "switch", "idle"),
    ...Object.entries(CTI).map(([id, name]) => wire("switch", id, isDown(scene, name) || scene.wrong.switch ? "cut" : "up")),
    ...Object.entries(NODES).flatMap(([id, name]) => [
      ...Object.entries(CTI).map(([cti, side]) => wire(cti, id, link(scene, name, side))),
      ...Object.entries(AWDBS).map(([awdb, host]) => wire(id, awdb, awdbLink(scene, name, host))),
      wire(id, `desks ${id}`, deskLink(scene, name)),
    ]),
    wire("node-1", "node-2", peerLink(scene)),
  ];
}
const isDown = (scene, name) => (scene.wrong[name] ?? []).some((says) => /is killed$|^is down/.test(says));
function link(scene, name, side) {
  const wrong = scene.wrong[`link ${name.slice(5)}${side.slice(4)}`];
  if (!scene.nodes[name].runs || isDown(scene, side) || wrong?.some((says) => says.startsWith("is cut"))) return "cut";
  if (wrong || scene.wrong[side]) return "ill";
  const { cti, serves } = scene.nodes[name];
  return cti !== side ? "idle" : serves ? "live" : "up";
}
function awdbLink(scene, name, host) {
  if (!scene.nodes[name].runs || isDown(scene, host)) return "cut";
  return scene.wrong[host] ? "ill" : "up";
}
function deskLink(scene, name) {
  if (!scene.nodes[name].runs) return "cut";
  return Object.values(scene.desktops).includes(name) ? "live" : "idle";
}
function peerLink(scene) {
  const nodes = Object.values(scene.nodes);
  const wrong = scene.wrong["peer link"];
  if (nodes.some((node) => !node.runs) || wrong?.some((says) => says.startsWith("is cut"))) return "cut";
  if (wrong) return "ill";
  return nodes.every((node) => node.linked) ? "live" : "idle";
}
