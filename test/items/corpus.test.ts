import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { graphItems } from '../../shared/graph/items.ts'
import { bring } from '../../shared/items/bring.ts'
import { readFile } from '../../shared/items/file.ts'
import { slotsByMailbox } from '../../shared/targets/graph-slots.ts'
import { anna, graphMailbox } from '../graph/mailbox.ts'

const corpus = process.env.RELEVE_CORPUS ?? ''
const files = ['public-vcf', 'public-ics'].flatMap(folder => {
  const path = join(corpus, folder)
  return corpus && existsSync(path)
    ? readdirSync(path)
        .filter(name => /\.(vcf|ics)$/.test(name))
        .map(name => join(path, name))
    : []
})

test('real address books and calendars come whole: everything found is there or told, Graph refuses nothing, and twice is once', {
  skip: files.length === 0 && 'RELEVE_CORPUS names no folder with cards or calendars',
}, async () => {
  const at = await graphMailbox({ permissions: ['Contacts.ReadWrite', 'Calendars.ReadWrite', 'Tasks.ReadWrite.All'] })
  const box = graphItems(at.graph, slotsByMailbox(), anna)
  for (const path of files) {
    const read = () => readFile(readFileSync(path), undefined, { timeZone: 'Europe/Brussels', now: Date.UTC(2025, 5, 1) })
    const first = await bring(box, read(), () => true)
    assert.deepEqual([first.left, first.exceptions.filter(({ reason }) => /bringing what/.test(reason))], [0, []], path)
    const again = await bring(box, read(), () => true)
    assert.deepEqual([again.created, again.already], [0, first.created + first.already], path)
    if (process.env.SHOW) console.log(path, { ...first, exceptions: first.exceptions.map(one => one.reason) })
  }
  await at.close()
})
