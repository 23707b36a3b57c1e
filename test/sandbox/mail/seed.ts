import { createHash } from 'node:crypto'
import { chownSync, closeSync, fchownSync, futimesSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import type { GeneratedMailbox, GeneratedMessage } from './generator.ts'
import { homeOf, maildirOf, type Place } from './place.ts'
import { namespaceOf } from './snapshot.ts'
import { encodeName } from './utf7.ts'
import { quoted, Wire, type WireLogin, type WireResult } from './wire.ts'

/** How much was put into a mailbox. */
export type Seeded = { messages: number; bytes: number }

/**
 * Writes a mailbox straight into an `old` server's Maildir++, before anybody has signed in to it: flags in the file names, keywords, UIDs in the
 * order given, INTERNALDATE as the file's time, subscriptions. Several times faster than any protocol.
 */
export async function seedMaildir(options: { place: Place; user: string; mailbox: GeneratedMailbox }): Promise<Seeded> {
  const { place, mailbox } = options
  const root = maildirOf(place, options.user)
  mkdirSync(root, { recursive: true })
  const own = (path: string) => process.getuid?.() === 0 && chownSync(path, place.owner.uid, place.owner.gid)
  own(homeOf(place, options.user))
  own(root)
  const folders = new Map(mailbox.folders.map(({ path }) => [path.join('/'), new MaildirFolder(root, path, place)]))
  const seeded = { messages: 0, bytes: 0 }
  for (const message of mailbox.messages()) {
    const folder = folders.get(message.folder.join('/'))
    if (folder === undefined)
      throw new Error(`A message lies in ${message.folder.join('/')}, which is not among the mailbox's folders.`)
    folder.add(message)
    seeded.messages += 1
    seeded.bytes += message.raw.length
    if (seeded.messages % 100 === 0) await breathe()
  }
  for (const folder of folders.values()) folder.finish()
  const subscribed = mailbox.folders.filter(({ subscribed }) => subscribed)
  const subscriptions = join(root, 'subscriptions')
  writeFileSync(subscriptions, `V\t2\n\n${subscribed.map(({ path }) => `${path.map(encodeName).join('\t')}\n`).join('')}`)
  own(subscriptions)
  return seeded
}

/** Appends a mailbox to any server over plain TCP, many messages under way at a time; folders are made first where they are missing. */
export async function seedImap(login: WireLogin, mailbox: GeneratedMailbox): Promise<Seeded> {
  const wire = await Wire.open(login)
  try {
    const { prefix, delimiter } = await namespaceOf(wire)
    const spell = (path: readonly string[]) =>
      path[0] === 'INBOX' && path.length === 1 ? 'INBOX' : prefix + path.map(encodeName).join(delimiter)
    for (const { path, subscribed } of mailbox.folders) {
      const name = quoted(spell(path))
      const made = await wire.run(`CREATE ${name}`)
      if (made.status !== 'OK' && !/ALREADYEXISTS|already exists|reserved/i.test(made.text))
        throw new Error(`CREATE ${name}: ${made.text}`)
      if (subscribed) await wire.must(`SUBSCRIBE ${name}`)
    }
    return await appendAll(wire, mailbox, spell)
  } finally {
    wire.close()
  }
}

async function appendAll(wire: Wire, mailbox: GeneratedMailbox, spell: (path: readonly string[]) => string): Promise<Seeded> {
  const seeded = { messages: 0, bytes: 0 }
  const underWay = new Set<Promise<void>>()
  const accepted = (message: GeneratedMessage) => (answer: WireResult) => {
    if (answer.status !== 'OK') throw new Error(`APPEND to ${message.folder.join('/')}: ${answer.status} ${answer.text}`)
  }
  for (const message of mailbox.messages()) {
    const flags = [...message.flags, ...message.keywords]
    const done: Promise<void> = wire
      .append(spell(message.folder), flags, message.internalDate, message.raw)
      .then(accepted(message))
      .finally(() => underWay.delete(done))
    underWay.add(done)
    seeded.messages += 1
    seeded.bytes += message.raw.length
    while (underWay.size >= 50 || (wire.full && underWay.size > 0)) await Promise.race(underWay)
  }
  await Promise.all(underWay)
  return seeded
}

/** One folder of a Maildir++ under construction. UIDs are dealt from 1, so that a seeded mailbox has the same ones every time. */
class MaildirFolder {
  private readonly dir: string
  private readonly place: Place
  private readonly keywords: string[] = []
  private readonly lines: string[] = []

  constructor(root: string, path: readonly string[], place: Place) {
    const bad = path.find(segment => /[./]/.test(segment) || segment === '')
    if (bad !== undefined) throw new Error(`A Maildir++ cannot hold a folder called ${JSON.stringify(bad)}.`)
    this.dir = path.length === 1 && path[0] === 'INBOX' ? root : join(root, `.${path.map(encodeName).join('.')}`)
    this.place = place
    for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(this.dir, name), { recursive: true })
    for (const name of ['', 'cur', 'new', 'tmp']) this.own(join(this.dir, name))
    if (dirname(this.dir) === root) this.write('maildirfolder', '')
  }

  add({ flags, keywords, internalDate, raw }: GeneratedMessage): void {
    const uid = this.lines.length + 1
    const seconds = internalDate.getTime() / 1000
    // Every message ends its lines in CRLF, so its size on disk (S) is its size on the wire (W).
    const name = `${Math.floor(seconds)}.M${uid}P1.sandbox,S=${raw.length},W=${raw.length}`
    const file = openSync(join(this.dir, 'cur', `${name}:2,${this.letters(flags, keywords)}`), 'w', 0o600)
    writeSync(file, raw)
    if (process.getuid?.() === 0) fchownSync(file, this.place.owner.uid, this.place.owner.gid)
    futimesSync(file, seconds, seconds)
    closeSync(file)
    this.lines.push(`${uid} :${name}\n`)
  }

  finish(): void {
    // Fixed, as the UIDs are; a folder made again by hand gets another from the server, which uses the time.
    const head = `3 V1400000000 N${this.lines.length + 1} G${createHash('md5').update(this.dir).digest('hex')}\n`
    this.write('dovecot-uidlist', head + this.lines.join(''))
    if (this.keywords.length > 0)
      this.write('dovecot-keywords', this.keywords.map((keyword, at) => `${at} ${keyword}\n`).join(''))
  }

  private letters(flags: readonly string[], keywords: readonly string[]): string {
    const letters = flags.map(flag => flagLetters[flag] ?? '')
    for (const keyword of keywords) {
      if (!this.keywords.includes(keyword)) this.keywords.push(keyword)
      letters.push(String.fromCharCode(97 + this.keywords.indexOf(keyword)))
    }
    return letters.sort().join('')
  }

  private write(name: string, text: string): void {
    writeFileSync(join(this.dir, name), text)
    this.own(join(this.dir, name))
  }

  private own(path: string): void {
    if (process.getuid?.() === 0) chownSync(path, this.place.owner.uid, this.place.owner.gid)
  }
}

const flagLetters: Readonly<Record<string, string>> = {
  '\\Draft': 'D',
  '\\Flagged': 'F',
  '\\Answered': 'R',
  '\\Seen': 'S',
  '\\Deleted': 'T',
}
