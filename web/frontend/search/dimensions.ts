// What the values of a facet are called.
import { language, plain, sentence } from "../parts/words";
import type { Dimension } from "../route/route";

export const NAMES: Record<Dimension, string> = {
  SPEAKER: "Speaker",
  ORGANISATION: "Organisation",
  FUNCTION: "Function at the time",
  DOMAIN: "Field of policy",
  SPEAKER_KIND: "Kind of source",
  KIND: "How rendered",
  PUBLISHER: "Publisher",
  LANGUAGE: "Language",
  YEAR: "Year",
};

/** The words of a value: names are printed, everything else is ours. */
export function wordsOf(by: Dimension, label: string): string {
  switch (by) {
    case "SPEAKER":
    case "ORGANISATION":
    case "PUBLISHER":
    case "YEAR":
      return label;
    case "LANGUAGE":
      return language(label);
    default:
      return sentence(plain(label));
  }
}
