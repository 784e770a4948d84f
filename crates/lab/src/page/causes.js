// Why a connection was lost or could not be made, in Japanese. Causes come as English phrases, one within another.
const causesJa = [
  [/^the connection failed \((.*)\)$/, "$1"],
  [/^too many heartbeats in a row went unanswered$/, "ハートビートへの応答が途絶えました"],
  [/^the server closed the session, status (.*)$/, "サーバーがセッションを終了しました、ステータス $1"],
  [/^the server broke the protocol \((.*)\)$/, "サーバーのプロトコル違反：$1"],
  [/^the state could not be read again \((.*)\)$/, "状態を読み直せませんでした：$1"],
  [/^no connection \((.*)\)$/, "$1"],
  [/^session refused with status (.*)$/, "セッション拒否、ステータス $1"],
  [/^no protocol version is supported$/, "対応するプロトコル バージョンがありません"],
  [/^no OPEN_CONF within (.*)$/, "$1 以内に OPEN_CONF が届きませんでした"],
  [/^(\d+) \(CTI server offline\)$/, "$1（CTI サーバー オフライン）"],
  [/^(\d+) \(invalid password\)$/, "$1（パスワード不正）"],
  [/^(\d+) \(server not master\)$/, "$1（サーバーは待機系）"],
  [/^(\d+) \(invalid client for standby\)$/, "$1（待機系への不正な接続）"],
  [/^the CTI server closed the connection$/, "CTI サーバーが接続を閉じました"],
  [/^reading from the CTI server: (.*)$/, "CTI サーバーからの受信：$1"],
  [/^writing to the CTI server: (.*)$/, "CTI サーバーへの送信：$1"],
  [/^hung up$/, "こちらから切断しました"],
  [/^the other node closed the connection$/, "相手のサーバーが接続を閉じました"],
  [/^the connection broke: (.*)$/, "接続の障害：$1"],
  [/^nothing was heard for (.*)$/, "$1 の間、受信がありません"],
  [/^the other node does not read$/, "相手のサーバーが受信していません"],
  [/^a newer connection took its place$/, "新しい接続に置き換わりました"],
  [/^this node gave it up: (.*)$/, "こちらから切断しました：$1"],
  [/^(\S+) did not greet within (.*)$/, "$1 から $2 以内に応答がありません"],
  [/^connection lost$/, "接続が失われました"],
  [/^it closed the session \((.*)\)$/, "クライアントがセッションを終了しました、$1"],
  [/^the session was ended \((.*)\)$/, "セッションを終了しました、$1"],
  [/^nothing came for its idle time-out$/, "無通信のため時間切れ"],
  [/^it opened no session$/, "セッションを開始しませんでした"],
  [/^it broke the protocol: (.*)$/, "クライアントのプロトコル違反：$1"],
  [/^tls handshake eof$/, "TLS ハンドシェイク中に接続が閉じられました"],
  [/^Connection refused \(os error \d+\)$/, "接続が拒否されました"],
  [/^Connection reset by peer \(os error \d+\)$/, "接続がリセットされました"],
  [/^Connection timed out \(os error \d+\)$/, "接続がタイムアウトしました"],
  [/^Broken pipe \(os error \d+\)$/, "接続は閉じられていました"],
  [/^(.*), database (\S+?)(?:: (.*))?$/, "$1（データベース $2）$3"],
  [/^not (?:connected|logged in|answered) within (.*)$/, "$1 以内に応答がありません"],
  [/^the server closed the connection(?: .*)?$/, "サーバーが接続を閉じました"],
  [/^the connection broke [^:]*: (.*)$/, "接続の障害：$1"],
  [/^([\d.]+:\d+): (.*)$/, "$1：$2"],
];

/** As it came where it is not known; it says more than nothing. */
export function causeJa(why) {
  const known = causesJa.find(([pattern]) => pattern.test(why));
  if (!known) return why;
  const [pattern, japanese] = known;
  const within = pattern.exec(why).slice(1).map((part) => (part === why || !part ? (part ?? "") : causeJa(part)));
  return japanese.replace(/\$(\d)/g, (all, n) => within[n - 1]);
}
