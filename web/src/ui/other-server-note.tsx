/** What a person can do today so that a failover works tomorrow. Blocks nothing. */

import type { Store } from "../desk/store.js";
import { t } from "../text/index.js";

export function OtherServerNote({ store }: { store: Store }) {
  // Of no use while this server is lost, too.
  const addresses = store.current.value ? store.unreached.value : [];
  const hosts = store.hosts.value;
  const host = store.server.value === "primary" ? hosts.secondary : hosts.primary;
  const secure = addresses.some((address) => address.startsWith("https:"));
  return (
    <div class="note" role="status" hidden={addresses.length === 0}>
      {addresses.length > 0 && <p>{t.value.otherUnreached(host)}</p>}
      {secure && <p>{t.value.otherCertificate}</p>}
      {secure && <Addresses of={addresses} />}
    </div>
  );
}

function Addresses({ of }: { of: readonly string[] }) {
  return (
    <ul>
      {of.map((address) => (
        <li key={address}>
          <a href={address} target="_blank" rel="noreferrer">
            {address}
          </a>
        </li>
      ))}
    </ul>
  );
}
