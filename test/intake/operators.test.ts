import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { readConfig } from '../../shared/config.ts'
import { asking, type Operator } from '../../shared/operators.ts'
import { refusal } from './refusal.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const OPERATORS: Operator[] = [
  { name: 'Odile', role: 'operator', tokenSha256: sha256('token of Odile') },
  { name: 'paul@town.test', role: 'operator' },
  { name: 'cour@comptes.test', role: 'reader', tokenSha256: sha256('token of the court') },
]
const limited: Operator = { name: 'lea@lake.test', role: 'operator', entities: ['lake'] }
const settings = {
  neither: {},
  'sign-in': { SIGN_IN: 'platform' },
  operators: { OPERATORS },
  both: { SIGN_IN: 'platform', OPERATORS },
  limits: { SIGN_IN: 'platform', OPERATORS: OPERATORS.concat(limited) },
} as const
const sent = {
  nothing: {},
  'a name': { 'x-operator': 'Bruno' },
  'paul signed in': { 'x-ms-client-principal-name': 'Paul@town.test', 'x-operator': 'Bruno' },
  'eve signed in': { 'x-ms-client-principal-name': 'eve@town.test', 'x-operator': 'Odile' },
  'lea signed in': { 'x-ms-client-principal-name': 'Lea@lake.test' },
  'the court signed in': { 'x-ms-client-principal-name': 'cour@comptes.test' },
  'token of Odile': { 'x-operator-token': 'token of Odile', 'x-operator': 'Bruno' },
  'token of the court': { 'x-operator-token': 'token of the court', 'x-operator': 'Bruno' },
  'another token': { 'x-operator-token': sha256('token of Odile'), 'x-operator': 'Odile' },
} as const

const key = 'holder of the host key'
/** What is set, what is sent, who that is, and with which status a look and an order are refused (0: they are not). */
const cases: [keyof typeof settings, keyof typeof sent, who: string, look: number, order: number][] = [
  ['neither', 'nothing', key, 0, 0],
  ['neither', 'a name', 'Bruno', 0, 0],
  ['neither', 'paul signed in', 'Bruno', 0, 0],
  ['neither', 'the court signed in', key, 0, 0],
  ['neither', 'token of Odile', 'Bruno', 0, 0],
  ['sign-in', 'nothing', key, 0, 401],
  ['sign-in', 'a name', key, 0, 401],
  ['sign-in', 'paul signed in', 'Paul@town.test', 0, 0],
  ['sign-in', 'token of Odile', key, 0, 401],
  ['operators', 'nothing', key, 0, 401],
  ['operators', 'a name', key, 0, 401],
  ['operators', 'paul signed in', key, 0, 401],
  ['operators', 'token of Odile', 'Odile', 0, 0],
  ['operators', 'token of the court', 'cour@comptes.test', 0, 403],
  ['operators', 'another token', key, 401, 401],
  ['both', 'a name', key, 0, 401],
  ['both', 'paul signed in', 'paul@town.test', 0, 0],
  ['both', 'eve signed in', 'eve@town.test', 0, 403],
  ['both', 'the court signed in', 'cour@comptes.test', 0, 403],
  ['both', 'token of Odile', 'Odile', 0, 0],
  // Where one of them is limited, nobody looks whom nobody knows: the key alone would show what his name does not.
  ['limits', 'nothing', key, 401, 401],
  ['limits', 'eve signed in', 'eve@town.test', 403, 403],
  ['limits', 'lea signed in', 'lea@lake.test', 0, 0],
  ['limits', 'the court signed in', 'cour@comptes.test', 0, 403],
  ['limits', 'token of Odile', 'Odile', 0, 0],
]
for (const [set, what, who, look, order] of cases)
  test(`${set} set, ${what} sent: ${who}, a look ${look || 'goes'}, an order ${order || 'goes'}`, () => {
    const headers = new Headers(sent[what])
    const asked = (wants: 'look' | 'order') => asking(settings[set], headers, wants)
    assert.deepEqual([asked('look').who, asked('order').who], [who, who])
    assert.deepEqual([asked('look').refusal?.status ?? 0, asked('order').refusal?.status ?? 0], [look, order])
  })

test('who acts for some entities only is known with these, and nobody else is', () => {
  const asked = (what: keyof typeof sent) => asking(settings.limits, new Headers(sent[what]), 'order').entities
  assert.deepEqual(asked('lea signed in'), ['lake'])
  assert.equal(asked('token of Odile'), undefined)
})

test('who is refused is told what to do, in the ways that are set', () => {
  const said = (set: keyof typeof settings) => asking(settings[set], new Headers(), 'order').refusal?.message ?? ''
  assert.match(said('operators'), /x-operator-token/)
  assert.doesNotMatch(said('operators'), /sign in/)
  assert.match(said('sign-in'), /sign in/)
  assert.doesNotMatch(said('sign-in'), /x-operator-token/)
  assert.match(said('both'), /sign in.*or.*x-operator-token/)
})

test('a faulty list of operators is refused with all its faults and none of its values', async () => {
  const list = [
    { name: '', role: 'operator', tokenSha256: sha256('a') },
    { name: 'Odile', role: 'king-of-all' },
    { name: 'Paul', role: 'reader', tokenSha256: 'the-token-itself' },
    { name: 'Anna', role: 'reader', tokenSha256: sha256('b'), more: 1 },
  ]
  const { details } = await refusal(() => readConfig({ OPERATORS: JSON.stringify(list) }))
  assert.deepEqual(
    details.map(({ path }) => path),
    ['OPERATORS'],
  )
  const message = details[0]?.message ?? ''
  for (const place of ['[0].name', '[1].role', '[2].tokenSha256', '[3]']) assert.ok(message.includes(place), message)
  assert.doesNotMatch(message, /the-token-itself|king-of-all/)
})

for (const [what, list, fault] of [
  ['no JSON', 'Odile', /a JSON list/],
  ['nobody', '[]', /at least one/],
  ['a name twice', [OPERATORS[0], { ...OPERATORS[2], name: 'ODILE' }], /\[1\]\.name expected another name/],
  ['entities that are none', [{ ...OPERATORS[0], entities: [] }], /\[0\]\.entities expected at least one entity/],
  ['an entity that can have no such name', [{ ...OPERATORS[0], entities: ['a b'] }], /\[0\]\.entities\[0\] expected a name/],
  ['a token twice', [OPERATORS[0], { ...OPERATORS[0], name: 'Paul' }], /\[1\]\.tokenSha256 expected another token/],
  ['a name without a token, where nobody signs in', OPERATORS, /tokenSha256 for each/],
] as const)
  test(`a list of operators with ${what} is refused`, async () => {
    const text = typeof list === 'string' ? list : JSON.stringify(list)
    const { details } = await refusal(() => readConfig({ OPERATORS: text }))
    assert.match(details.map(({ message }) => message).join(), fault)
  })

test('a digest may be written in capitals; where the platform signs in, a name is enough', () => {
  const list = JSON.stringify(
    OPERATORS.map(one => ({ ...one, ...('tokenSha256' in one ? { tokenSha256: one.tokenSha256.toUpperCase() } : {}) })),
  )
  assert.deepEqual(readConfig({ SIGN_IN: 'platform', OPERATORS: list }).OPERATORS, OPERATORS)
})
