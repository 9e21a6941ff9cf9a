import { validVariables } from '../project/variable-name.js'

/**
 * The environment variables of a program that piko runs: the user's, without the `PIKO_*` of another environment's
 * shell, plus the subject's.
 */
export function programEnvironment(
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> {
  const inherited = Object.keys(process.env).filter(name => name.startsWith('PIKO_') && !configures.has(name))
  return { ...Object.fromEntries(inherited.map(name => [name, undefined])), ...validVariables(variables) }
}

/** Variables that the user sets to configure piko are passed on. */
const configures: ReadonlySet<string> = new Set(['PIKO_SUBNET_POOL', 'PIKO_NPM_REGISTRY', 'PIKO_READY_AFTER'])
