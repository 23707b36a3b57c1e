import { Readable } from 'node:stream'
import type { HttpResponseInit } from '@azure/functions'
import { waveRow } from '../commands/status.ts'
import { Refusal } from '../errors.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import { excerptOf, receiptText } from './leaves.ts'
import { isSealed, manifest } from './manifest.ts'
import { waveReceipt } from './wave.ts'

/** States in which nothing more is written about a wave or a mailbox, so that its receipt stays what it is. */
const waveEnds: readonly string[] = ['closed', 'rolled-back', 'cancelled']
const mailboxEnds: readonly string[] = ['completed', 'held', 'cancelled']

/**
 * A wave’s receipt; with a mailbox, the excerpt that its owner needs. Throws a Refusal: 404 where there is no such wave or mailbox, 409 while the
 * wave goes on.
 */
export async function handOutWave(app: App, wave: string, mailbox?: string): Promise<HttpResponseInit> {
  const row = await waveRow(app, wave)
  if (!waveEnds.includes(row.state))
    throw new Refusal(409, 'not-now', `wave “${wave}” is ${row.state}: its receipt can be had once it is closed`)
  const whole = await waveReceipt(app, row)
  const receipt = mailbox === undefined ? whole : excerptOf(whole, mailbox.toLowerCase())
  if (!receipt) throw unknown(wave, mailbox ?? '')
  return file(`${wave}-receipt.json`, 'application/json; charset=utf-8', receiptText(receipt))
}

/** A mailbox’s manifest, streamed. Throws a Refusal: 404 where there is no such wave or mailbox (a list is none), 409 while it is being moved. */
export async function handOutMailbox(app: App, wave: string, address: string): Promise<HttpResponseInit> {
  const row = await waveRow(app, wave)
  const stored = await app.store.mailboxes.get(keyPart(wave), keyPart(address.toLowerCase()))
  if (!stored || !isSealed(stored.row)) throw unknown(wave, address)
  const { state } = stored.row
  if (!mailboxEnds.includes(state))
    throw new Refusal(409, 'not-now', `${address} is ${state}: its receipt can be had once it is completed, held or cancelled`)
  const lines = Readable.toWeb(Readable.from(encoded(manifest(app, row, stored.row))))
  return file(`${wave}-${stored.row.address}.jsonl`, 'application/jsonl; charset=utf-8', lines)
}

function unknown(wave: string, address: string): Refusal {
  const message = `wave “${wave}” has no mailbox ${address}: GET /api/waves/${wave}/mailboxes lists them (a list has no receipt)`
  return new Refusal(404, 'unknown-mailbox', message)
}

function file(name: string, type: string, body: NonNullable<HttpResponseInit['body']>): HttpResponseInit {
  const headers = { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' }
  return { status: 200, headers, body }
}

/** Lines as bytes, some hundred at a time. */
async function* encoded(lines: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  let part = ''
  for await (const line of lines) {
    part += line
    if (part.length < 65_536) continue
    yield Buffer.from(part)
    part = ''
  }
  if (part) yield Buffer.from(part)
}
