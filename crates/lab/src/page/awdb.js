// What happens to the AWDB hosts, and what desktop servers say of them, in Japanese.
import { causeJa } from "./causes.js";

/** By the stable name of what happened. */
export const awdbStoryJa = {
  "awdb.killed": "{awdb} を強制終了しました。アドレスを閉じ、接続をリセットしました", "awdb.started": "{awdb} を再起動しました",
  "distributor.stopped": "{awdb} のディストリビューターを停止しました", "distributor.started": "{awdb} のディストリビューターを起動しました",
  "awdb-link.clear": "{node} → {awdb}：障害をすべて解除", "awdb-link.refuse": "{node} → {awdb}：接続を拒否",
  "awdb-link.reset": "{node} → {awdb}：接続をリセット", "awdb-link.hang": "{node} → {awdb}：ハング",
  "awdb-link.blackhole": "{node} → {awdb}：全パケット消失", "awdb-link.latency": "{node} → {awdb}：遅延 上り {up_ms} ms、下り {down_ms} ms",
  "awdb-link.flap": "{node} → {awdb}：断続（断 {down_ms} ms、接続 {up_ms} ms）",
  "awdb-link.corrupt": "{node} → {awdb}：{every} バイトごとに 1 バイト破損", "awdb-link.hang-login": "{node} → {awdb}：サインイン無応答",
  "awdb-link.hang-result": "{node} → {awdb}：結果を半分で停止", "awdb-link.half-packets": "{node} → {awdb}：パケット分割",
  "awdb-link.slow": "{node} → {awdb}：毎秒 {bytes_per_second} バイトに減速",
  "awdb.unreachable": "どの AWDB も応答しません。最近認証した利用者は引き続き利用でき、ほかの要求のたびに再試行します",
};

const RANKS = { primary: "プライマリ", secondary: "セカンダリ" };
/** By the sentence, which names the host by its rank. */
export const awdbSaidJa = [
  [/^(primary|secondary) AWDB lost: (.*); next: requests that need a check go to the (primary|secondary)$/,
    (all, host, why, next) => `${RANKS[host]} AWDB が利用できません（${causeJa(why)}）。認証は${RANKS[next]}で行います`],
  [/^(primary|secondary) AWDB lost: (.*); next: requests that need a check try it again, there is no other$/,
    (all, host, why) => `${RANKS[host]} AWDB が利用できません（${causeJa(why)}）。要求のたびに再試行します`],
  [/^(primary|secondary) AWDB answers again$/, (all, host) => `${RANKS[host]} AWDB が応答を再開しました`],
  [/^sign-ins are checked at the (primary|secondary) AWDB now$/, (all, host) => `認証を${RANKS[host]} AWDB で行います`],
  [/^sign-ins are checked at the (primary|secondary) AWDB now, whose distributor is stopped: its data are old$/,
    (all, host) => `認証を${RANKS[host]} AWDB で行います。ディストリビューターが停止中のため、データは古いままです`],
  [/^(primary|secondary) AWDB: the distributor is stopped, new people and passwords do not arrive$/,
    (all, host) => `${RANKS[host]} AWDB：ディストリビューターが停止中です。新しい利用者とパスワードは反映されません`],
  [/^(primary|secondary) AWDB: the distributor runs again$/, (all, host) => `${RANKS[host]} AWDB：ディストリビューターが動作を再開しました`],
  [/^account (\S+) is locked after too many wrong passwords$/, "パスワードの誤りが続いたため、アカウント $1 をロックしました"],
  [/^credentials of (\S+) forgotten, ordered by (.*)$/, "$2 の指示により、$1 の認証情報を破棄しました"],
];
