import type { ImapFlow } from 'imapflow'
import { Failure } from '../errors.ts'
import { listFolders, namespaceOf } from '../imap/listing.ts'
import { heads, messages, statusOf, uidSet } from '../imap/reading.ts'
import { connect, disconnect, type Endpoint, failure, guard } from '../imap/session.ts'
import type { Appended, Outgoing, Target } from './target.ts'

/** Response codes with which a server refuses one message for good, and goes on serving. */
const refusals = new Set(['TOOBIG', 'APPENDLIMIT', 'LIMIT-SIZE', 'BADCHARSET', 'CANNOT', 'PARSE', 'UNKNOWN-CTE'])

/**
 * A target over IMAP APPEND. Two connections: one looks at folders, the other only appends and never selects one, because imapflow
 * filters the flags of an APPEND by whatever folder its connection has selected.
 */
export async function openImapTarget(endpoint: Endpoint, mailbox: string): Promise<Target> {
  const look = await connect(endpoint, mailbox)
  let appending: Promise<ImapFlow> | undefined
  const writer = () => {
    appending ??= connect(endpoint, mailbox)
    return appending
  }
  const during = (doing: string) => `${doing} of ${mailbox} at ${endpoint.host}:${endpoint.port}`
  const { prefix, delimiter } = namespaceOf(look)
  const limit = look.capabilities.get('APPENDLIMIT')
  let open = 'INBOX'
  return {
    traits: { delimiter, prefix, forbidden: delimiter, ...(typeof limit === 'number' ? { mostBytes: limit } : {}) },
    folders: () => listFolders(look, during('listing the folders')),
    async create(path) {
      await guard(during(`making folder “${path}”`), () => look.mailboxCreate(path))
      await look.mailboxSubscribe(path).catch(() => {})
    },
    async open(path) {
      await guard(during(`opening “${path}”`), () => look.mailboxOpen(path))
      open = path
      const permanent = look.mailbox ? look.mailbox.permanentFlags : undefined
      return { ...statusOf(look), keeps: flag => keeps(permanent, flag) }
    },
    heads: fromUid => heads(look, during(`listing “${open}”`), fromUid),
    messages: uids => messages(look, during(`reading “${open}”`), uids),
    append: (path, outgoing) => append(writer, during(`appending to “${path}”`), path, outgoing),
    async setFlags(uid, flags) {
      await guard(during(`setting flags in “${open}”`), () => look.messageFlagsSet(String(uid), [...flags], { uid: true }))
    },
    async holds(messageId) {
      const found = await guard(during(`searching “${open}”`), () =>
        look.search({ header: { 'message-id': messageId } }, { uid: true }),
      )
      return found.length > 0
    },
    async removeOurs(uids) {
      if (!look.capabilities.has('UIDPLUS') || uids.length === 0) return uids.length === 0
      await guard(during(`removing surplus copies in “${open}”`), () => look.messageDelete(uidSet(uids), { uid: true }))
      return true
    },
    alive: () => look.usable === true,
    async close() {
      await Promise.all([disconnect(look), appending?.then(disconnect, () => {})])
    },
  }
}

async function* append(
  writer: () => Promise<ImapFlow>,
  during: string,
  path: string,
  outgoing: AsyncIterable<Outgoing>,
): AsyncIterable<Appended> {
  for await (const { uid, raw, flags, internalDate } of outgoing) {
    const client = await writer()
    try {
      const done = await client.append(path, raw, flags, new Date(internalDate))
      if (!done) throw new Failure({ verdict: 'transient', during, code: 'NoConnection', hint: 'It is tried again by itself.' })
      const told = done.uid && done.uidValidity ? { uid: done.uid, uidValidity: String(done.uidValidity) } : {}
      yield { of: uid, done: true, ...told }
    } catch (error) {
      const failed = failure(during, error)
      if (!refusals.has(failed.code)) throw failed
      yield { of: uid, done: false, code: failed.code, text: failed.message }
    }
  }
}

/** PERMANENTFLAGS (RFC 9051 7.1): a named flag is kept, `\*` keeps any keyword; without the list the server keeps everything. */
function keeps(permanent: Set<string> | undefined, flag: string): boolean {
  if (!permanent) return true
  const known = new Set([...permanent].map(name => name.toLowerCase()))
  return known.has(flag.toLowerCase()) || (known.has('\\*') && !flag.startsWith('\\'))
}
