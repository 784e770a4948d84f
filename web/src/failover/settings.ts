/** The numbers of client failover as we choose them; the first settings of `web/tests/failover/table.json`, which a test
 * compares. */

import type { Settings } from "./types.js";

export const OURS: Settings = {
  two_servers: true,
  tries: [200, 500, 1000],
  connect_timeout: 2000,
  poll_interval: 10_000,
  poll_timeout: 2000,
  sign_in_timeout: 10_000,
  refresh_timeout: 20_000,
  refresh_pause: 1000,
  spread_move: 1000,
  spread_return: 500,
  refused_pause: 600_000,
  retry_after_max: 30_000,
};

/** The same for polls at other times: who is asked more often has less time to answer, or no question would come to its
 * end before the next one. */
export function polledEvery(interval: number): Settings {
  const share = Math.min(1, interval / OURS.poll_interval);
  const [connect_timeout, poll_timeout] = [OURS.connect_timeout * share, OURS.poll_timeout * share];
  return { ...OURS, poll_interval: interval, connect_timeout, poll_timeout };
}
