import { projectErrors } from '../errors/project.js'
import { dashed, shortened } from '../project/slug.js'

const maxBytes = 200
const reserved: readonly string[] = ['shared', 'proxy']

/**
 * The environment's name for what the user typed: `[a-z0-9-]`, 1 to 40 characters, valid as a DNS label, Compose
 * project and tmux target. Git validates the branch name.
 */
export function environmentSlug(name: string): string {
  const fault = faultOf(name)
  if (fault !== undefined) throw projectErrors.NAME_INVALID({ name, fault, valid: validName(name) })
  const slug = shortened(dashed(name), name)
  if (reserved.includes(slug)) throw projectErrors.NAME_RESERVED({ name, slug, valid: validName(name) })
  return slug
}

const faults: readonly { readonly is: (name: string) => boolean; readonly fault: string }[] = [
  { is: name => name === '', fault: 'it is empty' },
  { is: name => Buffer.byteLength(name) > maxBytes, fault: `it is longer than ${maxBytes} bytes` },
  {
    is: name => /[^A-Za-z0-9\-_./]/.test(name),
    fault: 'only letters, digits, `-`, `_`, `.` and `/` are allowed',
  },
  { is: name => name.startsWith('-'), fault: 'it begins with `-`, like a flag' },
  { is: name => name.includes('..'), fault: 'it has `..`, which no branch may have' },
  { is: name => dashed(name) === '', fault: 'it has no letter or digit' },
]

function faultOf(name: string): string | undefined {
  return faults.find(({ is }) => is(name))?.fault
}

/** A name similar to an invalid one, for the hint. Both `environmentSlug` and git accept it. */
function validName(name: string): string {
  const bare = name.normalize('NFKD').replaceAll(/\p{Mark}/gu, '')
  const whole = bare.split('/').map(validPart).filter(Boolean).join('/')
  const valid = whole.length <= maxBytes ? whole : shortened(dashed(whole), name)
  if (valid === '') return 'feature-1'
  return reserved.includes(dashed(valid)) ? `${valid}-1` : valid
}

function validPart(part: string): string {
  return part
    .replaceAll(/[^A-Za-z0-9\-_.]+/g, '-')
    .replaceAll(/-{2,}/g, '-')
    .replaceAll(/\.{2,}/g, '.')
    .replaceAll(/(?:\.lock)+$/g, '')
    .replaceAll(/^[-._]+|[-._]+$/g, '')
}
