/** Builds the desktop into dist/, which the server embeds: hashed names, and each file compressed once and for all. */

import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const DIST = "dist";

/** Puts `.br` and `.gz` beside each file for which they are shorter. */
function compressed(): Plugin {
  const files = (directory: string): string[] =>
    readdirSync(directory).flatMap((name) => {
      const path = join(directory, name);
      return statSync(path).isDirectory() ? files(path) : [path];
    });
  return {
    name: "compressed",
    closeBundle() {
      for (const path of files(DIST)) {
        const plain = readFileSync(path);
        for (const [ending, small] of [["br", brotliCompressSync(plain)], ["gz", gzipSync(plain, { level: 9 })]] as const)
          if (small.length < plain.length) writeFileSync(`${path}.${ending}`, small);
      }
    },
  };
}

/** Names every file of the page, for `src/desk/keep.ts`. */
function listed(): Plugin {
  const kept = ["", "settings.json", "icon.svg"];
  return {
    name: "listed",
    generateBundle(_, bundle) {
      const built = Object.keys(bundle).filter((name) => name.startsWith("assets/"));
      const source = JSON.stringify([...kept, ...built].map((name) => `/desktop/${name}`));
      this.emitFile({ type: "asset", fileName: "files.json", source });
    },
  };
}

export default defineConfig({
  base: "/desktop/",
  // Nothing inline, whatever its size: the policy of the page forbids it.
  build: {
    outDir: DIST,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    rollupOptions: {
      input: { index: "index.html", worker: "src/worker/worker.ts" },
      // A worker is known by its address, and shares nothing with the page.
      output: { entryFileNames: ({ name }) => (name === "worker" ? "worker.js" : "assets/[name]-[hash].js") },
    },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [listed(), compressed()],
});
