/** The queues that the agent serves, as CTI tells of them every ten seconds. */

import type { Queue } from "../finesse/model.js";
import type { Store } from "../desk/store.js";
import { t } from "../text/index.js";
import { Duration } from "./clock.js";

export function Queues({ store }: { store: Store }) {
  const texts = t.value;
  const queues = store.queues.value;
  const current = store.current.value;
  return (
    <section class={`panel queues ${current ? "" : "stale"}`} aria-label={texts.queues}>
      <h2>
        {texts.queues} {!current && <span class="tag warn">{texts.notCurrent}</span>}
      </h2>
      {queues.length === 0 ? (
        <p class="empty">{texts.noQueues}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{texts.queue}</th>
              <th scope="col">{texts.waiting}</th>
              <th scope="col">{texts.longest}</th>
              <th scope="col">{texts.agentsReady}</th>
              <th scope="col">{texts.agentsTalking}</th>
            </tr>
          </thead>
          <tbody>
            {queues.map((queue) => (
              <Row key={queue.id} store={store} queue={queue} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ store, queue }: { store: Store; queue: Queue }) {
  const count = (number: number) => (number < 0 ? "–" : number);
  return (
    <tr>
      <th scope="row">{queue.name}</th>
      <td>{count(queue.calls)}</td>
      <td>{queue.longest === null ? "–" : <Duration store={store} since={queue.longest} />}</td>
      <td>{count(queue.ready)}</td>
      <td>{count(queue.talking)}</td>
    </tr>
  );
}
