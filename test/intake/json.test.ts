import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keysTwice } from '../../shared/intake/json-keys.ts'
import { parseWave } from '../../shared/intake/wave.ts'
import { refusal } from './refusal.ts'

const cases: readonly [what: string, text: string, paths: readonly string[]][] = [
  ['nothing twice', '{"a":{"b":1},"b":[{"a":1},{"a":2}]}', []],
  ['at the top', '{"why":"a","day":"b","why":"c"}', ['why']],
  ['in a list within', '{"mailboxes":[{"address":"a"},{"address":"b","kind":"user","address":"c"}]}', ['mailboxes[1].address']],
  ['several', '[{"a":1,"a":2},[0,{"b":{"c":1,"c":1}}]]', ['[0].a', '[1][1].b.c']],
  ['written in two ways', '{"why":1,"\\u0077hy":2}', ['why']],
  ['with blanks before the colon', '{"why" :1,"why"\n:2}', ['why']],
  ['the same as a value, not as a key', '{"a":"b","b":"a","c":["a","a"]}', []],
  ['within a text that looks like JSON', '{"a":"{\\"b\\":1,\\"b\\":2}","b":"\\\\"}', []],
  ['names of what every object has', '{"__proto__":1,"constructor":2}', []],
  ['a name of what every object has', '{"__proto__":1,"__proto__":2}', ['__proto__']],
  ['a value that is no object', '"a"', []],
]

for (const [what, text, paths] of cases) {
  test(`keys that stand twice: ${what}`, () => {
    JSON.parse(text)
    assert.deepEqual(
      keysTwice(text).map(({ path }) => path),
      paths,
    )
  })
}

test('a wave in which a mailbox has two addresses is refused: one of them would be left behind', async () => {
  const text = '{"wave":"w","playbook":"p","mailboxes":[{"address":"anna@town.example","address":"bob@town.example"}]}'
  const { status, details } = await refusal(() => parseWave(text, 'application/json'))
  assert.deepEqual([status, details.map(({ path }) => path)], [400, ['mailboxes[0].address']])
})

test('keys of large and of deep texts are read', () => {
  assert.deepEqual(keysTwice(`{"a":"${'x'.repeat(4_000_000)}","b":"${'\\\\'.repeat(200_000)}"}`), [])
  assert.deepEqual(keysTwice(`${'[{"a":'.repeat(50_000)}1${'}]'.repeat(50_000)}`), [])
  assert.equal(keysTwice(`[${'{"a":1,"a":2},'.repeat(500)}0]`).length, 100)
})
