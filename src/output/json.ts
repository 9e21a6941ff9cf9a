/** An answer as `--json` prints it. `version` counts the shapes of this command's answer. */
export function jsonText(answer: object, version: number | undefined): string {
  return JSON.stringify(version === undefined ? answer : { version, ...answer }, undefined, 2)
}
