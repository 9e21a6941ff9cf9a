/** A name as part of a variable's name: `my-service` is `MY_SERVICE`. */
export function variableWord(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')
}
