import { tableLines } from '@piko/sdk'
import { type Settings, settingNames } from '../store/settings.js'

/** What each setting means, by the name it has on the command line. */
export const settingTexts = {
  keep: 'stopped releases kept for `piko rollback`',
  'drain-seconds': 'seconds that requests to the old release have to finish',
  'health-seconds': 'seconds that a new release has to become healthy',
  'watch-seconds': 'seconds between two looks of `piko deploy watch`',
} as const

export type SettingWord = keyof typeof settingTexts

export function wordOf(name: keyof Settings): SettingWord {
  return name.replace('Seconds', '-seconds') as SettingWord // the same names with a dash
}

export function settingLines(settings: Settings): readonly string[] {
  const rows = settingNames.map(name => [wordOf(name), String(settings[name]), settingTexts[wordOf(name)]])
  return tableLines(['Setting', 'Value', 'Meaning'], rows)
}
