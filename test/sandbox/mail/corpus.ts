import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GeneratedMailbox } from './generator.ts'
import { prngOf } from './prng.ts'

/** Where the messages lie, and what their flags and missing dates are drawn from. */
export type CorpusPlan = { dir: string; seed?: string | number; now: number }

/**
 * A mailbox from a folder of `.eml` files, its subfolders as folders (files at the top are in INBOX). A message's INTERNALDATE is its Date header where
 * that is a time between 1970 and `now`. Lines end in CRLF, as every IMAP server shows them.
 */
export function corpusMailbox({ dir, seed = 1, now }: CorpusPlan): GeneratedMailbox {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.toLowerCase().endsWith('.eml'))
    .map(entry => join(entry.parentPath, entry.name).slice(dir.length).replace(/^\/+/, ''))
    .sort((one, other) => (one < other ? -1 : 1))
  const folderOf = (file: string) => (file.includes('/') ? file.split('/').slice(0, -1) : ['INBOX'])
  const paths = new Map([['INBOX', ['INBOX']], ...files.map(file => [folderOf(file).join('/'), folderOf(file)] as const)])
  return {
    folders: [...paths.values()].map(path => ({ path, subscribed: true })),
    *messages() {
      const prng = prngOf(`${seed} corpus`)
      for (const file of files) {
        const raw = withCrlf(readFileSync(join(dir, file)))
        const flags = ['\\Answered', '\\Flagged', '\\Seen'].filter(flag => prng.chance(flag === '\\Seen' ? 0.8 : 0.1))
        const keywords = prng.chance(0.05) ? ['$label1'] : []
        const drawn = Math.floor((now - prng.between(1, 3650) * 86_400_000) / 1000) * 1000
        yield { folder: folderOf(file), flags, keywords, internalDate: new Date(dateIn(raw, now) ?? drawn), raw }
      }
    },
  }
}

function dateIn(raw: Buffer, now: number): number | undefined {
  const end = raw.indexOf('\r\n\r\n')
  const header = raw.toString('latin1', 0, end < 0 ? raw.length : end)
  const time = Date.parse(/^Date:[ \t]*(.*)$/im.exec(header)?.[1] ?? '')
  return Number.isNaN(time) || time < 0 || time > now ? undefined : Math.floor(time / 1000) * 1000
}

const withCrlf = (raw: Buffer) => Buffer.from(raw.toString('latin1').replace(/(?<!\r)\n/g, '\r\n'), 'latin1')
