// What the browser keeps between visits: apart from any other GraphiQL on the same host and port,
// and never a header, because one may carry a token (GraphiQL's history would keep them).
const PREFIX = "dixit-playground:";

const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

function withoutHeaders(value: string): string {
  try {
    return JSON.stringify(JSON.parse(value, (key, part) => (key === "headers" ? null : part)));
  } catch {
    return value; // not JSON: a query, a theme
  }
}

export const storage = {
  getItem: (key: string) => localStorage.getItem(PREFIX + key),
  setItem: (key: string, value: string) => localStorage.setItem(PREFIX + key, withoutHeaders(value)),
  removeItem: (key: string) => localStorage.removeItem(PREFIX + key),
  clear: () => keys().forEach((key) => localStorage.removeItem(key)),
  get length() {
    return keys().length;
  },
};
