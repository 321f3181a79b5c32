// How the playground asks: POST, JSON, this server's /graphql.
import type { Fetcher } from "@graphiql/toolkit";

export const fetcher: Fetcher = async (request, options) => {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: {
      ...options?.headers,
      "Accept": "application/graphql-response+json, application/json",
      "Content-Type": "application/json",
    },
    body: JSON.stringify(request),
  });
  const body = await response.text();
  try {
    return JSON.parse(body);
  } catch {
    const message = `/graphql answered ${response.status} without JSON: ${body.slice(0, 200)}`;
    return { errors: [{ message }] };
  }
};
