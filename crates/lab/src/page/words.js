// Every word of the page in both languages, and the sentences of the timeline by their stable name.

const en = {
  title: "Holdfast lab", lab: "lab", skip: "Skip to the lab", language: "Language",
  loading: "Asking the lab …",
  gone: "The lab does not answer. Is it still running? Asking again every second.",
  allGood: "Agents are served by {nodes}.",
  someOut: "{out} is out of service; agents are served by {nodes}.",
  noneIn: "No desktop server is in service.",
  service: "Who is in service", node: "Desktop server", cti: "CTI server",
  "in-service": "In service", "out-of-service": "Out of service", silent: "Does not answer",
  stopped: "Stopped", died: "Ended by itself", starting: "Starting",
  active: "Active", standby: "Standby, ready to take over", killed: "Killed", hung: "Hangs", up: "Up",
  offline: "Active, peripheral offline",
  connectedTo: "Connected to {cti}", clients: "{n} connected", kill: "Kill", start: "Start", restart: "Start again", hang: "Hang",
  ctiFaults: "Faults of the CTI servers and the switch",
  ctiFaultsHint: "A pressed button is what is so now. What a CTI server has of faults ends when it is killed.",
  behindBoth: "Behind both", mute: "Leave unanswered", sessions: "New sessions", accept: "Accept", status: "Refuse, status {status}",
  garbage: "Garbage to its clients", random_bytes: "Random bytes", half_message: "Half a message",
  wrong_length: "Wrong length", endless_stream: "Endless stream",
  reach: "Reach and roles", peripheral: "Peripheral offline", central: "Central controller down",
  answersAre: "Answers to requests", atOnce: "At once", late: "{s} s late", afterEvents: "After their events",
  onLoss: "Agents of a lost client", keep: "Keep", load0: "Not ready (LOAD 0)", load1: "Sign out (LOAD 1)",
  callers: "Callers", off: "Off", perMinute: "{n} a minute",
  killPart: "Kill {part}", startPart: "Start {part}", hangPart: "Let {part} hang",
  links: "Links and their faults",
  linksHint: "Each way from a desktop server to a CTI server has its own fault point. Press a fault to start it, again to end it.",
  link: "Link", linkOf: "{node} → {cti}", now: "Now", faults: "Faults", dials: "Connects", heartbeats: "Heartbeats",
  heartbeatsOf: "{confirmed} of {asked}",
  live: "live", idle: "no connection", refuse: "Refuse", hangLink: "Hang", blackhole: "Black hole", flap: "Flap",
  latency: "Latency", corrupt: "Corrupt", reset: "Reset once", clear: "End all",
  refuses: "refuses", hangs: "hangs", blackholes: "loses all", flaps: "flaps {flap_down_ms}/{flap_up_ms} ms", corrupts: "corrupts 1 in {n}", slow: "{ms} ms each way",
  faultOf: "{fault}: {link}",
  linkValues: "Values of link faults", flapDown: "Flap: down, ms", flapUp: "Flap: up, ms",
  latencyValue: "Latency each way, ms", corruptValue: "Corrupt one byte in",
  wires: "{link}: {state}",
  calls: "Calls", from: "From", to: "To", placeCall: "Call", autopilot: "Autopilot",
  noCalls: "No calls. Call 7200 and watch it find an agent who is ready.",
  switchOver: "Switch over to the standby",
  stageQUEUED: "waits for an agent", stageRESERVED: "agent reserved", stageRINGING: "rings", stageUP: "up", stageFAILED: "failed",
  legINITIATE: "dials", legALERTING: "rings", legCONNECT: "talks", legHOLD: "holds", legFAIL: "hears a tone",
  call: "Call {id}", answer: "Answer", hold: "Hold", retrieve: "Retrieve", hangUp: "Hang up",
  actOn: "{act}: {device}, call {id}",
  timeline: "Timeline", noStory: "Nothing has happened yet.",
  agents: "Agents", agentsHint: "Sign in with the id, the extension and the password", id: "Id", name: "Name",
  login: "Login name", extension: "Extension", state: "State", since: "For", supervisor: "supervisor",
  atPhone: "At the phone", signIn: "Sign in", signOut: "Sign out", ready: "Ready", notReady: "Not ready", agentAct: "{act}: agent {id}",
  LOGOUT: "Signed out", NOT_READY: "Not ready", AVAILABLE: "Ready", RESERVED: "Reserved", TALKING: "Talking",
  HOLD: "Hold", WORK_NOT_READY: "Wrap-up", WORK_READY: "Wrap-up, then ready",
  refused: "Refused: {why}",
};

const ja = {
  title: "Holdfast ラボ", lab: "ラボ", skip: "本文へ移動", language: "表示言語",
  loading: "ラボに問い合わせています…",
  gone: "ラボが応答しません。起動していますか。1 秒ごとに再接続を試みます。",
  allGood: "エージェントは {nodes} で業務を続けられます。",
  someOut: "{out} はサービス停止中です。エージェントは {nodes} で業務を続けられます。",
  noneIn: "サービス中のデスクトップ サーバはありません。",
  service: "サービスの状態", node: "デスクトップ サーバ", cti: "CTI サーバ",
  "in-service": "サービス中", "out-of-service": "サービス停止中", silent: "応答なし",
  stopped: "停止", died: "異常終了", starting: "起動中",
  active: "アクティブ", standby: "スタンバイ（引き継ぎ可能）", killed: "強制終了済み", hung: "ハング中", up: "稼働中",
  offline: "アクティブ（ペリフェラル オフライン）",
  connectedTo: "{cti} に接続中", clients: "接続 {n}", kill: "強制終了", start: "起動", restart: "再起動", hang: "ハングさせる",
  ctiFaults: "CTI サーバとスイッチの障害",
  ctiFaultsHint: "押された状態のボタンが現在の設定です。CTI サーバの障害は、その CTI サーバを強制終了すると消えます。",
  behindBoth: "両サーバ共通", mute: "応答しない", sessions: "新しいセッション", accept: "受け付ける", status: "拒否（ステータス {status}）",
  garbage: "クライアントへの不正データ", random_bytes: "乱数バイト", half_message: "途中で切れたメッセージ",
  wrong_length: "誤った長さ", endless_stream: "終わらないデータ",
  reach: "到達性と役割", peripheral: "ペリフェラル オフライン", central: "セントラル コントローラ停止",
  answersAre: "要求への応答", atOnce: "即時", late: "{s} 秒遅れ", afterEvents: "イベントの後",
  onLoss: "切断されたクライアントのエージェント", keep: "変更なし", load0: "受付不可（LOAD 0）", load1: "サインアウト（LOAD 1）",
  callers: "着信", off: "停止", perMinute: "毎分 {n} 件",
  killPart: "{part} を強制終了", startPart: "{part} を起動", hangPart: "{part} をハングさせる",
  links: "リンクと障害",
  linksHint: "デスクトップ サーバから CTI サーバへの各経路に障害点があります。押すと障害が始まり、もう一度押すと終わります。",
  link: "リンク", linkOf: "{node} → {cti}", now: "現在", faults: "障害", dials: "接続回数", heartbeats: "ハートビート",
  heartbeatsOf: "{confirmed} / {asked}",
  live: "接続中", idle: "接続なし", refuse: "拒否", hangLink: "ハング", blackhole: "消失", flap: "断続",
  latency: "遅延", corrupt: "破損", reset: "一度だけ切断", clear: "すべて解除",
  refuses: "拒否中", hangs: "ハング中", blackholes: "全パケット消失", flaps: "断続中 {flap_down_ms}/{flap_up_ms} ms", corrupts: "{n} バイトごとに破損", slow: "片道 {ms} ms",
  faultOf: "{fault}：{link}",
  linkValues: "リンク障害の値", flapDown: "断続：断（ms）", flapUp: "断続：接続（ms）",
  latencyValue: "遅延：片道（ms）", corruptValue: "破損：何バイトごと",
  wires: "{link}：{state}",
  calls: "通話", from: "発信元", to: "着信先", placeCall: "発信", autopilot: "自動運転",
  noCalls: "通話はありません。7200 に発信すると、受付可のエージェントにつながります。",
  switchOver: "スタンバイ側へ切り替え",
  stageQUEUED: "エージェント待ち", stageRESERVED: "エージェント予約済み", stageRINGING: "呼び出し中", stageUP: "通話中", stageFAILED: "失敗",
  legINITIATE: "発信中", legALERTING: "呼び出し中", legCONNECT: "通話中", legHOLD: "保留中", legFAIL: "話中音・案内",
  call: "通話 {id}", answer: "応答", hold: "保留", retrieve: "保留解除", hangUp: "切断",
  actOn: "{act}：{device}、通話 {id}",
  timeline: "タイムライン", noStory: "まだ何も起きていません。",
  agents: "エージェント", agentsHint: "ID、内線番号、パスワードでサインインできます。パスワード：", id: "ID", name: "氏名",
  login: "ログイン名", extension: "内線番号", state: "状態", since: "経過", supervisor: "スーパーバイザ",
  atPhone: "電話機での操作", signIn: "サインイン", signOut: "サインアウト", ready: "受付可", notReady: "受付不可", agentAct: "{act}：エージェント {id}",
  LOGOUT: "サインアウト", NOT_READY: "受付不可", AVAILABLE: "受付可", RESERVED: "予約済み", TALKING: "通話中",
  HOLD: "保留中", WORK_NOT_READY: "後処理", WORK_READY: "後処理（その後受付可）",
  refused: "実行できません：{why}",
};

// In English the lab tells the sentence itself; these are the same sentences in Japanese.
const storyJa = {
  "lab.started": "ラボを開始しました",
  "node.started": "{part} を起動しました", "node.killed": "{part} を強制終了しました", "node.stopped": "{part} を停止しました",
  "node.died": "{part} が異常終了しました（{status}）", "node.silent": "{part} は応答しません",
  "node.in-service": "{part} はサービス中です", "node.out-of-service": "{part} はサービス停止中です",
  "cti.killed": "{part} を強制終了しました。アドレスを閉じ、接続をリセットしました",
  "cti.revived": "{part} を再起動しました", "cti.hung": "{part} がハングしました", "cti.unhung": "{part} が動作を再開しました",
  "cti.keeps_dialing": "接続を試み続けています。以降の試行はログだけに記録されます",
  "cti.opened": "CTI サーバ {side} とのセッションを開始しました",
  "cti.peripheral_online": "CTI サーバ {side}：ペリフェラルはオンラインです。状態を読み直します",
  "cti.peripheral_offline": "CTI サーバ {side}：ペリフェラルはオフラインです",
  "cti.recovered": "エージェントと通話の状態を読み直しました",
  "cti.in_service": "CTI サーバ {side} で業務を再開しました",
  "link.clear": "{node} → {cti}：障害をすべて解除", "link.refuse": "{node} → {cti}：接続を拒否", "link.reset": "{node} → {cti}：接続をリセット",
  "link.hang": "{node} → {cti}：ハング", "link.blackhole": "{node} → {cti}：全パケット消失", "link.latency": "{node} → {cti}：遅延 上り {up_ms} ms、下り {down_ms} ms",
  "link.flap": "{node} → {cti}：断続（断 {down_ms} ms、接続 {up_ms} ms）", "link.corrupt": "{node} → {cti}：{every} バイトごとに 1 バイト破損",
};

// What the switch and the desktop servers tell comes as an English sentence; these give the same sentence in Japanese.
const switchJa = [
  [/^CTI side (\w): lost, (.*?); next: (.*)$/, (all, side, why, next) => `CTI サーバ ${side}：接続を失いました（${why}）。${nextJa(next)}`],
  [/^CTI side (\w): attempt failed, (.*?); next: (.*)$/, (all, side, why, next) => `CTI サーバ ${side}：接続に失敗しました（${why}）。${nextJa(next)}`],
  [/^CTI side (\w): connected; next: .*$/, "CTI サーバ $1：接続しました。セッションを開きます"],
  [/^CTI side (\w): the node starts; next: (.*)$/, (all, side, next) => `起動しました。${nextJa(next)}`],
  [/^CTI side (\w): session open; next: .*$/, "CTI サーバ $1 とのセッションを開始しました"],
  [/^CTI side (\w): the peripheral is online; next: .*$/, "CTI サーバ $1：ペリフェラルはオンラインです。状態を読み直します"],
  [/^CTI side (\w): the peripheral is offline; next: .*$/, "CTI サーバ $1：ペリフェラルはオフラインです"],
  [/^CTI side (\w): the state has been read again; next: .*$/, "CTI サーバ $1 で業務を再開しました"],
  [/^CTI server (\w) refuses a session: (.*)$/, "CTI サーバ $1 がセッションを拒否しました（$2）"],
  [/^state read in (\d+) ms, (\d+) changes to publish$/, "状態を $1 ms で読み取りました。通知する変更 $2 件"],
  [/^CTI server (\w) is killed$/, "CTI サーバ $1 を強制終了しました"],
  [/^CTI server (\w) starts again$/, "CTI サーバ $1 を再起動しました"],
  [/^CTI server (\w) hangs$/, "CTI サーバ $1 がハングしました"],
  [/^CTI server (\w) goes on$/, "CTI サーバ $1 が動作を再開しました"],
  [/^CTI server (\w) becomes active$/, "CTI サーバ $1 がアクティブになりました"],
  [/^CTI server (\w) refuses sessions with status (.*)$/, "CTI サーバ $1 がセッションをステータス $2 で拒否します"],
  [/^CTI server (\w) accepts sessions again$/, "CTI サーバ $1 がセッションの受け付けを再開しました"],
  [/^CTI server (\w) sends garbage: (\w+)$/, (all, side, kind) => `CTI サーバ ${side} が不正データを送信しました（${ja[kind.replace(/\B[A-Z]/g, "_$&").toLowerCase()] ?? kind}）`],
  [/^answers to requests come at once again$/, "要求への応答が即時に戻りました"],
  [/^answers to requests come (\d+) ms late$/, "要求への応答を $1 ms 遅らせます"],
  [/^answers to requests come after the events they cause$/, "要求への応答をイベントの後に送ります"],
  [/^answers to requests come before the events they cause$/, "要求への応答をイベントの前に送ります"],
  [/^nothing happens to the agents of a lost client$/, "切断されたクライアントのエージェントは変更しません"],
  [/^agents of a lost client become Not Ready \(LOAD 0\)$/, "切断されたクライアントのエージェントを受付不可にします（LOAD 0）"],
  [/^agents of a lost client are logged out \(LOAD 1\)$/, "切断されたクライアントのエージェントをサインアウトします（LOAD 1）"],
  [/^CTI server (\w) answers no heartbeats$/, "CTI サーバ $1 がハートビートに応答しなくなりました"],
  [/^CTI server (\w) answers heartbeats again$/, "CTI サーバ $1 がハートビートへの応答を再開しました"],
  [/^the CTI servers lost the switch$/, "ペリフェラルがオフラインになりました"],
  [/^the CTI servers have the switch again$/, "ペリフェラルがオンラインに戻りました"],
  [/^the central controller is lost$/, "セントラル コントローラとの接続が失われました"],
  [/^the central controller is back$/, "セントラル コントローラとの接続が回復しました"],
  [/^client (\S+) of CTI server (\w) is gone: (.*)$/, "CTI サーバ $2 のクライアント $1 が切断されました（$3）"],
  [/^client (\S+) opens a session with CTI server (\w), version (\d+)$/, "クライアント $1 が CTI サーバ $2 とセッションを開始しました（バージョン $3）"],
  [/^agent (\S+) is (\w+)(.*)$/, (all, id, state, rest) => `エージェント ${id}：${ja[state] ?? state}${rest}`],
  [/^call (\d+) from (\S+) to (\S+)$/, "通話 $1：$2 から $3 へ発信"],
  [/^call (\d+) waits for an agent$/, "通話 $1：エージェント待ち"],
  [/^call (\d+) leaves (\S+) unanswered$/, "通話 $1：$2 は応答せず"],
  [/^call (\d+) is over$/, "通話 $1：終了"],
  [/^call (\d+) fails: (.*)$/, "通話 $1：失敗（$2）"],
];

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

export const languages = { en, ja };
export const say = (language, key, values = {}) => fill(languages[language][key] ?? en[key] ?? key, values);
export const sentence = (language, says) => (language === "ja" ? sentenceInJapanese(says) : says);
export const tell = (language, entry) => (language === "ja" ? inJapanese(entry) : entry.says);

/** `dial side B in 100 ms, attempt 1 of 5`. */
function nextJa(next) {
  const known = /^dial side (\w) (?:now|in (.+)), attempt (\d+) of (\d+)$/.exec(next);
  if (!known) return next;
  const [, side, pause, attempt, of] = known;
  return `次：${pause ? `${pause} 後` : "すぐ"}に ${side} へ接続（${attempt}/${of} 回目）`;
}

function inJapanese({ what, says, with: values }) {
  return storyJa[what] ? fill(storyJa[what], values) : sentenceInJapanese(says);
}
function sentenceInJapanese(says) {
  const known = switchJa.find(([pattern]) => pattern.test(says));
  return known ? says.replace(...known) : says;
}
