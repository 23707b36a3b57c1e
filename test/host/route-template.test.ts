import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HostFault } from './fault.ts'
import { byPrecedence, parseRoute } from './route-template.ts'

for (const [template, path, params] of [
  ['api/waves', '/api/waves', {}],
  ['api/waves', '/API/Waves/', {}],
  ['api/waves', '/api/wave', undefined],
  ['api/waves/{wave}', '/api/waves/north', { wave: 'north' }],
  ['api/waves/{wave}', '/api/waves', undefined],
  ['api/waves/{wave}', '/api/waves/a/b', undefined],
  ['api/waves/{Wave}', '/api/waves/A%2FB', { Wave: 'A%2FB' }],
  ['api/waves/{wave?}', '/api/waves', {}],
  ['api/waves/{wave?}', '/api/waves/7', { wave: '7' }],
  ['api/waves/{n:int}', '/api/waves/-7', { n: '-7' }],
  ['api/waves/{n:int}', '/api/waves/seven', undefined],
  ['api/{id:guid}', '/api/0f8fad5b-d9cb-469f-a165-70867728950e', { id: '0f8fad5b-d9cb-469f-a165-70867728950e' }],
  ['api/{*rest}', '/api/a/b/c', { rest: 'a/b/c' }],
  ['api/{*rest}', '/api', {}],
  ['api/report.{format}', '/api/report.csv', { format: 'csv' }],
  ['api/report.{format}', '/api/reportxcsv', undefined],
  ['api/{a}-{b}/x', '/api/1-2/x', { a: '1', b: '2' }],
  ['{wave}', '/', undefined],
] as const) {
  test(`${template} ${params ? 'takes' : 'does not take'} ${path}`, () =>
    assert.deepEqual(parseRoute(template).match(path), params))
}

test('literal goes before composed and constrained, before plain, before catch-all', () => {
  const templates = ['a/{*rest}', 'a/{b}', 'a/{b:int}', 'a/b', 'a/{b}/c', 'a', 'a/{b}/{c?}']
  const sorted = templates.map(parseRoute).sort(byPrecedence)
  assert.deepEqual(
    sorted.map(route => route.template),
    ['a', 'a/b', 'a/{b:int}', 'a/{b}', 'a/{b}/c', 'a/{b}/{c?}', 'a/{*rest}'],
  )
})

for (const template of ['a/{b', 'a/{b:weekday}', 'a/{*rest}/b', 'a/{b?}/c', 'a/x{b?}', 'a/{b=5}']) {
  test(`${template} is refused with what may be written`, () => {
    assert.throws(
      () => parseRoute(template),
      (error: unknown) =>
        error instanceof HostFault && error.message.includes(`Route "${template}"`) && /\{name:int\}/.test(error.message),
    )
  })
}
