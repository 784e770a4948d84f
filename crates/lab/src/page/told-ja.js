// What a recording of the simulation tells, in Japanese; what is not here, the lab page may know.
import { sentence } from "./story.js";

const TOLD = [
  [/^crashes$/, "異常終了しました"], [/^starts$/, "起動しました"], [/^in service$/, "サービス中"], [/^out of service$/, "サービス停止中"],
  [/^works$/, "正常に戻りました"], [/^all faults end$/, "すべての障害が終わりました"],
  [/^is cut, and both ends are told$/, "切断されました（両端に通知）"], [/^holds everything, and nobody is told$/, "何も通しません（通知なし）"],
  [/^connects, then holds everything, and nobody is told$/, "接続だけを通し、以後は何も通しません（通知なし）"],
  [/^holds what goes to (.+), and nobody is told$/, "$1 への方向だけを通しません（通知なし）"], [/^is reset$/, "リセットされました"],
  [/^is reset at (.+), and the other end is not told$/, "$1 の側だけでリセットされました（相手には通知なし）"],
  [/^takes (.+)$/, "片道 $1 かかります"], [/^flips one byte in (\d+) on the way to the node$/, "ノードへの $1 バイトに 1 バイトが化けます"],
  [/^its clock is ahead by (.+) ms$/, "時計が $1 ms 進んでいます"], [/^will be killed at (.+)$/, "$1 の時点で強制終了されます"],
  [/^somebody stops (\w+)$/, "$1 サービスが停止されました"], [/^somebody starts (\w+)$/, "$1 サービスが開始されました"],
  [/^is full$/, "空き容量がありません"], [/^has room$/, "空き容量があります"], [/^settings are on disk$/, "設定を書き込みました"],
  [/^is as an older copy of it$/, "古いバックアップに戻されました"], [/^one piece of settings in (\d+) is spoiled$/, "設定の断片 $1 個に 1 個が壊れます"],
  [/^is down$/, "停止しています"], [/^takes connections and says nothing$/, "接続は受け付けますが応答しません"], [/^answers after (.+)$/, "応答に $1 かかります"],
  [/^its distributor runs$/, "ディストリビューターが動いています"], [/^its distributor stands still$/, "ディストリビューターが止まっています"],
  [/^loses its connection for (\S+), (and its node is told|and nobody is told); (goes on|begins).*$/,
    (all, time, told, then) => `${time} の間、接続を失います（${told.includes("nobody") ? "通知なし" : "ノードに通知"}）。その後は${then === "begins" ? "新しいセッションを始めます" : "続きから再開します"}`],
  [/^has its connection again$/, "接続が戻りました"], [/^leaves and says goodbye$/, "退出を告げて閉じました"], [/^leaves in a hurry$/, "急いで閉じました"],
  [/^falls silent$/, "応答がなくなりました"], [/^falls silent, and says goodbye after (.+)$/, "応答がなくなり、$1 後に退出を告げます"],
  [/^goes there in (.+)$/, "$1 後に移ります"], [/^opens a session$/, "セッションを開きます"], [/^the session is open$/, "セッションが開きました"],
  [/^dials$/, "接続を試みます"], [/^hangs up$/, "切断します"], [/^no CTI: (.+)$/, "CTI に接続していません（$1）"],
  [/^has a link, number (\d+)$/, "ノード間リンクがつながりました（番号 $1）"], [/^has lost link (\d+)$/, "ノード間リンク $1 を失いました"],
  [/^polls SystemInfo$/, "SystemInfo を確認します"],
];

/** A sentence of a recording in Japanese, as far as it is known. */
export function inJapanese(says) {
  const known = TOLD.find(([pattern]) => pattern.test(says));
  return known ? says.replace(...known) : sentence("ja", says);
}
