import { createHash } from 'node:crypto'
import type { GeneratedMailbox } from './generator.ts'
import { decodeName } from './utf7.ts'
import { parseImapDate, Wire, type WireLogin, type WireResponse } from './wire.ts'

/** One message as a server shows it. Flags are sorted, without `\Recent`; the date is ISO 8601 in UTC; the size is that of the bytes received. */
export type SeenMessage = { uid: number; flags: string[]; internalDate: string; size: number; sha256: string }

/** A whole mailbox: folder paths joined by `/` whatever the server's delimiter is, without its namespace prefix. */
export type MailboxSnapshot = Map<string, SeenMessage[]>

/** Reads every folder and every byte of a mailbox, changing nothing in it. */
export async function snapshot(login: WireLogin): Promise<MailboxSnapshot> {
  const wire = await Wire.open(login)
  try {
    const folders: MailboxSnapshot = new Map()
    for (const { path, spelling } of await listFolders(wire)) folders.set(path, await readFolder(wire, spelling))
    return folders
  } finally {
    wire.close()
  }
}

/** What a snapshot of a generated mailbox should show, were it copied exactly. */
export function snapshotOf(mailbox: GeneratedMailbox): MailboxSnapshot {
  const folders: MailboxSnapshot = new Map(mailbox.folders.map(({ path }) => [path.join('/'), []]))
  for (const { folder, flags, keywords, internalDate, raw } of mailbox.messages()) {
    const messages = folders.get(folder.join('/')) ?? []
    messages.push({
      uid: messages.length + 1,
      flags: [...flags, ...keywords].sort(),
      internalDate: internalDate.toISOString(),
      size: raw.length,
      sha256: sha256(raw),
    })
    folders.set(folder.join('/'), messages)
  }
  return folders
}

/** The personal namespace's prefix (`INBOX.` or nothing) and the delimiter between folders. */
export async function namespaceOf(wire: Wire): Promise<{ prefix: string; delimiter: string }> {
  const { untagged } = await wire.must('NAMESPACE')
  const personal = /^\* NAMESPACE \(\("((?:[^"\\]|\\.)*)" "(.)"/.exec(untagged[0]?.text ?? '')
  return { prefix: personal?.[1] ?? '', delimiter: personal?.[2] ?? '/' }
}

/** Every folder that can be opened, as the server spells it and as a path. */
export async function listFolders(wire: Wire): Promise<{ path: string; spelling: string }[]> {
  const { prefix } = await namespaceOf(wire)
  const { untagged } = await wire.must('LIST "" "*"')
  return untagged.flatMap(response => {
    const parts = /^\* LIST \(([^)]*)\) ("."|NIL) (.*)$/s.exec(response.text)
    if (parts === null || /\\(Noselect|NonExistent)/i.test(parts[1] ?? '')) return []
    const spelling = nameOf(parts[3] ?? '', response)
    const delimiter = parts[2] === 'NIL' ? '' : (parts[2] ?? '').slice(1, -1)
    const own = spelling.startsWith(prefix) ? spelling.slice(prefix.length) : spelling
    return [{ spelling, path: (delimiter === '' ? [own] : own.split(delimiter)).map(decodeName).join('/') }]
  })
}

async function readFolder(wire: Wire, spelling: string): Promise<SeenMessage[]> {
  const opened = await wire.must(`EXAMINE "${spelling.replace(/["\\]/g, character => `\\${character}`)}"`)
  if (opened.untagged.some(({ text }) => text === '* 0 EXISTS')) return []
  const messages: SeenMessage[] = []
  await wire.must('UID FETCH 1:* (UID FLAGS INTERNALDATE BODY.PEEK[])', response => {
    const message = readMessage(response)
    if (message !== undefined) messages.push(message)
  })
  return messages.sort((one, other) => one.uid - other.uid)
}

function readMessage({ text, literals }: WireResponse): SeenMessage | undefined {
  if (!/^\* \d+ FETCH \(/.test(text) || !text.includes('BODY[]')) return undefined
  const uid = Number(/[( ]UID (\d+)/.exec(text)?.[1])
  const flags = /[( ]FLAGS \(([^)]*)\)/.exec(text)?.[1]?.split(' ') ?? []
  const internalDate = parseImapDate(/[( ]INTERNALDATE "([^"]*)"/.exec(text)?.[1] ?? '').toISOString()
  const raw = literals.at(-1) ?? Buffer.from(/BODY\[\] "((?:[^"\\]|\\.)*)"/s.exec(text)?.[1] ?? '', 'latin1')
  return {
    uid,
    flags: flags.filter(flag => flag !== '' && flag !== '\\Recent').sort(),
    internalDate,
    size: raw.length,
    sha256: sha256(raw),
  }
}

function nameOf(spelled: string, response: WireResponse): string {
  if (spelled === '\0') return response.literals[0]?.toString('latin1') ?? ''
  return spelled.startsWith('"') ? spelled.slice(1, -1).replace(/\\(.)/g, '$1') : spelled
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
