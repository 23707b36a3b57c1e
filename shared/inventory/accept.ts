import { lookAgain, lookSoon } from '../calendar/plan.ts'
import { record } from '../commands/audit.ts'
import { Refusal } from '../errors.ts'
import type { Language } from '../intake/words.ts'
import { settingsOf } from '../playbooks/entity.ts'
import type { App } from '../ports.ts'
import { domainOf } from '../steps/switched.ts'
import type { AnswerRow, WaveRow } from '../store/schema.ts'
import { across } from './across.ts'
import type { Said } from './answer.ts'
import { columnsOf } from './columns.ts'
import { answersIn, digestOf, sealOf } from './history.ts'
import { type Inventory, inventoriesOf } from './inventory.ts'
import { judgedLine } from './line.ts'
import { stateOf } from './mark.ts'
import { type Price, priceOf } from './price.ts'
import { type AnswerFault, readAnswer, type Sheet } from './read.ts'
import { takesAnswers } from './standing.ts'
import { type Words, wordsIn } from './words.ts'

/** What a caller says of an answer beside its bytes; absent: the workbook’s own mark says it. */
export type About = { entity?: string | undefined; language?: Language | undefined }

/** An answer that was read whole: what it says, or what is wrong with it. */
export type Read = {
  inventory: Inventory
  sheet: Sheet
  words: Words
  said: Said[]
  faults: AnswerFault[]
  warnings: string[]
  price?: Price
}

/** An answer as it was stored. `created` false: the same had been said before. */
export type Accepted = { answer: AnswerRow; created: boolean }

/** Reads and judges an answer whole; stores nothing. Throws a Refusal for what cannot be read, or is another wave’s or entity’s. */
export async function judgedAnswer(
  app: App,
  wave: WaveRow,
  bytes: Uint8Array,
  contentType: string | undefined,
  about: About,
): Promise<Read> {
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  const inventories = await inventoriesOf(app, wave)
  const sheet = await readAnswer(bytes, contentType, mark =>
    columnsOf(settingsOf(playbook, about.entity ?? mark?.entity ?? inventories[0]?.entity)),
  )
  const inventory = whose(wave, inventories, sheet, about.entity)
  const words = wordsIn(about.language ?? sheet.mark?.language ?? 'en')
  const today = new Set(inventory.items.flatMap(({ row }) => (row.wanted.fresh ? [] : [row.address])))
  const judged = sheet.lines.map(line => judgedLine(line, today, inventory.settings, words))
  const faults = [...sheet.faults, ...judged.flatMap(({ faults }) => faults), ...across(judged, inventory, sheet)]
  const said = judged.flatMap(({ said }) => said ?? [])
  const { licences, inventory: rules } = inventory.settings
  const paid = said.flatMap(({ keep, licence }) => (keep && licence !== undefined ? [licence] : []))
  const price = priceOf(paid, licences, rules)
  return {
    inventory,
    sheet,
    words,
    said,
    faults,
    warnings: warned(inventory, sheet, said, price, words),
    ...(price ? { price } : {}),
  }
}

/** Stores an answer that has no faults as the entity’s next version. The same as the one before is that one. */
export async function storeAnswer(app: App, { inventory, said }: Read, who: string): Promise<Accepted> {
  const { wave } = inventory.wave
  const { entity } = inventory
  const digest = digestOf(entity, said)
  for (;;) {
    const before = (await answersIn(app.store, wave, entity)).at(-1)
    if (before?.digest === digest) {
      await tellOf(app, before)
      return { answer: before, created: false }
    }
    for (let i = 0; i < said.length; i += 100)
      await app.store.answerLines.put(said.slice(i, i + 100).map(one => ({ wave, digest, address: one.address, said: one })))
    const version = (before?.version ?? 0) + 1
    const signed = { wave, entity, version, at: app.now(), who, digest }
    const answer: AnswerRow = { ...signed, lines: said.length, seal: sealOf(signed, before?.seal) }
    await lookSoon(app, wave)
    // Of two answers at once one is first; the other follows it as the next version.
    if ((await app.store.answers.insert(answer)) === 'exists') continue
    await tellOf(app, answer)
    return { answer, created: true }
  }
}

/** Writes down that an answer was given, and has whoever waits for it look; twice equals once, so that an answer sent again makes up for a stop. */
async function tellOf(app: App, { wave, entity, version, digest, lines, who, at }: AnswerRow): Promise<void> {
  await record(app, { subject: wave, who, action: 'answer', details: { entity, version, digest, lines } }, at)
  await lookAgain(app, wave)
}

/** Refuses an answer to a wave whose mail is on its way over already. */
export function assertOpen(row: WaveRow): void {
  const { wave, state } = row
  if (takesAnswers(row)) return
  throw new Refusal(
    409,
    'not-now',
    `wave “${wave}” is ${state}: answers are taken until its cutover; ask its operator for a change`,
  )
}

/** The faults as an HTTP caller reads them: each at its cell. */
export function details({ sheet, words }: Read, faults: readonly AnswerFault[]) {
  return faults.map(({ code, parts, index, column }) => ({
    path: sheet.place(index, column),
    message: words.faults[code](parts),
  }))
}

function whose(
  { wave }: WaveRow,
  inventories: readonly Inventory[],
  { mark, lines }: Sheet,
  named: string | undefined,
): Inventory {
  const refuse = (path: string, message: string) =>
    new Refusal(400, 'invalid-answer', 'the answer is not for this wave as it stands; nothing was stored', [{ path, message }])
  const names = inventories.map(({ entity }) => entity).join(', ')
  if (mark && mark.wave !== wave) throw refuse('(document)', `this workbook was made for wave “${mark.wave}”: send it there`)
  if (mark && named !== undefined && mark.entity !== named)
    throw refuse('entity', `this workbook was made for “${mark.entity}”, not for “${named}”`)
  const domains = [
    ...new Set(lines.flatMap(({ values: { address } }) => (address?.includes('@') ? [domainOf(address.toLowerCase())] : []))),
  ]
  const byDomain = inventories.filter(({ items }) => items.some(({ row }) => domains.includes(domainOf(row.address))))
  const wanted = named ?? mark?.entity ?? (byDomain.length === 1 ? byDomain[0]?.entity : undefined)
  if (wanted === undefined)
    throw refuse('entity', `say whose answer this is, ?entity=… (the wave has ${names || 'no mailboxes'})`)
  const inventory = inventories.find(({ entity }) => entity === wanted)
  if (!inventory) throw refuse('entity', `the wave has no “${wanted}” (it has ${names || 'no mailboxes'})`)
  return inventory
}

function warned(inventory: Inventory, { mark }: Sheet, said: readonly Said[], price: Price | undefined, words: Words): string[] {
  const measured = new Map(inventory.items.map(({ row, found }) => [row.address, found?.measured?.messages ?? 0]))
  const lost = said.flatMap(({ address, keep, kind }) => {
    const messages = measured.get(address) ?? 0
    if (messages === 0 || (keep && kind !== 'alias')) return []
    return [words.warnings[keep ? 'alias-mail' : 'drop-mail']({ got: address, wanted: String(messages) })]
  })
  const surcharge = price?.surcharge ? [words.warnings.surcharge({ got: `${price.surcharge.toFixed(2)} ${price.currency}` })] : []
  return [...(mark && mark.state !== stateOf(inventory) ? [words.warnings.older({})] : []), ...surcharge, ...lost]
}
