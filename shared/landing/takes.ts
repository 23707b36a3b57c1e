import { Buffer } from 'node:buffer'
import { flagsFor } from '../copy/flags.ts'
import { isAbsurd } from '../repair/date.ts'
import { diagnose } from '../repair/diagnose.ts'
import type { Head, Message } from '../source/source.ts'
import { exchangeLineBytes, type OpenFolder, type Traits } from '../targets/target.ts'
import type { Effect, Kind } from './finding.ts'

/** What the chosen target takes; where it cannot be opened yet, what its kind is known for. */
export type Takes = {
  traits: Traits
  mostBytes: number | undefined
  mostLineBytes: number | undefined
  keeps: OpenFolder['keeps']
  presumed: boolean
}

/** Exchange’s way with names and MIME; its IMAP service tells no APPENDLIMIT, and takes 36 MB unless its administrator said otherwise. */
const exchange: Traits = {
  delimiter: '/',
  forbidden: '/',
  prefix: '',
  rebuilds: true,
  tellsUids: true,
  mostLineBytes: exchangeLineBytes,
}
const exchangeBytes = 36 * 1024 * 1024

/** The flags that Exchange stores; no others, and no keywords. */
const stored = new Set(['\\seen', '\\answered', '\\flagged', '\\deleted', '\\draft', '$mdnsent'])

/** What a target takes whose mailbox is there: its own word, and what Exchange does not say of itself. */
export function takesOf({ traits, keeps }: { traits: Traits; keeps: OpenFolder['keeps'] }, told?: number): Takes {
  const mostBytes = traits.mostBytes ?? told ?? (traits.rebuilds ? exchangeBytes : undefined)
  return { traits, mostBytes, mostLineBytes: traits.mostLineBytes, keeps, presumed: false }
}

/** What is presumed of a target whose mailbox is not there yet. */
export function presumed(told = exchangeBytes): Takes {
  const keeps = (flag: string) => stored.has(flag.toLowerCase())
  return { traits: exchange, mostBytes: told, mostLineBytes: exchange.mostLineBytes, keeps, presumed: true }
}

/** Why a message may not land as it is, by what its listing tells. */
export function ofHead({ sizeBytes, internalDate, flags }: Head, { mostBytes, keeps }: Takes, now: number): Kind[] {
  return [
    ...(mostBytes !== undefined && sizeBytes > mostBytes ? (['too-large'] as const) : []),
    ...(isAbsurd(internalDate, now) ? (['date'] as const) : []),
    ...(flagsFor(flags, keeps).dropped.length > 0 ? (['keywords'] as const) : []),
  ]
}

/** Why a message may not land as it is, by its bytes. One that is too large for memory is not looked into. */
export function ofBody({ raw }: Message, { mostLineBytes, traits }: Takes): Kind[] {
  if (!Buffer.isBuffer(raw)) return []
  const kinds = new Set<Kind>()
  for (const { odd, count } of diagnose(raw)) {
    if (odd === 'empty' || odd === 'nul') kinds.add(odd)
    // Both without the line end.
    if (odd === 'long-line' && mostLineBytes !== undefined && count > mostLineBytes) kinds.add('long-line')
    if (odd === 'eight-bit-header' && traits.rebuilds) kinds.add('eight-bit-header')
    if (odd === 'bare-lf' || (odd === 'bare-cr' && (traits.rebuilds || endsInCr(raw)))) kinds.add('line-ends')
  }
  return [...kinds]
}

/** Does a CR stand right before a line end, or last of all? One within a line stays where bytes are kept. */
function endsInCr(raw: Buffer): boolean {
  return raw.at(-1) === 13 || raw.includes('\r\r\n')
}

/** What the target does with each kind. */
export const effects: Readonly<Record<Kind, Effect>> = {
  'too-large': 'refused',
  empty: 'refused',
  'long-line': 'refused',
  nul: 'changed',
  'eight-bit-header': 'changed',
  'line-ends': 'changed',
  date: 'changed',
  keywords: 'changed',
  renamed: 'changed',
  collision: 'changed',
  reserved: 'stops',
  'over-quota': 'stops',
  'too-many': 'stops',
  'group-address': 'stops',
}
