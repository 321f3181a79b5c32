// Ask a running dixit what its users ask, and print how long the answers take over HTTP, one at a time.
// Usage: node tools/bench/questions.mjs [ENDPOINT [QUESTIONS [TOKEN]]]
// Serve with DIXIT_RATE_LIMIT=off. The questions are made of quotes that are in the database, drawn over
// all of it; nothing is written.
import { Agent, request } from "node:http";

const [endpoint = "http://127.0.0.1:8080/graphql", wanted = "2000", token] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function ask(query, variables) {
  const body = JSON.stringify({ query, variables });
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  if (token) headers.authorization = `Bearer ${token}`;
  return new Promise((resolve, reject) => {
    const began = process.hrtime.bigint();
    const sent = request(endpoint, { method: "POST", agent, headers }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => {
        const milliseconds = Number(process.hrtime.bigint() - began) / 1e6;
        const told = JSON.parse(Buffer.concat(parts));
        if (told.errors) return reject(new Error(`${query}: ${JSON.stringify(told.errors)}`));
        resolve({ milliseconds, data: told.data });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

// The same questions each time (mulberry32).
let state = 1;
function random(end) {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % end;
}

function tell(name, times) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1);
  console.log(
    `${name.padEnd(64)} ${String(times.length).padStart(6)} ${at(0.5).padStart(9)} ` +
      `${at(0.99).padStart(9)} ${at(1).padStart(9)}`,
  );
}

/** Quotes from over all of the time that there are quotes of. */
async function sample(count) {
  const dates = await ask(`{ verify(text: "x") { certificate { earliest latest } } }`);
  const { earliest, latest } = dates.data.verify.certificate;
  const [from, until] = [earliest, latest].map((date) => Date.parse(date));
  const texts = new Map();
  for (let step = 1; step <= 60; step++) {
    const day = new Date(from + ((until - from) * step) / 60).toISOString().slice(0, 10);
    const { data } = await ask(
      `query($d: FuzzyDate!) { quotes(first: 100, filter: { reportedAt: { to: $d } }) { nodes { text speaker { name } } } }`,
      { d: day },
    );
    for (const { text, speaker } of data.quotes.nodes) texts.set(text, speaker?.name);
  }
  const all = [...texts].filter(([text]) => text.length > 60 && text.length < 5000);
  if (all.length === 0) throw new Error("there are no dated quotes to ask about");
  return Array.from({ length: count }, () => all[random(all.length)]);
}

const VERIFY = `query($text: String!, $by: String) { verify(text: $text, attributedTo: $by) {
  verdict findings { kind }
  matches(first: 5) { score diff { op text } quote { id text speaker { name } article { url title } } }
  certificate { digest normalForm quoteCount } } }`;
const WAYS = {
  "verify, word for word": (words) => words,
  "verify, an excerpt": (words) => words.slice(2, 2 + Math.max(6, words.length >> 1)),
  "verify, two words changed": (words) => {
    const changed = [...words];
    for (let n = 0; n < 2; n++) changed[random(changed.length)] = "zeppelin";
    return changed;
  },
  "verify, a sentence before it": (words) => [..."I have to tell you all that".split(" "), ...words],
  "verify, in another order (unknown)": (words) =>
    words.map((word) => [random(1 << 30), word]).sort(([one], [other]) => one - other).map(([, word]) => word),
};
const SEARCH = `query($search: String!, $order: QuoteOrder) { quotes(first: 20, search: $search, orderBy: $order) {
  edges { score highlights { start end } node { id text speaker { name } article { title url } } } } }`;

const count = Number(wanted);
const quotes = await sample(count);
const { data } = await ask(`{ verify(text: "x") { certificate { quoteCount statementCount articleCount } } }`);
console.log(`${JSON.stringify(data.verify.certificate)}, ${new Set(quotes.map(([text]) => text)).size} quotes drawn\n`);
console.log(`${"".padEnd(64)} ${"asked".padStart(6)} ${"median ms".padStart(9)} ${"p99".padStart(9)} ${"worst".padStart(9)}`);

const each = Math.ceil(count / Object.keys(WAYS).length);
const every = [];
for (const [name, change] of Object.entries(WAYS)) {
  const times = [];
  for (const [text, speaker] of quotes.slice(0, each)) {
    const by = random(2) ? speaker : null;
    times.push((await ask(VERIFY, { text: change(text.split(/\s+/)).join(" "), by })).milliseconds);
  }
  tell(name, times);
  every.push(...times);
}
tell("verify, all of them", every);

// The words that most quotes have, and what is made of them.
const counts = new Map();
for (const [text] of quotes) {
  for (const word of new Set(text.toLowerCase().match(/\p{L}+/gu))) counts.set(word, (counts.get(word) ?? 0) + 1);
}
const common = [...counts].sort(([, one], [, other]) => other - one).map(([word]) => word);
const rare = common.slice(-50);
const SEARCHES = {
  "search, a common word": common.slice(0, 50),
  "search, two common words": common.slice(0, 50).map((word, at) => `${word} ${common[(at * 7 + 1) % 50]}`),
  "search, common ones without others": common.slice(0, 50).map((word, at) => `${word} -${common[(at * 7 + 1) % 50]}`),
  "search, one or another": common.slice(0, 50).map((word, at) => `${word} OR ${common[(at * 7 + 1) % 50]}`),
  "search, a phrase": quotes.slice(0, 50).map(([text]) => `"${text.match(/\p{L}+/gu).slice(1, 4).join(" ")}"`),
  "search, a phrase of common words": common.slice(0, 50).map((word, at) => `"${word} ${common[(at * 7 + 1) % 50]}"`),
  "search, a beginning": common.slice(0, 50).map((word) => `${word.slice(0, 2)}*`),
  "search, a rare word": rare,
  "search, a common and a rare word": rare.map((word, at) => `${word} ${common[at]}`),
  "search, a word of no quote": rare.map((word) => `${word}xyzzy`),
};
for (const order of ["NEWEST", "RELEVANCE"]) {
  for (const [name, searches] of Object.entries(SEARCHES)) {
    const times = [];
    for (const search of searches) times.push((await ask(SEARCH, { search, order })).milliseconds);
    tell(`${name}${order === "NEWEST" ? "" : " (best)"}`, times);
  }
}

// Every quote that is found is counted: the number of them is told beside the time.
const COUNTS = {
  "facets, the seven of the page": `quotes(search: $search, first: 20) { totalCount facets(
    by: [SPEAKER, ORGANISATION, FUNCTION, DOMAIN, PUBLISHER, KIND, YEAR]) { values { value count } furtherValues } }`,
  "timeline by month": `quotes(search: $search) { totalCount timeline(by: MONTH) { buckets { label count } } }`,
  "facets of statements": `quotes(search: $search) { totalCount facets(by: [SPEAKER, PUBLISHER], count: STATEMENTS) { none } }`,
  "statements, newest": `statements(filter: { quotes: { search: $search } }) { nodes { text } }`,
};
for (const [name, selection] of Object.entries(COUNTS)) {
  for (const [word, place] of [["most common", 0], ["10th", 10], ["100th", 100], ["1000th", 1000]]) {
    const asked = ask(`query($search: String!) { ${selection} }`, { search: common[place] });
    // That it takes longer than a server allows is an answer too.
    const { milliseconds, data } = await asked.catch((error) => {
      if (!error.message.includes('"TIMEOUT"')) throw error;
      return {};
    });
    if (!data) {
      console.log(`${name}, ${word} word: not answered in time`);
      continue;
    }
    const found = data.quotes ? `, ${data.quotes.totalCount} quotes` : "";
    tell(`${name}, ${word} word${found}`, [milliseconds]);
  }
}
agent.destroy();
