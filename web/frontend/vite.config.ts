// How the front end is built: served at /, written to web/dist/frontend/.
import { defineConfig } from "vite";
import { packed } from "../packed";

export default defineConfig({
  base: "/",
  build: {
    outDir: "../dist/frontend",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    license: { fileName: "licences.md" }, // whose work the bundle contains
  },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  plugins: [packed()],
  server: { proxy: { "/graphql": "http://127.0.0.1:8080" } }, // a running dixit, for `npm run dev:frontend`
});
