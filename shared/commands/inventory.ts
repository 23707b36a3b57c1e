import type { HttpResponseInit } from '@azure/functions'
import { Refusal } from '../errors.ts'
import { type Language, languages } from '../intake/words.ts'
import { details } from '../inventory/accept.ts'
import { acceptAnswers, type Outcome } from '../inventory/answers.ts'
import { exchangeScript } from '../inventory/exchange-script.ts'
import { followAnswers } from '../inventory/follow.ts'
import { answersIn } from '../inventory/history.ts'
import { type Inventory, inventoriesOf } from '../inventory/inventory.ts'
import { paidOf, priceOf } from '../inventory/price.ts'
import { roomOf } from '../inventory/room.ts'
import { signaturesOf } from '../inventory/signatures.ts'
import { answersOf } from '../inventory/standing.ts'
import { takeInventory } from '../inventory/take.ts'
import { lookAtTenant } from '../inventory/tenant-ahead.ts'
import { tenantStatus } from '../inventory/tenant-warnings.ts'
import { inventoryWorkbook, xlsxType } from '../inventory/workbook.ts'
import { wrongRows } from '../inventory/wrong-rows.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { AnswerRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { carryOut } from './dry-run.ts'
import { itemsAhead, roomAnswer } from './mailbox-status.ts'
import { iso, waveRow } from './status.ts'

/** What the query of a request may say of an inventory. */
export type InventoryQuery = { entity?: string | undefined; language?: string | undefined; as?: string | undefined }

/** Looks at the mailboxes of a wave at the source, of which what is left is looked at by the next call, and at the target’s tenant. */
export async function scanWave(app: App, wave: string, again: boolean) {
  const row = await waveRow(app, wave)
  const [taken, tenant] = await Promise.all([takeInventory(app, row, { again }), lookAtTenant(app, row)])
  return { wave, ...taken, ...(tenant ? { tenant: tenantStatus(tenant) } : {}) }
}

/** The inventory of a wave by entity: what was found, what is proposed, what was said, what it costs, who is still to answer. */
export async function waveInventory(app: App, wave: string) {
  const row = await waveRow(app, wave)
  const [inventories, answers] = await Promise.all([inventoriesOf(app, row), answersOf(app, row)])
  return { wave, entities: inventories.map(entityInventory), answers }
}

/** The workbook of an entity. Throws a Refusal for an entity or a language that is not there. */
export async function waveWorkbook(app: App, wave: string, { entity, language }: InventoryQuery): Promise<HttpResponseInit> {
  const row = await waveRow(app, wave)
  const file = await inventoryWorkbook(app, row, { entity, language: languageOf(language) ?? 'en' })
  if (file) return attachment(200, file.filename, file.contentType, file.content)
  const { expected } = await answersOf(app, row)
  const message = `the wave has no “${entity}” (it has ${expected.join(', ') || 'no mailboxes'})`
  throw new Refusal(404, 'unknown-entity', message)
}

/**
 * Takes an answer, or (`?dryRun=true`) shows what it would do. A refused one comes back with every fault by its cell, or as a workbook of the wrong rows
 * where that was asked for.
 */
export async function postAnswer(
  app: App,
  wave: string,
  sent: { bytes: Uint8Array; contentType: string | undefined; accept: string | undefined; query: InventoryQuery; who: string },
  dryRun: string | null = null,
): Promise<HttpResponseInit> {
  const { bytes, contentType, accept, query, who } = sent
  const row = await waveRow(app, wave)
  const about = { entity: query.entity, language: languageOf(query.language) }
  const { dry, result: outcome } = await carryOut(app, dryRun, on => acceptAnswers(on, row, bytes, contentType, who, about))
  const effect = 'effect' in outcome ? { dryRun: true, effect: outcome.effect } : {}
  if (outcome.answer) return json(outcome.created && !dry ? 201 : 200, { ...accepted(outcome, outcome.answer), ...effect })
  const { faults } = outcome
  if (query.as === 'xlsx' || accept?.includes('spreadsheet'))
    return attachment(400, `${wave}-${outcome.inventory.entity}-corrections.xlsx`, xlsxType, await wrongRows(outcome))
  const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`
  throw new Refusal(400, 'invalid-answer', `the answer has ${count}; nothing was stored`, details(outcome, faults))
}

/** Every version of every answer, and who is still to answer. */
export async function waveAnswers(app: App, wave: string) {
  const row = await waveRow(app, wave)
  const versions = await answersIn(app.store, wave)
  return { wave, ...(await answersOf(app, row)), versions: versions.map(version) }
}

/** The wave’s mailboxes become what was answered. */
export async function confirmAnswers(app: App, wave: string, who: string) {
  return { wave, ...(await followAnswers(app, await waveRow(app, wave), who)) }
}

/** The PowerShell script for accounts (`accounts: script`), shared mailboxes, their members, aliases, lists, shared calendars. */
export async function waveExchangeScript(app: App, wave: string): Promise<HttpResponseInit> {
  const { playbook, playbookVersion } = await waveRow(app, wave)
  const settings = await app.playbook(playbook, playbookVersion)
  const rows = await all(app.store.mailboxes.list({ partition: keyPart(wave) }))
  const script = exchangeScript(wave, rows, settings, signaturesOf(settings, rows))
  return attachment(200, `${wave}-exchange.ps1`, 'text/plain; charset=utf-8', script)
}

function entityInventory(inventory: Inventory) {
  const { entity, title, items, answer, said, settings } = inventory
  const price = priceOf(paidOf(inventory), settings.licences, settings.inventory)
  const sum = (of: (item: Inventory['items'][number]) => number) => items.reduce((total, item) => total + of(item), 0)
  return {
    entity,
    title,
    mailboxes: items.length,
    bytes: sum(({ found }) => found?.measured?.sizeBytes ?? 0),
    messages: sum(({ found }) => found?.measured?.messages ?? 0),
    answer: answer ? version(answer) : null,
    price: price ? { of: answer ? 'answer' : 'proposal', ...price } : null,
    addresses: items.map(({ row, found, proposal }) => {
      const { newestAt, lastReadAt, lastSentAt, ...counts } = found?.measured ?? {}
      const { lastActivityAt, ...proposed } = proposal
      const line = said.get(row.address)
      return {
        address: row.address,
        ...(found ? { at: iso(found.at), ...counts } : {}),
        ...dated({ newestAt, lastReadAt, lastSentAt, lastActivityAt }),
        ...(found?.error ? { error: found.error } : {}),
        ...roomAnswer(roomOf(settings, row, found)),
        ...itemsAhead(found),
        proposed,
        ...(line ? { said: line } : {}),
      }
    }),
  }
}

function accepted({ inventory, warnings, price, said, created, followed }: Outcome, answer: AnswerRow) {
  const kept = said.filter(({ keep }) => keep)
  return {
    ...version(answer),
    created,
    kept: kept.length,
    dropped: said.length - kept.length,
    added: kept.filter(({ fresh }) => fresh).length,
    price: price ?? null,
    warnings,
    followed: followed ?? null,
    ...(followed ? {} : { next: `the mailboxes of “${inventory.wave.wave}” follow when its date is confirmed` }),
  }
}

function version({ entity, version, at, who, digest, lines, seal }: AnswerRow) {
  return { entity, version, at: iso(at), who, digest, lines, seal }
}

function dated(times: Record<string, number | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(times).flatMap(([name, at]) => (at === undefined ? [] : [[name, iso(at)]])))
}

function languageOf(text: string | undefined): Language | undefined {
  const found = languages.find(one => one === text)
  if (text === undefined || found) return found
  throw new Refusal(400, 'invalid-language', `there are ${languages.join(', ')}`, [
    { path: 'language', message: `expected one of ${languages.join(', ')}` },
  ])
}

function attachment(status: number, filename: string, type: string, body: Uint8Array | string): HttpResponseInit {
  const headers = {
    'content-type': type,
    'content-disposition': `attachment; filename="${filename}"`,
    'cache-control': 'no-store',
  }
  return { status, headers, body }
}

function json(status: number, body: unknown): HttpResponseInit {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
  return { status, headers, body: `${JSON.stringify(body)}\n` }
}
