import { rankOf } from '../lifecycle/phases.js'
import { isFields, notFunctions, when } from './fields.js'

export function stepProblems(
  step: unknown,
  { name, inPhase }: { name: string; inPhase: boolean },
): readonly string[] {
  if (!isFields(step)) return ['a step is not an object']
  const id = String(step['id'])
  return [
    ...when(!id.startsWith(`${name}:`), `the step ${id} is not named ${name}:…`),
    ...when(typeof step['title'] !== 'string', `the step ${id} has no title`),
    ...when(
      step['undoTitle'] !== undefined && typeof step['undoTitle'] !== 'string',
      `\`undoTitle\` of the step ${id} is not a text`,
    ),
    ...when(
      inPhase && !isPhase(step['phase']),
      `the step ${id} has the phase ${String(step['phase'])} that does not exist`,
    ),
    ...when(typeof step['do'] !== 'function', `the step ${id} has no \`do\``),
    ...when(typeof step['undo'] !== 'function', `the step ${id} has no \`undo\``),
    ...notFunctions(step, ['plan', 'report', 'preview', 'dataIn']).map(
      key => `\`${key}\` of the step ${id} is not a function`,
    ),
    ...when(
      step['timeLimit'] !== undefined && typeof step['timeLimit'] !== 'number',
      `\`timeLimit\` of the step ${id} is not a number of seconds`,
    ),
    ...['after', 'before']
      .filter(key => step[key] !== undefined && !isListOfTexts(step[key]))
      .map(key => `\`${key}\` of the step ${id} is not a list of steps`),
  ]
}

export function duplicatesIn(steps: readonly unknown[]): readonly string[] {
  const ids = steps.filter(isFields).map(step => String(step['id']))
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))]
}

export function isPhase(phase: unknown): boolean {
  return typeof phase === 'string' && rankOf(phase as Parameters<typeof rankOf>[0]) >= 0
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(entry => typeof entry === 'string')
}
