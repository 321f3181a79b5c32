// The queries that fill the tabs of a first visit: sample/queries/, in the order of their file names.
const files = import.meta.glob<string>("../../sample/queries/*.graphql", {
  query: "?raw",
  import: "default",
  eager: true,
});

export const examples: string[] = Object.entries(files)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([, query]) => query.trimEnd());
