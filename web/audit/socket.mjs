// Asks one question with the npm package graphql-ws: `node socket.mjs URL DOCUMENT`.
// Prints the result; exits with 1 where there is none.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const [url, query] = process.argv.slice(2);
// Node 20 has no WebSocket of its own.
const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
try {
  for await (const result of client.iterate({ query })) {
    console.log(JSON.stringify(result));
  }
} catch (error) {
  // Errors of GraphQL as a list, the end of the connection as an event.
  console.error(error.code ? `${error.code} ${error.reason}` : JSON.stringify(error));
  process.exitCode = 1;
}
await client.dispose();
