/** Removes secret values from texts that others wrote: logs of containers, answers of health checks. */
export function redactor(values: readonly string[]): (text: string) => string {
  const hidden = values.filter(value => value.length > 3).sort((a, b) => b.length - a.length)
  return text => hidden.reduce((rest, value) => rest.replaceAll(value, '***'), text)
}
