// The sentences of the timeline. In English the lab tells them itself; here are the same in Japanese.
import { awdbSaidJa, awdbStoryJa } from "./awdb.js";
import { causeJa } from "./causes.js";
import { presenceJa } from "./presence.js";
import { ja } from "./ja.js";
import { settingsSaidJa } from "./settings.js";
import { filled } from "./words.js";

// By the stable name of what happened.
const storyJa = {
  "script.began": "シナリオ「{plot}」：{from} が {to} に発信しました", "script.asked": "シナリオ「{plot}」：エージェントが {colleague} に打診しました",
  "script.ended": "シナリオ「{plot}」が終わりました", "script.gone": "シナリオ「{plot}」は通話の終了とともに終わりました",
  "script.late": "シナリオ「{plot}」は待ち時間を過ぎたため終わりました", "script.refused": "シナリオ「{plot}」は続行できません：{why}",
  ...awdbStoryJa,
  "lab.started": "ラボを開始しました",
  "node.started": "{part} を起動しました", "node.killed": "{part} を強制終了しました", "node.stopped": "{part} を停止しました",
  "node.died": "{part} が異常終了しました（{status}）", "node.silent": "{part} は応答しません",
  "node.in-service": "{part} はサービス中です", "node.out-of-service": "{part} はサービス停止中です",
  "cti.killed": "{part} を強制終了しました。アドレスを閉じ、接続をリセットしました",
  "cti.revived": "{part} を再起動しました", "cti.hung": "{part} がハングしました", "cti.unhung": "{part} が動作を再開しました",
  "cti.keeps_dialing": "接続を試み続けています。以降の試行はログだけに記録されます",
  "cti.opened": "CTI サーバー {side} とのセッションを開始しました",
  "cti.peripheral_online": "CTI サーバー {side}：ペリフェラルはオンラインです。状態を読み直します",
  "cti.peripheral_offline": "CTI サーバー {side}：ペリフェラルはオフラインです",
  "cti.recovered": "エージェントと通話の状態を読み直しました",
  "cti.in_service": "CTI サーバー {side} で業務を再開しました",
  "peer-link.clear": "ピア リンク：障害をすべて解除", "peer-link.refuse": "ピア リンク：切断し、接続を拒否", "peer-link.reset": "ピア リンク：接続をリセット",
  "peer-link.hang": "ピア リンク：ハング", "peer-link.blackhole": "ピア リンク：全パケット消失", "peer-link.latency": "ピア リンク：遅延 上り {up_ms} ms、下り {down_ms} ms",
  "peer-link.flap": "ピア リンク：断続（断 {down_ms} ms、接続 {up_ms} ms）", "peer-link.corrupt": "ピア リンク：{every} バイトごとに 1 バイト破損",
  "link.clear": "{node} → {cti}：障害をすべて解除", "link.refuse": "{node} → {cti}：接続を拒否", "link.reset": "{node} → {cti}：接続をリセット",
  "link.hang": "{node} → {cti}：ハング", "link.blackhole": "{node} → {cti}：全パケット消失", "link.latency": "{node} → {cti}：遅延 上り {up_ms} ms、下り {down_ms} ms",
  "link.flap": "{node} → {cti}：断続（断 {down_ms} ms、接続 {up_ms} ms）", "link.corrupt": "{node} → {cti}：{every} バイトごとに 1 バイト破損",
};

// What the switch and the desktop servers tell comes as an English sentence; these give the same sentence in Japanese.
const switchJa = [
  ...awdbSaidJa,
  [/^CTI side (\w): lost, (.*?); next: (.*)$/, (all, side, why, next) => `CTI サーバー ${side}：接続を失いました（${causeJa(why)}）。${nextJa(next)}`],
  [/^CTI side (\w): attempt failed, (.*?); next: (.*)$/, (all, side, why, next) => `CTI サーバー ${side}：接続に失敗しました（${causeJa(why)}）。${nextJa(next)}`],
  [/^CTI side (\w): connected; next: .*$/, "CTI サーバー $1：接続しました。セッションを開きます"],
  [/^CTI side (\w): the node starts; next: (.*)$/, (all, side, next) => `起動しました。${nextJa(next)}`],
  [/^CTI side (\w): session open; next: .*$/, "CTI サーバー $1 とのセッションを開始しました"],
  [/^CTI side (\w): the peripheral is online; next: .*$/, "CTI サーバー $1：ペリフェラルはオンラインです。状態を読み直します"],
  [/^CTI side (\w): the peripheral is offline; next: .*$/, "CTI サーバー $1：ペリフェラルはオフラインです"],
  [/^CTI side (\w): the state has been read again; next: .*$/, "CTI サーバー $1 で業務を再開しました"],
  [/^CTI server (\w) refuses a session: (.*)$/, "CTI サーバー $1 がセッションを拒否しました（$2）"],
  [/^peer link: (.*?); next: (.*)$/, (all, cause, next) => presenceJa("ピア リンク", cause, next)],
  [/^desktop of agent (\S+): (.*?); next: (.*)$/, (all, agent, cause, next) => presenceJa(`エージェント ${agent} のデスクトップ`, cause, next)],
  [/^presence: (.*?); (\d+) desktops waited for; next: (.*)$/, (all, cause, count, next) => presenceJa(`デスクトップ ${count} 台`, cause, next)],
  [/^the link to (\S+) is up$/, "$1 とのピア リンクが接続されました"],
  [/^the link to the other node is down: (.*); forced logouts are not fenced until it is back$/, (all, why) => `ピア リンクが切断されました（${causeJa(why)}）。復旧まで強制サインアウトの事前確認はできません`],
  [/^no link to the other node: (.*)$/, (all, why) => `ピア リンクに接続できません（${causeJa(why)}）`],
  [/^our certificate for the peer link has SHA-256 (.*)$/, "このサーバーのピア リンク用証明書の SHA-256：$1"],
  [/^(platform|webapp|notification) was started by (.*)$/, "$2 が $1 を起動しました"],
  [/^(platform|webapp|notification) was stopped by (.*)$/, "$2 が $1 を停止しました"],
  ...settingsSaidJa,
  [/^"(.*)" is locked out after wrong passwords$/, "パスワードの誤りが続いたため、管理者としての $1 をロックしました"],
  [/^state read in (\d+) ms, (\d+) changes to publish$/, "状態を $1 ms で読み取りました。通知する変更 $2 件"],
  [/^CTI server (\w) is killed$/, "CTI サーバー $1 を強制終了しました"],
  [/^CTI server (\w) starts again$/, "CTI サーバー $1 を再起動しました"],
  [/^CTI server (\w) hangs$/, "CTI サーバー $1 がハングしました"],
  [/^CTI server (\w) goes on$/, "CTI サーバー $1 が動作を再開しました"],
  [/^CTI server (\w) becomes active$/, "CTI サーバー $1 がアクティブになりました"],
  [/^CTI server (\w) refuses sessions with status (.*)$/, "CTI サーバー $1 がセッションをステータス $2 で拒否します"],
  [/^CTI server (\w) accepts sessions again$/, "CTI サーバー $1 がセッションの受け付けを再開しました"],
  [/^CTI server (\w) sends garbage: (\w+)$/, (all, side, kind) => `CTI サーバー ${side} が不正データを送信しました（${ja[kind.replace(/\B[A-Z]/g, "_$&").toLowerCase()] ?? kind}）`],
  [/^answers to requests come at once again$/, "要求への応答が即時に戻りました"],
  [/^answers to requests come (\d+) ms late$/, "要求への応答を $1 ms 遅らせます"],
  [/^answers to requests come after the events they cause$/, "要求への応答をイベントの後に送ります"],
  [/^answers to requests come before the events they cause$/, "要求への応答をイベントの前に送ります"],
  [/^nothing happens to the agents of a lost client$/, "切断されたクライアントのエージェントは変更しません"],
  [/^agents of a lost client become Not Ready \(LOAD 0\)$/, "切断されたクライアントのエージェントを受信不可にします（LOAD 0）"],
  [/^agents of a lost client are logged out \(LOAD 1\)$/, "切断されたクライアントのエージェントをサインアウトします（LOAD 1）"],
  [/^news of conferences are true again$/, "会議通話の通知が正しい内容に戻りました"],
  [/^news of conferences leave out the last party$/, "会議通話の通知から最後の参加者を省きます"],
  [/^news of phones leave out conferences$/, "電話機の通知から会議通話を省きます"],
  [/^news of conferences contradict each other$/, "会議通話の通知を矛盾させます"],
  [/^news of conferences are repeated when somebody leaves$/, "退出のたびに会議通話の通知を重複させます"],
  [/^CTI server (\w) answers no heartbeats$/, "CTI サーバー $1 がハートビートに応答しなくなりました"],
  [/^CTI server (\w) answers heartbeats again$/, "CTI サーバー $1 がハートビートへの応答を再開しました"],
  [/^the CTI servers lost the switch$/, "ペリフェラルがオフラインになりました"],
  [/^the CTI servers have the switch again$/, "ペリフェラルがオンラインに戻りました"],
  [/^the central controller is lost$/, "セントラル コントローラとの接続が失われました"],
  [/^the central controller is back$/, "セントラル コントローラとの接続が回復しました"],
  [/^client (\S+) of CTI server (\w) is gone: (.*)$/, (all, client, side, why) => `CTI サーバー ${side} のクライアント ${client} が切断されました（${causeJa(why)}）`],
  [/^client (\S+) opens a session with CTI server (\w), version (\d+)$/, "クライアント $1 が CTI サーバー $2 とセッションを開始しました（バージョン $3）"],
  [/^agent (\S+) is (\w+)(.*)$/, (all, id, state, rest) => `エージェント ${id}：${ja[state] ?? state}${rest}`],
  [/^call (\d+) from (\S+) to (\S+)$/, "通話 $1：$2 から $3 へ発信"],
  [/^(\S+) transfers call (\d+) to (\S+)$/, "通話 $2：$1 が $3 へ転送"],
  [/^(\S+) joins call (\d+) with (\S+)$/, "通話 $2：$1 が $3 を加えて会議を開始"],
  [/^(\S+) sends (\S+) into call (\d+)$/, "通話 $3：$1 がトーン $2 を送信"],
  [/^call (\d+) waits for an agent$/, "通話 $1：エージェント待ち"],
  [/^call (\d+) leaves (\S+) unanswered$/, "通話 $1：$2 は応答せず"],
  [/^call (\d+) is over$/, "通話 $1：終了"],
  [/^call (\d+) fails: (.*)$/, "通話 $1：失敗（$2）"],
];

export const sentence = (language, says) => (language === "ja" ? sentenceInJapanese(says) : says);
export const tell = (language, entry) => (language === "ja" ? inJapanese(entry) : entry.says);

const PLOTS = { call: "oneCall", consult: "consult", transfer: "transfer", conference: "conference" };

/** `dial side B in 100 ms, attempt 1 of 5`. */
function nextJa(next) {
  const known = /^dial side (\w) (?:now|in (.+)), attempt (\d+) of (\d+)$/.exec(next);
  if (!known) return next;
  const [, side, pause, attempt, of] = known;
  return `次：${pause ? `${pause} 後` : "すぐ"}に ${side} へ接続（${attempt}/${of} 回目）`;
}

function inJapanese({ what, says, with: values }) {
  return storyJa[what] ? filled(storyJa[what], { ...values, plot: ja[PLOTS[values.plot]] }) : sentenceInJapanese(says);
}
function sentenceInJapanese(says) {
  const known = switchJa.find(([pattern]) => pattern.test(says));
  return known ? says.replace(...known) : says;
}
