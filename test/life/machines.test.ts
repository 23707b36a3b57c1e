import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { scanDoing } from '../../shared/landing/scan.ts'
import { domain } from '../../shared/life/domain.ts'
import { folder } from '../../shared/life/folder.ts'
import { ledBack } from '../../shared/life/led-back.ts'
import { mailbox } from '../../shared/life/mailbox.ts'
import { notice } from '../../shared/life/notice.ts'
import { returns } from '../../shared/life/returns.ts'
import { scan } from '../../shared/life/scan.ts'
import { step } from '../../shared/life/step.ts'
import { wave } from '../../shared/life/wave.ts'
import { queueNames, works } from '../../shared/life/work.ts'
import { kickOf, lives } from '../../shared/lives.ts'
import { draw, type Life, type Machine, next, type State } from '../../shared/machine.ts'
import { domainDoing } from '../../shared/steps/domain.ts'
import { ledBackDoing } from '../../shared/steps/led-back.ts'
import { mailboxDoing } from '../../shared/steps/mailbox.ts'
import { noticeDoing } from '../../shared/steps/notice.ts'
import { returnsDoing } from '../../shared/steps/returns.ts'
import { timedDoing } from '../../shared/steps/timed.ts'
import { waveDoing } from '../../shared/steps/wave.ts'
import { waitsFor } from '../../shared/waiting.ts'

type AnyMachine = Machine<string, string, string>

const machines = { wave, domain, mailbox, notice, step, scan, returns, ledBack, folder } as unknown as Record<string, AnyMachine>

/** Every move of every machine: what is not here does not happen. */
const moves: Record<string, string> = {
  wave: `
    planned       + wave-started      -> preparing
    planned       + gave-up           -> held
    planned       + hold              -> held
    planned       + cancel            -> cancelled
    preparing     + mailboxes-synced  -> ready
    preparing     + hold              -> held
    preparing     + cancel            -> cancelled
    ready         + cutover-due       -> cutting-over
    ready         + hold              -> held
    ready         + roll-back         -> rolling-back
    ready         + cancel            -> cancelled
    cutting-over  + domains-switched  -> finishing
    cutting-over  + cutover-missed    -> ready
    cutting-over  + hold              -> held
    cutting-over  + roll-back         -> rolling-back
    cutting-over  + cancel            -> cancelled
    finishing     + mailboxes-settled -> closing
    finishing     + hold              -> held
    finishing     + roll-back         -> rolling-back
    finishing     + cancel            -> cancelled
    closing       + closed            -> closed
    closing       + mailbox-released  -> finishing
    closing       + roll-back         -> rolling-back
    closed        + mailbox-released  -> finishing
    closed        + roll-back         -> rolling-back
    rolling-back  + rolled-back       -> rolled-back
    held          + release           -> <back>
    held          + roll-back         -> rolling-back
    held          + cancel            -> cancelled
    cancelled     + roll-back         -> rolling-back`,
  domain: `
    planned       + wave-started      -> checking
    planned       + cancel            -> cancelled
    checking      + domain-known      -> lowering
    checking      + gave-up           -> held
    checking      + hold              -> held
    checking      + cancel            -> cancelled
    lowering      + ttl-settled       -> ready
    lowering      + gave-up           -> held
    lowering      + hold              -> held
    lowering      + cancel            -> cancelled
    ready         + cutover-due       -> switching
    ready         + hold              -> held
    ready         + cancel            -> cancelled
    switching     + mx-written        -> proving
    switching     + called-off        -> rolling-back
    switching     + put-off           -> putting-off
    switching     + gave-up           -> held
    switching     + hold              -> held
    putting-off   + mx-restored       -> ready
    putting-off   + cutover-due       -> switching
    putting-off   + roll-back         -> rolling-back
    putting-off   + gave-up           -> held
    putting-off   + hold              -> held
    proving       + mx-proved         -> switched
    proving       + gave-up           -> held
    proving       + hold              -> held
    proving       + roll-back         -> rolling-back
    switched      + roll-back         -> rolling-back
    rolling-back  + mx-restored       -> rolled-back
    rolling-back  + gave-up           -> held
    held          + release           -> <back>
    held          + roll-back         -> rolling-back
    held          + cancel            -> cancelled`,
  mailbox: `
    planned       + wave-started      -> provisioning
    planned       + hold              -> held
    planned       + cancel            -> cancelled
    provisioning  + target-ready      -> pre-staging
    provisioning  + gave-up           -> held
    provisioning  + hold              -> held
    provisioning  + cancel            -> cancelled
    pre-staging   + folders-current   -> synced
    pre-staging   + cutover-due       -> pre-staging
    pre-staging   + gave-up           -> held
    pre-staging   + hold              -> held
    pre-staging   + cancel            -> cancelled
    synced        + switched          -> final-delta
    synced        + cutover-due       -> synced
    synced        + gave-up           -> held
    synced        + hold              -> held
    synced        + cancel            -> cancelled
    final-delta   + folders-current   -> verifying
    final-delta   + gave-up           -> held
    final-delta   + hold              -> held
    final-delta   + cancel            -> cancelled
    verifying     + verified          -> draining
    verifying     + items-due         -> bringing
    verifying     + gave-up           -> held
    verifying     + hold              -> held
    verifying     + cancel            -> cancelled
    draining      + drained           -> completed
    bringing      + brought           -> draining
    bringing      + gave-up           -> held
    bringing      + hold              -> held
    bringing      + cancel            -> cancelled
    draining      + items-due         -> bringing
    draining      + retry             -> retrying
    completed     + retry             -> retrying
    retrying      + retried           -> draining
    retrying      + items-due         -> bringing
    retrying      + gave-up           -> held
    retrying      + hold              -> held
    retrying      + cancel            -> cancelled
    draining      + gave-up           -> held
    draining      + hold              -> held
    draining      + cancel            -> cancelled
    held          + release           -> <back>
    held          + cancel            -> cancelled`,
  notice: `
    due           + sent              -> sent
    due           + gave-up           -> held
    due           + cancel            -> cancelled
    sent          + bounced           -> undeliverable
    undeliverable + release           -> due
    undeliverable + cancel            -> cancelled
    held          + release           -> <back>
    held          + cancel            -> cancelled`,
  step: `
    planned            + hour-came   -> doing
    planned            + hour-passed -> late
    planned            + moved       -> planned
    planned            + skip        -> skipped
    planned            + cancel      -> cancelled
    doing              + done        -> done
    doing              + asked       -> waiting-for-people
    doing              + moved       -> planned
    doing              + gave-up     -> held
    doing              + skip        -> skipped
    doing              + cancel      -> cancelled
    waiting-for-people + done        -> done
    waiting-for-people + moved       -> planned
    waiting-for-people + gave-up     -> held
    waiting-for-people + skip        -> skipped
    waiting-for-people + cancel      -> cancelled
    late               + send-now    -> doing
    late               + moved       -> planned
    late               + skip        -> skipped
    late               + cancel      -> cancelled
    held               + release     -> <back>
    held               + moved       -> planned
    held               + skip        -> skipped
    held               + cancel      -> cancelled`,
  scan: `
    due       + scanned    -> scanned
    due       + gave-up    -> held
    due       + cancel     -> cancelled
    scanned   + scan-again -> due
    held      + scan-again -> due
    held      + release    -> <back>
    held      + cancel     -> cancelled
    cancelled + scan-again -> due`,
  returns: `
    watching      + went-quiet        -> quiet
    watching      + gave-up           -> held
    quiet         + notice-sent       -> watching
    held          + release           -> <back>`,
  ledBack: `
    asking        + ask-again         -> asking
    asking        + led-back          -> led-back
    asking        + asked-enough      -> unproved
    asking        + gave-up           -> held
    led-back      + removed           -> settled
    led-back      + gave-up           -> held
    unproved      + ask-again         -> asking
    held          + release           -> <back>`,
  folder: `
    listed        + pass-begun        -> copying
    listed        + folder-current    -> current
    listed        + vanished          -> gone
    copying       + pass-begun        -> copying
    copying       + folder-current    -> current
    copying       + vanished          -> gone
    current       + pass-begun        -> copying
    current       + folder-current    -> current
    current       + vanished          -> gone
    gone          + pass-begun        -> copying
    gone          + folder-current    -> current`,
}

/** States that a row stays in for ever unless a person acts. */
const ends: Record<string, string[]> = {
  wave: ['closed', 'held'],
  domain: ['planned', 'ready', 'rolled-back', 'held', 'cancelled'],
  mailbox: ['planned', 'completed', 'held', 'cancelled'],
  notice: ['sent', 'undeliverable', 'held', 'cancelled'],
  step: ['late', 'held', 'done', 'skipped', 'cancelled'],
  scan: ['scanned', 'held', 'cancelled'],
  returns: ['quiet', 'held'],
  ledBack: ['settled', 'unproved', 'held'],
  folder: ['listed', 'copying', 'current', 'gone'],
}

const doings: Record<string, Record<string, unknown>> = {
  wave: waveDoing,
  domain: domainDoing,
  mailbox: mailboxDoing,
  notice: noticeDoing,
  step: timedDoing,
  scan: scanDoing,
  returns: returnsDoing,
  ledBack: ledBackDoing,
}

function states(machine: AnyMachine): [string, State<string, string, string>][] {
  return Object.entries(machine)
}

for (const [name, machine] of Object.entries(machines)) {
  describe(`the life of a ${name}`, () => {
    test('has these moves and no others', () => {
      const found = states(machine).flatMap(([from, { on }]) =>
        Object.entries(on).map(([fact, to]) => `${from} + ${fact} -> ${to}`),
      )
      const wanted = (moves[name] ?? '')
        .trim()
        .split('\n')
        .map(line => line.trim().replaceAll(/ +/g, ' '))
      assert.deepEqual(found.sort(), wanted.sort())
    })

    test('reaches every state', () => {
      const first = states(machine)[0]?.[0] ?? ''
      const reached = new Set([first])
      for (const from of reached)
        for (const to of Object.values(machine[from]?.on ?? {})) if (to && to !== '<back>') reached.add(to)
      assert.deepEqual([...reached].sort(), Object.keys(machine).sort())
    })

    test('waits for nothing only where that is meant', () => {
      const idle = states(machine).flatMap(([state, { start }]) => (start === undefined ? [state] : []))
      assert.deepEqual(idle, ends[name])
    })

    test('can leave every state that owes work, except one whose work is all that is left', () => {
      const stuck = states(machine).flatMap(([state, { start, on }]) => (start && Object.keys(on).length === 0 ? [state] : []))
      assert.deepEqual(stuck, name === 'wave' ? ['rolled-back'] : [])
    })

    test('every work has terms, and somebody who does it', () => {
      for (const [state, { start }] of states(machine)) {
        if (start === undefined) continue
        assert.ok(start in works, `${state}: ${start} has no terms`)
        assert.equal(typeof doings[name]?.[start], 'function', `${state}: nobody does ${start}`)
      }
    })

    test('every state that can be held can be gone back to', () => {
      for (const [state, { on }] of states(machine)) {
        if (on.hold !== 'held' && on['gave-up'] !== 'held') continue
        const life: Life = { state, pass: 3, fence: 1, tries: 0, since: 0 }
        const held = next(machine, life, { fact: on.hold ? 'hold' : 'gave-up' }, 10, 100)
        assert.ok(held)
        assert.deepEqual([held.state, held.heldFrom, held.dueAt], ['held', state, undefined])
        assert.equal(next(machine, held, { fact: 'release' }, 20, 100)?.state, state)
      }
    })

    test('is drawn with every state and every move', () => {
      const drawn = draw(machine)
      for (const [state, { on }] of states(machine)) {
        assert.ok(drawn.includes(`  ${state.replaceAll('-', '_')} : ${state}`), state)
        for (const fact of Object.keys(on)) assert.match(drawn, new RegExp(`${state.replaceAll('-', '_')} --> \\w+ : ${fact}`))
      }
    })
  })
}

describe('all machines together', () => {
  test('no work is left that no state starts', () => {
    const started = Object.values(machines).flatMap(machine => states(machine).flatMap(([, { start }]) => start ?? []))
    assert.deepEqual(Object.keys(works).sort(), [...new Set(started)].sort())
  })

  test('every queue has work, and every work of a queue is of one machine; looking ahead and leading back share that of copying, what comes back that of notices', () => {
    for (const queue of queueNames) {
      const mine = Object.entries(works).filter(([, terms]) => terms.queue === queue)
      assert.ok(mine.length > 0, queue)
      const owners = new Set(mine.map(([work]) => Object.keys(doings).find(name => work in (doings[name] ?? {}))))
      if (queue === 'copying') assert.ok(owners.delete('scan') && owners.delete('ledBack'))
      if (queue === 'notices') assert.ok(owners.delete('returns'))
      assert.equal(owners.size, 1, `${queue}: ${[...owners]}`)
    }
  })

  test('what is worked on in place of one another shares its terms', () => {
    for (const { exclusive, queue } of Object.values(works)) assert.equal(exclusive, queue !== 'waves')
  })

  test('a wave waits for every state of a mailbox in which something is still owed to it', () => {
    const working = states(machines.mailbox ?? {}).flatMap(([state, { start }]) => (start ? [state] : []))
    assert.deepEqual([...(waitsFor.finishing ?? [])].sort(), ['planned', ...working].sort())
    const before = new Set(waitsFor.preparing)
    assert.ok([...before].every(state => waitsFor.finishing?.includes(state)))
    assert.ok(!before.has('synced'))
  })

  test('every state in which a mailbox comes to rest tells its wave', () => {
    for (const state of ['synced', 'completed', 'held', 'cancelled'] as const) assert.equal(mailbox[state].tells, 'wave', state)
  })

  test('a kick names the queue of the work that the row owes, and nothing else', () => {
    const row = { state: 'pre-staging', pass: 7, wave: 'w|1', address: 'a/b@town.example' } as Parameters<
      typeof lives.mailbox.at
    >[0]
    assert.deepEqual(kickOf(lives.mailbox, row), {
      queue: 'copying',
      kick: { machine: 'mailbox', partition: 'w=7C1', key: 'a=2Fb@town.example', pass: 7 },
    })
    assert.equal(kickOf(lives.mailbox, { ...row, state: 'completed' }), undefined)
  })
})
