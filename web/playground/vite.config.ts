// How the playground is built: served below /graphiql/, written to web/dist/playground/.
import { defineConfig } from "vite";
import { packed } from "../packed";

export default defineConfig({
  base: "/graphiql/",
  build: {
    outDir: "../dist/playground",
    emptyOutDir: true,
    target: "es2022",
    license: { fileName: "licences.md" }, // whose work the bundle contains
    chunkSizeWarningLimit: 4000, // Monaco is that large.
    rollupOptions: {
      onwarn(warning, warn) {
        // "use client" means nothing in a page that no server renders.
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") warn(warning);
      },
    },
  },
  plugins: [packed()],
  worker: { format: "es" },
  server: {
    fs: { allow: ["../.."] }, // the example queries are in sample/
    proxy: { "/graphql": "http://127.0.0.1:8080" }, // a running dixit, for `npm run dev:playground`
  },
});
