/** `6379 → 10079, 16379 → 10080`; `-` for none. */
export function portText(ports: Readonly<Record<string, number>>): string {
  const entries = Object.entries(ports).map(([inner, outer]) => `${inner} → ${outer}`)
  return entries.length === 0 ? '-' : entries.join(', ')
}
