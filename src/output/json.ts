/** Formats an answer for `--json`. `version` is the schema version of this command's answer. */
export function jsonText(answer: object, version: number | undefined): string {
  return JSON.stringify(version === undefined ? answer : { version, ...answer }, undefined, 2)
}
