// What desktop servers say of the settings that administrators change, and of carrying them over, in Japanese.

const SERVERS = { primary: "プライマリ", secondary: "セカンダリ" };
const AT = "change (\\d+) of generation (\\w+)";

/** What a change is, without its author. */
const CHANGES = [
  [/^(\d+) contacts took the place of those in (.*)$/, "$2 の連絡先を $1 件に置き換えました"],
  [/^(\d+) contacts were imported into (.*), (\d+) lines skipped$/, "$2 に連絡先を $1 件取り込みました（読み飛ばし $3 行）"],
  [/^(\d+) (\w+)s were assigned to team (\d+)$/, "チーム $3 に $2 を $1 件割り当てました"],
  [/^LayoutConfig of team (\d+) was changed$/, "チーム $1 の LayoutConfig を変更しました"],
  [/^(\S+) was changed$/, "$1 を変更しました"],
  [/^(\S+) was added$/, "$1 を追加しました"],
  [/^(\S+) was deleted$/, "$1 を削除しました"],
];

const changeJa = (says) => {
  const [said, ja] = CHANGES.find(([said]) => said.test(says)) ?? [/^$/, ""];
  return ja ? says.replace(said, ja) : says;
};

/** The sentences of a server. */
export const settingsSaidJa = [
  [/^all (\d+) settings are carried over to the other server$/, "設定 $1 件をすべて相手サーバーへ転送します"],
  [new RegExp(`^the other server is ahead: it is at ${AT}, this one at ${AT}; next: it is read first$`),
    "相手サーバーの設定の方が新しいため（相手：変更 $1、このサーバー：変更 $3）、先に読み込みます"],
  [new RegExp(`^each server has settings that the other lacks: the other is at ${AT}, this one at ${AT}; next: .*$`),
    "両サーバーの設定が食い違っています（相手：変更 $1、このサーバー：変更 $3）。どちらを採用するか指示があるまで転送を止めます"],
  [/^each server has settings that the other lacks: the primary is at (.*), this one (.*); next: .*$/,
    "両サーバーの設定が食い違っています。どちらを採用するか、プライマリへの指示を待ちます"],
  [new RegExp(`^the settings of the other server take the place of those here, which were at ${AT}; .*$`),
    "相手サーバーの設定に置き換えます。このサーバーの設定（変更 $1）がすべて含まれるかは確認できないため、settings.db の隣に残した控えと比べてください"],
  [/^(.*) decided: the settings of the (primary|secondary) are right$/,
    (all, by, rank) => `${by} の指示により、${SERVERS[rank]}の設定を採用します`],
  [new RegExp(`^taken from the other server: this one is at ${AT}$`), "相手サーバーから設定を読み込みました（変更 $1）"],
  [/^what came from the (primary|other server) was thrown away: .*$/, "相手サーバーから届いた設定が壊れていたため破棄しました"],
  [/^settings of the primary could not be written down$/, "プライマリの設定を保存できませんでした"],
  [/^nothing is adopted: .*$/, "採用の指示は実行されませんでした"],
  [/^the AWDB that was set through the API is not used: .*$/, "API で設定された AWDB は使用できません"],
  [/^not written down, and so not done: (.*): (.*)$/, (all, says) => `保存できないため取り消しました：${changeJa(says)}`],
  [/^(.* (?:was|were|took|lines) .*) by "(.*)"$/, (all, says, by) => `管理者 ${by}：${changeJa(says)}`],
];
