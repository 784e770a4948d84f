/** The keys of a telephone. */

import { t } from "../text/index.js";
import { Button } from "./button.js";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

export function Keypad({ unavailable, press }: { unavailable: boolean; press: (key: string) => void }) {
  return (
    <div class="keypad" role="group" aria-label={t.value.keypad}>
      {KEYS.map((key) => (
        <Button key={key} unavailable={unavailable} label={t.value.key(key)} onPress={() => press(key)}>
          {key}
        </Button>
      ))}
    </div>
  );
}
