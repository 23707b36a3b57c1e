import type { Failure } from '../errors.ts'
import type { FolderStatus } from '../source/source.ts'
import type { Place } from '../targets/target.ts'
import type { Response } from './input.ts'
import { mailboxName, quoted, someOf, textOf } from './syntax.ts'
import type { Wire } from './wire.ts'

/** What SELECT or EXAMINE told. `permanentFlags` undefined: the server named none, which means all (RFC 9051 7.1). */
export type Opened = FolderStatus & { permanentFlags?: string[] }

/** How a folder is opened: EXAMINE for looking only. */
export type Opening = 'EXAMINE' | 'SELECT'

/** Opens a folder. */
export async function openFolder(wire: Wire, command: Opening, path: string): Promise<Opened> {
  const found: Opened = { uidValidity: '', uidNext: 1, exists: 0 }
  const told = (text: string) => {
    const exists = /^\* (\d+) EXISTS/i.exec(text)
    if (exists) found.exists = Number(exists[1])
    const [, name = '', value = ''] = /^\* OK \[(UIDVALIDITY|UIDNEXT|HIGHESTMODSEQ|PERMANENTFLAGS) \(?([^\])]*)/i.exec(text) ?? []
    if (/UIDVALIDITY/i.test(name)) found.uidValidity = value
    else if (/UIDNEXT/i.test(name)) found.uidNext = Number(value)
    else if (/HIGHESTMODSEQ/i.test(name)) found.highestModseq = value
    else if (/PERMANENTFLAGS/i.test(name)) found.permanentFlags = value.split(' ').filter(Boolean)
  }
  wire.selected = true
  const tagged = await wire.run(`${command} ${mailboxName(path, wire.utf8)}`, ({ text }) => told(text))
  if (tagged.status !== 'OK') throw wire.refused(tagged, `${wire.during}: opening “${textOf(path)}”`)
  return found
}

/** Leaves the open folder, of which STATUS might tell what was seen of it so far, not what is there. */
export function unselect(wire: Wire): void {
  if (!wire.selected || !wire.has('UNSELECT')) return
  wire.selected = false
  wire.run('UNSELECT').catch(() => {})
}

/** Makes the server tell HIGHESTMODSEQ of each folder that is opened; some do so only when asked (RFC 7162 3.1). */
export function enableCondstore(wire: Wire): void {
  if (wire.tellsModseqs || wire.selected || !wire.has('CONDSTORE') || !wire.has('ENABLE')) return
  wire.tellsModseqs = true
  wire.run('ENABLE CONDSTORE').catch(() => {})
}

/** Opens a folder to change messages in it by UID. Throws where it was numbered anew: the UIDs would be somebody else’s. */
export async function openSame(wire: Wire, { path, uidValidity }: Place): Promise<void> {
  const now = await openFolder(wire, 'SELECT', path)
  if (now.uidValidity !== uidValidity) throw renumbered(wire, path)
}

/** Opens folders one behind the other, without waiting for the answers between; what is found of each, in order. */
export async function openAll(wire: Wire, command: Opening, paths: readonly string[]): Promise<Opened[]> {
  return settled(paths.map(path => openFolder(wire, command, path)))
}

/** What STATUS is asked for, in a command of its own or with LIST. */
export function statusItems(wire: Wire): string {
  return `(MESSAGES UIDNEXT UIDVALIDITY${wire.has('CONDSTORE') ? ' HIGHESTMODSEQ' : ''})`
}

/** What a STATUS response tells; undefined for any other. */
export function statusIn({ text }: Response): FolderStatus | undefined {
  const list = /^\* STATUS .*\(([^()]*)\) *$/is.exec(text)?.[1]
  if (list === undefined) return undefined
  const of = (name: string) => new RegExp(`(?:^| )${name} (\\d+)`, 'i').exec(list)?.[1]
  const highestModseq = of('HIGHESTMODSEQ')
  const status = {
    uidValidity: of('UIDVALIDITY') ?? '',
    uidNext: Number(of('UIDNEXT') ?? 1),
    exists: Number(of('MESSAGES') ?? 0),
  }
  return highestModseq === undefined ? status : { ...status, highestModseq }
}

/** The UIDs that an answer to UID SEARCH names, in the form of RFC 3501 or of RFC 9051 (ESEARCH); none for any other response. */
export function searchedIn({ text }: Response): number[] {
  const set =
    /^\* ESEARCH\b.* ALL ([\d:,]+)/i.exec(text)?.[1] ?? /^\* SEARCH ([\d ]+)/i.exec(text)?.[1]?.trim().replaceAll(/ +/g, ',')
  return set ? someOf(set, mostFound) : []
}

/** UIDs of the messages in a folder that have this Message-ID; the folder stays open. */
export async function uidsOf(wire: Wire, command: Opening, path: string, messageId: string): Promise<number[]> {
  const found: number[] = []
  await openFolder(wire, command, path)
  await wire.must(`UID SEARCH HEADER MESSAGE-ID ${quoted(messageId)}`, response => void found.push(...searchedIn(response)))
  return found
}

/** No folder holds more; a set may name more numbers than there are messages. */
const mostFound = 5_000_000

/** How folders stand, asked for without opening them (STATUS, RFC 9051 6.3.11); undefined for one that is not there. */
export async function standing(wire: Wire, paths: readonly string[]): Promise<(FolderStatus | undefined)[]> {
  const ask = async (path: string): Promise<FolderStatus | undefined> => {
    let found: FolderStatus | undefined
    const tagged = await wire.run(`STATUS ${mailboxName(path, wire.utf8)} ${statusItems(wire)}`, response => {
      found = statusIn(response) ?? found
    })
    return tagged.status === 'OK' ? found : undefined
  }
  return settled(paths.map(ask))
}

/** Waits for all answers before it fails with the first that failed: what comes next must not meet answers that nobody awaits. */
export async function settled<T>(answers: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(answers)
  return Promise.all(answers)
}

/** The folder has another UIDVALIDITY than the UIDs at hand. */
export function renumbered(wire: Wire, path: string): Failure {
  return wire.refused(
    { status: 'NO', code: 'UIDVALIDITY', text: 'it has another now' },
    `${wire.during}: reading “${textOf(path)}”`,
  )
}

/** No UIDVALIDITY is told, so that its UIDs may name other messages the next time (RFC 3501 6.3.1). */
export function unnumbered(wire: Wire, path: string): Failure {
  const text = 'the server tells no UIDVALIDITY'
  return wire.refused({ status: 'NO', code: 'NO_UIDVALIDITY', text }, `${wire.during}: opening “${textOf(path)}”`)
}
