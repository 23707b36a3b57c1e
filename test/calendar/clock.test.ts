import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { movedClock } from '../../shared/clock.ts'
import { readConfig } from '../../shared/config.ts'
import type { Refusal } from '../../shared/errors.ts'
import { manualClock } from '../fakes/clock.ts'

describe('a moved clock', () => {
  test('is ahead by what the file says, and follows it within a tenth of a second', () => {
    const { now, move } = manualClock(1_000_000)
    let text = '3600000\n'
    const moved = movedClock(now, () => text)
    assert.equal(moved(), 4_600_000)
    text = '-500'
    move(50)
    assert.equal(moved(), 4_600_050)
    move(50)
    assert.equal(moved(), 999_600)
  })

  test('stands at the real time where there is no file, or nonsense in it', () => {
    const throws = movedClock(
      () => 5,
      () => assert.fail('no file'),
    )
    assert.equal(throws(), 5)
    for (const text of ['', 'soon', '1e99', '1.5'])
      assert.equal(
        movedClock(
          () => 5,
          () => text,
        )(),
        5,
      )
  })

  const local = 'DefaultEndpointsProtocol=http;AccountName=a;TableEndpoint=http://127.0.0.1:10002/a;'
  const real = 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=a2V5;EndpointSuffix=core.windows.net'
  for (const [storage, allowed] of [
    ['UseDevelopmentStorage=true', true],
    [local, true],
    [real, false],
    [`${real};TableEndpoint=https://127.0.0.1.example/a`, false],
    [undefined, false],
  ] as const) {
    test(`is ${allowed ? 'allowed' : 'refused'} with storage ${storage?.slice(0, 60) ?? 'by identity'}`, () => {
      const env = {
        ...(storage ? { AzureWebJobsStorage: storage } : { AzureWebJobsStorage__accountName: 'a' }),
        REHEARSAL_CLOCK: '/tmp/clock',
      }
      if (allowed) assert.equal(readConfig(env).REHEARSAL_CLOCK, '/tmp/clock')
      else
        assert.throws(
          () => readConfig(env),
          (error: Refusal) => error.details.some(({ path, message }) => path === 'REHEARSAL_CLOCK' && /real clock/.test(message)),
        )
    })
  }
})
