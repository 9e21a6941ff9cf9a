import { serviceErrors } from '../errors/services.js'

/** `web#2` names one container of a service; `web` names all of them. */
export interface Address {
  readonly service: string
  /** Counted from 1, as in the container's name. */
  readonly replica?: number
}

export function parseAddress(word: string): Address {
  const at = word.indexOf('#')
  if (at < 0) return { service: word }
  const number = word.slice(at + 1)
  if (!/^[1-9]\d{0,3}$/.test(number)) throw serviceErrors.COMPOSE_ADDRESS_UNCLEAR({ word })
  return { service: word.slice(0, at), replica: Number(number) }
}

export function isReplica(word: string): boolean {
  return word.includes('#')
}
