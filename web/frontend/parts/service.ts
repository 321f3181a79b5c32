// What the server tells of itself: which one it is, and how much it takes at once.
import type { ResultOf } from "gql.tada";
import { graphql } from "../api/graphql";

export const SERVICE = graphql(
  `query Service { serviceConfig { profile version limits { name value } } }`,
);
export type Service = ResultOf<typeof SERVICE>;

/** How much of something one question may have, by the limit's name. */
export function limit({ serviceConfig: { limits } }: Service, name: "verifyCharacters" | "verifyInputs"): number {
  return limits.find((one) => one.name === name)?.value ?? Infinity;
}
