import type { NamedFolder } from './dovecot-config.ts'
import { type Language, people, type Vocabulary, vocabularies } from './languages.ts'
import { type Person, type Thread, writeMessage } from './message.ts'
import { oddFolders, oddMessages } from './odd.ts'
import { type Prng, prngOf } from './prng.ts'

/** A message as it should be found in the mailbox: its bytes, flags (with the backslash, never `\Recent`), keywords and INTERNALDATE. */
export type GeneratedMessage = { folder: readonly string[]; flags: string[]; keywords: string[]; internalDate: Date; raw: Buffer }

/** A folder to be made; one that is only on the way to another is not listed. */
export type GeneratedFolder = { path: readonly string[]; specialUse?: string; subscribed: boolean }

/** A mailbox that is made while it is read; `messages` may be called again and yields the same. */
export type GeneratedMailbox = { folders: readonly GeneratedFolder[]; messages(): Iterable<GeneratedMessage> }

/** What to generate. `small`: 2-20 KB a message. `mixed`: 70 % of these, 25 % of 20-200 KB, 5 % of 0.2-5 MB. */
export type MailboxPlan = {
  seed: string | number
  messages: number
  size: 'small' | 'mixed'
  language?: Language
  /** Adds awkward folders and messages, beyond `messages`. */
  odd?: boolean
  /** The newest message's time, in epoch milliseconds; mail reaches back 15 years from there. */
  now: number
  /** Whose mailbox it is. */
  owner?: Person
}

const years = 15 * 365.25 * 86_400_000

/** A mailbox that the seed determines to the last byte. */
export function generateMailbox(plan: MailboxPlan): GeneratedMailbox {
  const words = vocabularies[plan.language ?? 'fr']
  const regular = mailboxFolders(words)
  const odd = plan.odd ? oddFolders.map(path => ({ path, subscribed: true })) : []
  return {
    folders: [...regular, ...odd],
    *messages() {
      yield* regularMessages(plan, words)
      if (plan.odd) yield* oddOnes(plan)
    },
  }
}

/** The folders with a role, for `startDovecot`: their names in a mailbox of this language. */
export function specialFolders(language: Language): NamedFolder[] {
  return mailboxFolders(vocabularies[language]).flatMap(({ path, specialUse }) =>
    specialUse === undefined ? [] : [{ path, specialUse }],
  )
}

function mailboxFolders({ folders }: Vocabulary): GeneratedFolder[] {
  return [
    { path: ['INBOX'], subscribed: true },
    { path: [folders.sent], specialUse: '\\Sent', subscribed: true },
    { path: [folders.drafts], specialUse: '\\Drafts', subscribed: true },
    { path: [folders.trash], specialUse: '\\Trash', subscribed: true },
    { path: [folders.junk], specialUse: '\\Junk', subscribed: true },
    { path: [folders.archive], specialUse: '\\Archive', subscribed: true },
    ...folders.others.map(path => ({ path, subscribed: true })),
    { path: folders.empty, subscribed: false },
  ]
}

function* regularMessages(plan: MailboxPlan, words: Vocabulary): Generator<GeneratedMessage> {
  const prng = prngOf(`${plan.seed} ${plan.language ?? 'fr'} ${plan.size}`)
  const owner = plan.owner ?? prng.pick(people)
  const threads: Thread[] = []
  let last: GeneratedMessage | undefined
  for (let at = 0; at < plan.messages; at += 1) {
    const turn = at % 50
    // Every fiftieth is an identical twin, as a mail program leaves that saved the same message twice.
    if (turn === 17 && last !== undefined) {
      yield last
      continue
    }
    const folder = pickFolder(prng, words)
    const internalDate = dateOf(prng, plan, at)
    const sent = folder[0] === words.folders.sent || folder[0] === words.folders.drafts
    const other = prng.pick(people)
    const { raw, thread } = writeMessage(
      prng,
      prng.chance(0.85) ? words : vocabularies[prng.pick(['fr', 'nl', 'de', 'en'] as const)],
      {
        from: sent ? owner : other,
        to: sent ? [other, prng.pick(people)] : [owner],
        date: new Date(internalDate.getTime() - prng.between(0, 90) * 1000),
        sizeBytes: sizeOf(prng, plan.size),
        answers: threads.length > 0 && prng.chance(0.35) ? prng.pick(threads) : undefined,
        quirk: turn === 29 ? 'no-message-id' : turn === 43 ? '8-bit-header' : turn === 47 ? 'long-line' : undefined,
        messageId: turn === 37 ? threads.at(-1)?.messageId : undefined,
      },
    )
    threads.push(thread)
    if (threads.length > 64) threads.shift()
    last = { folder, ...marks(prng, folder[0] === words.folders.drafts), internalDate, raw }
    yield last
  }
}

function* oddOnes(plan: MailboxPlan): Generator<GeneratedMessage> {
  const prng = prngOf(`${plan.seed} odd`)
  const date = new Date(Math.floor((plan.now - years / 2) / 1000) * 1000)
  for (const message of oddMessages(prng, date)) {
    yield {
      folder: ['Odd'],
      flags: message.flags ?? ['\\Seen'],
      keywords: message.keywords ?? [],
      internalDate: message.internalDate ?? date,
      raw: message.raw,
    }
  }
  for (const folder of oddFolders.slice(1)) {
    const raw = Buffer.from(
      `Subject: in a folder with an odd name ${prng.bits()}\r\nMessage-ID: <${prng.bits()}@odd.example>\r\n\r\nText\r\n`,
    )
    yield { folder, flags: [], keywords: [], internalDate: date, raw }
  }
}

function pickFolder(prng: Prng, { folders }: Vocabulary): readonly string[] {
  const place = prng.unit()
  if (place < 0.35) return ['INBOX']
  if (place < 0.55) return [folders.sent]
  if (place < 0.58) return [folders.drafts]
  if (place < 0.63) return [folders.trash]
  if (place < 0.65) return [folders.junk]
  if (place < 0.72) return [folders.archive]
  return prng.pick(folders.others)
}

/** Older mail is sparser; a second is the finest that INTERNALDATE knows. */
function dateOf(prng: Prng, plan: MailboxPlan, at: number): Date {
  const share = ((at + prng.unit()) / plan.messages) ** 0.6
  return new Date(Math.floor((plan.now - years * (1 - share)) / 1000) * 1000)
}

function sizeOf(prng: Prng, size: MailboxPlan['size']): number {
  const logarithmic = (low: number, high: number) => low * (high / low) ** prng.unit()
  const kind = size === 'small' ? 0 : prng.unit()
  if (kind < 0.7) return logarithmic(2_000, 20_000)
  return kind < 0.95 ? logarithmic(20_000, 200_000) : logarithmic(200_000, 5_000_000)
}

function marks(prng: Prng, draft: boolean): { flags: string[]; keywords: string[] } {
  const flags = [
    ...(prng.chance(0.15) ? ['\\Answered'] : []),
    ...(draft ? ['\\Draft'] : []),
    ...(prng.chance(0.06) ? ['\\Flagged'] : []),
    ...(draft || prng.chance(0.8) ? ['\\Seen'] : []),
  ]
  const keywords = [
    ...(prng.chance(0.05) ? ['$Forwarded'] : []),
    ...(prng.chance(0.04) ? [prng.pick(['$label1', '$label2', '$label4'])] : []),
    ...(prng.chance(0.03) ? ['Travail'] : []),
  ]
  return { flags, keywords }
}
