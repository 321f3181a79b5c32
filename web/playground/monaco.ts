// Monaco as quotes need it: workers bundled so that they come from this server, and typographic marks
// left alone, which it would box as look-alikes of ASCII (curly quotes, dashes, other scripts).
import type { Environment } from "monaco-editor";
import EditorWorker from "monaco-editor/esm/vs/editor/editor.worker.js?worker";
import JsonWorker from "monaco-editor/esm/vs/language/json/json.worker.js?worker";
import GraphQLWorker from "monaco-graphql/esm/graphql.worker.js?worker";

const environment: Environment = {
  getWorker(_id: string, label: string) {
    switch (label) {
      case "json":
        return new JsonWorker();
      case "graphql":
        return new GraphQLWorker();
      default:
        return new EditorWorker();
    }
  },
};

self.MonacoEnvironment = environment;

void import("monaco-graphql/esm/monaco-editor.js").then(({ editor }) => {
  type Editor = ReturnType<typeof editor.getEditors>[number];
  const unicodeHighlight = { ambiguousCharacters: false, nonBasicASCII: false };
  const unbox = (created: Editor) => created.updateOptions({ unicodeHighlight });

  // GraphiQL loads the same module at the same time, and may be first.
  editor.getEditors().forEach(unbox);
  // Not at once: the event comes from within the editor's constructor.
  editor.onDidCreateEditor((created) => queueMicrotask(() => unbox(created as Editor)));
});
