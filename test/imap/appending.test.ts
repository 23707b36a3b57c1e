import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { appendAll } from '../../shared/imap/append.ts'
import { Wire } from '../../shared/imap/wire.ts'
import type { Outgoing } from '../../shared/targets/target.ts'
import { type Script, scripted } from './scripted.ts'

/** A server that takes a whole APPEND or nothing of it, notes of each which messages it held, and refuses those that hold a bad one. */
function picky(bad: readonly number[], heard: number[][]): Script {
  let tag = ''
  let held: number[] = []
  let next = 1
  return (line, say) => {
    const subject = /^Subject: (\d+)$/.exec(line)?.[1]
    if (subject !== undefined) held.push(Number(subject))
    else if (line.includes(' APPEND ')) tag = line.slice(0, line.indexOf(' '))
    else if (line === '') {
      const uids = held.map(() => next++)
      if (held.some(n => bad.includes(n))) say(`${tag} NO [CANNOT] bad message\r\n`)
      else say(`${tag} OK [APPENDUID 1 ${uids[0]}:${uids.at(-1)}] done\r\n`)
      heard.push(held)
      held = []
    }
  }
}

async function appended(bad: readonly number[], count: number): Promise<{ outcomes: string[]; heard: number[][] }> {
  const heard: number[][] = []
  const server = await scripted(picky(bad, heard), 'IMAP4rev1 UIDPLUS LITERAL+ MULTIAPPEND')
  const wire = await Wire.open(server.endpoint, 'anna')
  async function* outgoing(): AsyncIterable<Outgoing> {
    for (let uid = 1; uid <= count; uid++)
      yield { path: 'INBOX', uid, raw: Buffer.from(`Subject: ${uid}\r\n`), flags: [], internalDate: Date.UTC(2025, 3, 7) }
  }
  try {
    const outcomes: string[] = []
    for await (const result of appendAll(wire, outgoing()))
      outcomes.push(`${result.of.uid} ${result.done ? (result.uid ? 'done' : 'done, no UID') : `${result.code} ${result.text}`}`)
    return { outcomes, heard }
  } finally {
    wire.close()
    server.close()
  }
}

describe('a batch that the target refuses', () => {
  for (const bad of [[1], [17], [32], [5, 6], [1, 32]])
    test(`is halved until ${bad.join(' and ')} of 32 stand alone; each message has its outcome, in order`, async () => {
      const { outcomes, heard } = await appended(bad, 32)
      assert.deepEqual(
        outcomes,
        Array.from({ length: 32 }, (_, i) => `${i + 1} ${bad.includes(i + 1) ? 'CANNOT bad message' : 'done'}`),
      )
      assert.equal(heard[0]?.length, 32)
      assert.ok(heard.length <= 1 + bad.length * 10, `${heard.length} commands`)
    })
})

for (const [told, uids] of Object.entries({
  'APPENDUID 1 7,5,9': [7, 5, 9],
  'appenduid 1 4294967293:4294967295': [4294967293, 4294967294, 4294967295],
  'APPENDUID 1 7:8': [],
  'APPENDUID 1 0': [],
  'APPENDUID 1 1:4294967295': [],
  'APPENDUID 1 *': [],
}))
  test(`of three messages that went together ${told} tells ${uids.join(' ') || 'no UID'}`, async () => {
    let asked: string | undefined
    const script: Script = (line, say) => {
      const tag = line.split(' ')[0]
      if (line.includes(' APPEND ')) asked = tag
      else if (!line.includes('{')) say(`${asked} OK [${told}] done\r\n`)
    }
    const server = await scripted(script, 'IMAP4rev1 UIDPLUS LITERAL+ MULTIAPPEND')
    const wire = await Wire.open(server.endpoint, 'anna')
    async function* outgoing(): AsyncIterable<Outgoing> {
      for (let uid = 1; uid <= 3; uid++) yield { path: 'INBOX', uid, raw: Buffer.from('a'), flags: [], internalDate: 0 }
    }
    try {
      const found: (number | undefined)[] = []
      for await (const result of appendAll(wire, outgoing())) found.push(result.done ? result.uid : -1)
      assert.deepEqual(found, uids.length > 0 ? uids : [undefined, undefined, undefined])
    } finally {
      wire.close()
      server.close()
    }
  })
