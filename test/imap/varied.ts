import { randomBytes } from 'node:crypto'
import { dateTime } from '../../shared/imap/syntax.ts'
import { between, type Chance, oneOf } from '../fakes/chance.ts'
import { isAsked, type Script } from './scripted.ts'

/** A message that the server holds. */
export type Held = { uid: number; flags: string[]; internalDate: number; raw: Buffer }

/** A folder as the server spells it on the wire. */
export type Folder = { name: string; uidValidity: number; uidNext: number; messages: Held[] }

/** A server whose every answer is one of those that the grammar allows (RFC 9051 9), drawn by chance; what it holds never changes. */
export function varied(random: Chance, folders: readonly Folder[], delimiter = '"/"'): Script {
  let open: Folder | undefined
  const some = (share: number) => random() < share
  const word = (text: string) => (some(0.2) ? text.toLowerCase() : text)
  const send = (socket: { write(data: Buffer): void }, data: Buffer) => {
    // Cut wherever it likes, now and then at each byte.
    if (data.length < 4000 && some(0.2)) for (const byte of data) socket.write(Buffer.from([byte]))
    else if (some(0.5)) {
      const at = between(random, 0, data.length)
      socket.write(data.subarray(0, at))
      socket.write(data.subarray(at))
    } else socket.write(data)
  }
  /** News that nobody asked for. */
  const news = (): Buffer => {
    if (!some(0.3)) return Buffer.alloc(0)
    const { messages = [] } = open ?? {}
    const at = between(random, 0, Math.max(messages.length - 1, 0))
    const flagged = messages[at]
    const all = [
      '* OK [ALERT] mind {the} gap\r\n',
      `* ${messages.length + 0} EXISTS\r\n`,
      '* 0 RECENT\r\n',
      '* FLAGS (\\Seen \\Answered kw)\r\n',
      '* OK still here\r\n',
      '* OK the mark is {7}\r\n',
      '* NO there is no folder A{200}\r\n',
      '* VANISHED 4294967290\r\n',
      ...(flagged
        ? [
            `* ${at + 1} FETCH (FLAGS (${flagged.flags.join(' ')}) UID ${flagged.uid})\r\n`,
            `* ${at + 1} FETCH (FLAGS (${flagged.flags.join(' ')}))\r\n`,
            `* ${at + 1} fetch (MODSEQ (9223372036854775807) UID ${flagged.uid} FLAGS (${flagged.flags.join(' ')}))\r\n`,
          ]
        : []),
    ]
    return Buffer.from(oneOf(random, all), 'latin1')
  }
  const literal = (raw: Buffer, eight: boolean): Buffer =>
    Buffer.concat([Buffer.from(`${eight && some(0.2) ? '~' : ''}{${raw.length}}\r\n`), raw])
  const string = (raw: Buffer): Buffer => {
    const quotable = raw.length < 200 && raw.every(byte => byte >= 0x20 && byte < 0x7f)
    if (!quotable || some(0.4)) return literal(raw, false)
    return Buffer.from(`"${raw.toString('latin1').replaceAll(/["\\]/g, c => `\\${c}`)}"`)
  }
  const astring = (raw: string): Buffer =>
    /^[A-Za-z0-9.&/,+_-]+$/.test(raw) && some(0.5) ? Buffer.from(raw) : string(Buffer.from(raw, 'latin1'))
  const date = (at: number): string => {
    const hours = between(random, -12, 14)
    const local = (dateTime(at + hours * 3_600_000) ?? '').replace(/ \+0000$/, '')
    const zone = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}00`
    return `"${some(0.5) ? local.replace(/^0/, ' ') : local} ${zone}"`
  }
  const shuffled = <T>(list: readonly T[]): T[] => {
    const rest = [...list]
    const found: T[] = []
    while (rest.length > 0) found.push(...rest.splice(between(random, 0, rest.length - 1), 1))
    return found
  }
  const item = (name: string, value: string | Buffer): Buffer =>
    Buffer.concat([Buffer.from(`${word(name)} `), Buffer.isBuffer(value) ? value : Buffer.from(value)])
  const fetched = (n: number, { uid, flags, internalDate, raw }: Held, body: boolean): Buffer => {
    const early = [item('UID', String(uid)), item('INTERNALDATE', date(internalDate)), item('RFC822.SIZE', String(raw.length))]
    const told = flags.length > 0 && some(0.2) ? [...flags, '\\Recent'] : flags
    const late = [item('FLAGS', `(${shuffled(told).join(' ')})`), item('MODSEQ', '(9223372036854775806)')].slice(
      0,
      between(random, 1, 2),
    )
    const bytes = raw.length < 200 && some(0.3) ? string(raw) : literal(raw, true)
    const bodies = body ? [item('BODY[]', bytes)] : []
    const items = shuffled([...early, ...late, ...bodies])
    // All at once, or in two answers, each with the UID.
    const at = some(0.1) ? between(random, 1, items.length - 1) : items.length
    const of = (some: Buffer[]) => {
      const parts = some.flatMap((one, i) => (i === 0 ? [one] : [Buffer.from(' '), one]))
      return Buffer.concat([Buffer.from(`* ${n} ${word('FETCH')} (`), ...parts, Buffer.from(')\r\n')])
    }
    const isUid = (one: Buffer) => one.toString('latin1', 0, 4).toUpperCase() === 'UID '
    const withUid = (some: Buffer[]) => (some.some(isUid) ? some : [...some, ...items.filter(isUid)])
    return at === items.length ? of(items) : Buffer.concat([of(withUid(items.slice(0, at))), of(withUid(items.slice(at)))])
  }
  const done = (tag: string, words = oneOf(random, ['done', 'read {12}', '[READ-ONLY] {3}'])) =>
    Buffer.from(`${tag} ${oneOf(random, ['OK', 'ok'])} ${words}\r\n`)
  const named = (told: string) =>
    folders.find(({ name }) => name === told || (name.toUpperCase() === 'INBOX' && told.toUpperCase() === 'INBOX'))

  const script: Script = (line, _, socket) => {
    const say = (data: Buffer) => send(socket, data)
    const [tag = '', verb = ''] = line.split(' ')
    const rest = line.slice(tag.length + verb.length + 2)
    const name = /"((?:[^"\\]|\\.)*)"/.exec(rest)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? ''
    if (/^(EXAMINE|SELECT)$/i.test(verb)) {
      open = named(name)
      if (!open) return say(Buffer.from(`${tag} NO [NONEXISTENT] no such folder\r\n`))
      const told = shuffled([
        `* ${open.messages.length} EXISTS\r\n`,
        '* 0 RECENT\r\n',
        `* OK [UIDVALIDITY ${open.uidValidity}] valid\r\n`,
        `* OK [UIDNEXT ${open.uidNext}]\r\n`,
        '* FLAGS (\\Seen)\r\n',
        '* OK [PERMANENTFLAGS (\\Seen \\*)] kept\r\n',
        '* OK [HIGHESTMODSEQ 9223372036854775807] high\r\n',
      ])
      return say(Buffer.concat([...told.map(text => Buffer.from(text)), done(tag, '[READ-ONLY] open')]))
    }
    if (/^UID$/i.test(verb)) {
      const { messages = [] } = open ?? {}
      const body = /BODY/.test(rest)
      const answers = messages.flatMap((one, i) => (isAsked(line, one.uid) ? [news(), fetched(i + 1, one, body)] : []))
      return say(Buffer.concat([...answers, news(), done(tag)]))
    }
    if (/^(LIST|LSUB)$/i.test(verb) && name === '' && !/RETURN|\*/.test(rest))
      return say(Buffer.concat([Buffer.from(`* LIST (\\Noselect) ${delimiter} ""\r\n`), done(tag)]))
    if (/^(LIST|LSUB)$/i.test(verb)) {
      const listed = folders.map(folder => {
        const flags = shuffled(['\\HasNoChildren', ...(/sent/i.test(folder.name) ? ['\\Sent'] : [])])
          .map(word)
          .join(' ')
        const info = some(0.2) ? ' ("CHILDINFO" ("SUBSCRIBED"))' : ''
        return Buffer.concat([
          Buffer.from(`* ${word(verb.toUpperCase())} (${flags}) ${delimiter} `),
          astring(folder.name),
          Buffer.from(`${info}\r\n`),
        ])
      })
      return say(Buffer.concat([...shuffled(listed).flatMap(one => [one, news()]), done(tag)]))
    }
    if (/^STATUS$/i.test(verb)) {
      const found = named(name)
      if (!found) return say(Buffer.from(`${tag} NO none\r\n`))
      const items = shuffled([
        `MESSAGES ${found.messages.length}`,
        `UIDNEXT ${found.uidNext}`,
        `UIDVALIDITY ${found.uidValidity}`,
      ])
      return say(
        Buffer.concat([
          Buffer.from('* STATUS '),
          astring(found.name),
          Buffer.from(` (${items.join(' ')})${some(0.2) ? ' ' : ''}\r\n`),
          done(tag),
        ]),
      )
    }
    say(done(tag))
  }
  return Object.assign(script, { opens: true })
}

/** Mail of every size and kind that the wire can tell apart. */
export function someMail(random: Chance, count: number): Held[] {
  let uid = random() < 0.3 ? 4_294_967_295 - 1 - count * 3 : 0
  return Array.from({ length: count }, () => {
    uid += between(random, 1, 3)
    const raw = oneOf(random, [
      () => Buffer.from('x'),
      () => Buffer.from('Subject: "quoted" \\ UID 7 FLAGS (\\Seen) {5}'),
      () => Buffer.from(')\r\n* 1 FETCH (UID 3 BODY[] {3}\r\nR1 OK done\r\n'),
      () => randomBytes(between(random, 1, 3000)),
      () => Buffer.from(`Subject: ${uid}\r\n\r\ntext\r\n`),
      ...(random() < 0.05 ? [() => randomBytes(2 * 1024 * 1024 + between(random, 1, 200_000))] : []),
    ])()
    const flags = ['\\Seen', '\\Answered', '\\Flagged', '$Forwarded', 'kw'].filter(() => random() < 0.3)
    return { uid, flags, internalDate: between(random, 0, 1_800_000_000) * 1000, raw }
  })
}
