const units = [
  { letter: 'd', seconds: 86_400 },
  { letter: 'h', seconds: 3600 },
  { letter: 'm', seconds: 60 },
] as const

/** The time since a moment: `3d`, `5h`, `12m`, `40s`. */
export function ageText(moment: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(moment)) / 1000))
  const unit = units.find(one => seconds >= one.seconds)
  return unit ? `${Math.floor(seconds / unit.seconds)}${unit.letter}` : `${seconds}s`
}
