// What the desktop servers tell of desktops and of the link between them, in Japanese: a cause, and what happens next.
const presenceCauses = {
  "available": "デスクトップが接続しています",
  "silent": "応答がありません",
  "unavailable": "デスクトップが閉じられました",
  "the agent signed in": "エージェントがサインインしました",
  "known from before the restart": "再起動前から接続していました",
  "a call began": "通話が始まりました",
  "the call ended": "通話が終わりました",
  "the time is over": "時間切れです",
  "permission to log out given": "強制サインアウトが許可されました",
  "no logout, the agent is at the other node": "強制サインアウトは取りやめました（エージェントは相手のサーバーにいます）",
  "no logout, permission came too late": "強制サインアウトは取りやめました（許可が間に合いませんでした）",
  "forced logout accepted": "強制サインアウトしました",
  "forced logout not needed, the agent is signed out": "すでにサインアウトしています",
  "forced logout not sent": "強制サインアウトを送信しませんでした",
  "outcome of the forced logout not known": "強制サインアウトの結果は不明です",
  "a newer session is at the other node": "相手のサーバーに新しいセッションがあります",
  "the node does not see desktops": "サーバーがデスクトップを確認できません",
  "the node sees desktops again": "サーバーがデスクトップを再び確認できます",
  "connected": "接続しました",
  "sessions exchanged": "セッション情報を交換しました",
  "lost": "切断されました",
  "the node stood still": "サーバーが一時停止していました",
  "in service and presence is seen": "サービス中で、デスクトップを確認できます",
  "the node is out of service": "サーバーはサービス停止中です",
  "the notification service is stopped": "通知サービスは停止中です",
  "out of service, and the notification service is stopped": "サーバーはサービス停止中、通知サービスも停止中です",
};
const presenceNexts = {
  "nothing": "なし",
  "wait until the node sees desktops": "確認できるまで待ちます",
  "forced logout after the call": "通話後に強制サインアウト",
  "ask whether the agent may be logged out": "強制サインアウトしてよいか確認します",
  "send LOGOUT with reason 255": "理由コード 255 で強制サインアウトを送信します",
  "forced logouts are sent without asking": "確認せずに強制サインアウトを送信します",
  "exchange sessions; forced logouts wait": "セッション情報を交換します（強制サインアウトは保留）",
  "the peer is asked before each forced logout": "強制サインアウトの前に相手のサーバーへ確認します",
  "time to come back before the grace of each begins": "猶予の前に再接続を待ちます",
  "no timer of a desktop runs": "デスクトップのタイマーは停止します",
};
const presenceTimes = [
  [/^counts as gone in (\S+) s$/, "$1 秒後に離脱と見なします"],
  [/^counts as gone in (\S+) s unless it comes back$/, "再接続がなければ $1 秒後に離脱と見なします"],
  [/^forced logout in (\S+) s unless it comes back$/, "再接続がなければ $1 秒後に強制サインアウト"],
];

function presenceNext(next) {
  const timed = presenceTimes.find(([pattern]) => pattern.test(next));
  return timed ? next.replace(...timed) : presenceNexts[next] ?? next;
}

export function presenceJa(subject, cause, next) {
  return `${subject}：${presenceCauses[cause] ?? cause}。次：${presenceNext(next)}`;
}
