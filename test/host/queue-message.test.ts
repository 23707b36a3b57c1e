import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeMessage, poisonQueueOf, queueMetadata } from './queue-message.ts'
import { messagesOf } from './queue-output.ts'

for (const [stored, text] of [
  ['aGVsbG8=', 'hello'],
  ['aGVs\r\nbG8=', 'hello'],
  ['', ''],
  ['{"a":1}', undefined],
  ['hello', undefined],
  ['aGVsbG8', undefined],
] as const) {
  test(`"${stored.replace('\r\n', ' ')}" ${text === undefined ? 'is no base64' : `holds "${text}"`}`, () => {
    assert.equal(decodeMessage(stored, 'base64'), text)
  })
}

for (const [queue, poison] of [
  ['letters', 'letters-poison'],
  ['letters-poison', undefined],
  ['q'.repeat(56), `${'q'.repeat(56)}-poison`],
  ['q'.repeat(57), undefined],
] as const) {
  test(`the poison queue of ${queue} is ${poison ?? 'none'}`, () => assert.equal(poisonQueueOf(queue), poison))
}

const message = {
  messageId: 'the-id',
  popReceipt: 'the-receipt',
  dequeueCount: 2,
  messageText: '',
  insertedOn: new Date('2026-11-22T10:00:00Z'),
  expiresOn: new Date('2026-11-29T10:00:00Z'),
  nextVisibleOn: new Date('2026-11-22T10:10:00Z'),
}

test('the metadata are the properties of the message', () => {
  assert.deepEqual(queueMetadata(message, 'text'), {
    QueueTrigger: { string: 'text' },
    DequeueCount: { int: 2 },
    ExpirationTime: { json: '"2026-11-29T10:00:00+00:00"' },
    Id: { string: 'the-id' },
    InsertionTime: { json: '"2026-11-22T10:00:00+00:00"' },
    NextVisibleTime: { json: '"2026-11-22T10:10:00+00:00"' },
    PopReceipt: { string: 'the-receipt' },
  })
})

test("the message's own properties lie over them, whatever their case; arrays and null do not", () => {
  const { Id, DequeueCount, PopReceipt, InsertionTime, ...rest } = queueMetadata(
    message,
    JSON.stringify({ ID: 'mine', dequeueCount: 99, popReceipt: null, insertionTime: [1], flag: true, inner: { Deep: 1 } }),
  )
  assert.deepEqual([Id, DequeueCount, PopReceipt], [{ string: 'mine' }, { string: '99' }, { string: 'the-receipt' }])
  assert.deepEqual(InsertionTime, { json: '"2026-11-22T10:00:00+00:00"' })
  assert.deepEqual([rest.flag, rest.inner], [{ string: 'True' }, { json: '{"Deep":1}' }])
})

for (const [value, messages] of [
  [undefined, []],
  [null, []],
  [{ string: 'text' }, ['text']],
  [{ string: '' }, ['']],
  [{ string: '[1,2]' }, ['1', '2']],
  [{ string: '{broken}' }, ['{broken}']],
  [{ string: '{"a":1}' }, ['{\n  "a": 1\n}']],
  [{ json: '{"a":[1]}' }, ['{\n  "a": [\n    1\n  ]\n}']],
  [{ json: '["a",{"b":true},3,null,false]' }, ['a', '{\n  "b": true\n}', '3', 'False']],
  [{ json: 'true' }, ['True']],
  [{ int: 42 }, ['42']],
] as const) {
  test(`the output ${JSON.stringify(value)} is ${messages.length} messages`, () => {
    assert.deepEqual(messagesOf(value as Parameters<typeof messagesOf>[0]), messages)
  })
}
