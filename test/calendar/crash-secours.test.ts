import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { diaryOf } from '../../shared/calendar/diary.ts'
import { missedCutover } from '../../shared/calendar/missed.ts'
import { act } from '../../shared/commands/act.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { all } from '../../shared/store/store.ts'
import { isEffect } from '../crash/stopping.ts'
import { between, chance, oneOf } from '../fakes/chance.ts'
import { endingOf } from '../fakes/ending.ts'
import { type Blow, Death, StrikingGate } from '../fakes/gate.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { World } from '../fakes/world.ts'
import { otherwise, type Played } from './otherwise.ts'
import { isOver, sceneOf } from './played.ts'

const secours = (people: readonly string[]) => {
  const mailboxes = people.map(name => ({ address: `${name}@spf00.example` }))
  return sceneOf({ playbook: 'secours', wave: 'spf00', day: '2025-04-07', mailboxes }, 'PT5M')
}

/** What a federation answers: one licence of each, an alias, a box that is given up, somebody new. */
const answer = `adresse,conserver,type,alias de,nom,prénom,raison
anna@spf00.example,oui,E3,,Martin,Anna,
ben@spf00.example,oui,E1,,Leroy,Ben,
info@spf00.example,oui,alias,anna@spf00.example,,,
old@spf00.example,non,,,,,personne ne la lit
dora@spf00.example,oui,E1,,Petit,Dora,
`

/** A calendar as it is played: whose mailboxes, and what their federation answers; nothing, and the operator goes on without it. */
type Play = { people: readonly string[]; answer?: string }
const silent: Play = { people: ['anna', 'ben'] }
const answered: Play = { people: ['anna', 'ben', 'info', 'old'], answer }

/** CRASH=all: every blow, some thousand calendars. Else a sample, another each time: CRASH_SEED plays one again. */
const whole = process.env.CRASH === 'all'
const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000)

/** Plays the whole calendar; the n-th process is struck by the n-th blows. */
async function played({ people, answer }: Play, ...blows: (readonly Blow[])[]): Promise<Played> {
  const world = new World(secours(people))
  world.targets.set('dora@spf00.example', new MemoryMailbox())
  const names: string[][] = []
  /** By how many letters had gone then: two blows may strike the same one. */
  const unrecorded = new Map<number, string>()
  let repeated = 0
  await world.run({
    process: (n, pass) => {
      let goneBefore = 0
      const counting = () => {
        if (gate.names.at(-1) === 'smtp.send') goneBefore = world.readers.letters.length
        pass()
      }
      const gate: StrikingGate = new StrikingGate(blows[n] ?? [], counting, when => {
        const [before, last] = gate.names.slice(-2)
        const isOpen = (when === 'after' && last === 'smtp.send') || (when === 'before' && before === 'smtp.send')
        const gone = world.readers.letters.map(said)
        // What was cut off before it left is told for the first time the next time.
        if (isOpen && gone.length > goneBefore) unrecorded.set(gone.length, gone.at(-1) ?? '')
      })
      names.push(gate.names)
      return gate
    },
    until: async () => {
      repeated++
      const over = await isOver(world, answer)
      repeated--
      return over
    },
  })
  const wave = (await world.wave()) ?? assert.fail('there is no wave')
  const { letters, ...ending } = await endingOf(world)
  const { mailboxes: boxes, answers, steps, slots, passwords, forecasts, inventories, links } = world.store
  return {
    names,
    // By whom answers were followed is another thing where somebody was cut off in it.
    diary: (await diaryOf(world.app(), wave)).map(({ at, local: _, ...line }) => ({
      at: Date.parse(at),
      line: JSON.stringify({ ...line, ...(line.what === 'follow-answers' ? { who: undefined } : {}) }),
    })),
    letters,
    mayRepeat: [...unrecorded.values()].sort(),
    repeated,
    rest: {
      ...ending,
      accounts: world.accounts.made,
      wanted: (await all(boxes.list({}))).map(
        ({ wanted }) => `${wanted.address} ${wanted.kind} ${wanted.licence} ${wanted.displayName}`,
      ),
      answers: (await all(answers.list({}))).map(({ entity, version, lines }) => `${entity} ${version} ${lines}`),
      steps: (await all(steps.list({}))).map(({ step, state }) => `${step} ${state}`),
      slots: (await all(slots.list({}))).map(({ day, bookings }) => `${day} ${bookings.map(one => one.for)}`),
      passwords: (await all(passwords.list({}))).map(({ address, state, number }) => `${address} ${state} ${number}`),
      rows: await Promise.all([forecasts, inventories, links].map(async table => (await all<unknown>(table.list({}))).length)),
    },
  }
}

const said = ({ to, messageId }: { to: string; messageId: string }) => `${to} ${messageId}`

const ways = (['death', 'wire'] as const).flatMap(by => (['before', 'after'] as const).map(when => ({ by, when })))
const inWords = ({ at, by, when }: Blow, names: readonly string[]) => `${by} ${when} call ${at} (${names[at - 1]})`

/*
 * The process dies, or its wire is cut, before and after each thing that it does in the calendar of `secours`, from its wave’s request to its last
 * report. The same people are told the same at the same hours, and nobody twice but by SMTP, where nobody can be asked.
 */
const calm = await played(silent)

/** When the host dies, for how many hours nobody starts it, and what is late then: for a person to choose, since half a day is over. */
const outages: [at: string, hours: number, late: string[], then?: string[]][] = [
  ['2025-03-24T08:00:00Z', 6, []],
  ['2025-04-02T07:00:00Z', 10, []],
  ['2025-04-06T13:59:00Z', 6, ['cutover']],
  ['2025-04-02T07:00:00Z', 72, ['confirm', 'notice:confirm-date', 'notice:procedures']],
  ['2025-04-05T07:00:00Z', 30, ['notice:cut']],
  // What stands after the cutover waits for it, and is late only then.
  ['2025-04-06T13:59:00Z', 24, ['cutover', 'freeze'], ['notice:accounts', 'notice:trustee', 'open']],
]

describe('a host that is away for hours in which several things are due', { timeout: 300_000 }, () => {
  for (const [at, hours, late, then = []] of outages) {
    test(`from ${at} for ${hours} hours: ${late.length === 0 ? 'all is made up for, once' : `${late.join(', ')} waits for a choice`}`, async () => {
      const world = new World(secours(silent.people))
      const back = Date.parse(at) + hours * 3_600_000
      let died = false
      let chosen = false
      const choose = async (name: string, more: object = {}) =>
        act(world.app(), 'spf00', name as 'approve', { why: 'better late', ...more }, 'operator')
      const steps = async () => {
        const rows = await all(world.store.steps.list({ states: ['late'] }))
        const missed = missedCutover((await world.wave()) ?? assert.fail(), world.clock.now()) === undefined ? [] : ['cutover']
        return [...missed, ...rows.map(({ step }) => step)].sort()
      }
      const lateThen: string[] = []
      await world.run({
        outageMs: hours * 3_600_000,
        until: async () => {
          if (!died && world.clock.now() >= Date.parse(at)) {
            died = true
            throw new Death('the machine is off')
          }
          const over = await isOver(world)
          if (!died || world.clock.now() < back + 2 * 3_600_000) return false
          if (chosen) {
            const left = await steps()
            lateThen.push(...left)
            if (left.length > 0) await choose('send-now')
            return over
          }
          // Two hours later nothing of it has been made up for by itself; then somebody chooses.
          chosen = true
          assert.deepEqual(await steps(), late)
          const { warnings = [] } = await waveStatus(world.app(), 'spf00')
          for (const step of late)
            assert.ok(
              warnings.some(line => line.startsWith(`${step} (`) || (step === 'cutover' && /cutover .* was missed/.test(line))),
              `no warning of ${step}: ${warnings}`,
            )
          const names = late.map(step => step.replace('notice:', ''))
          const sent = (await diaryOf(world.app(), (await world.wave()) ?? assert.fail())).filter(one => one.to !== undefined)
          assert.deepEqual(
            sent.filter(({ what }) => names.includes(what)),
            [],
          )
          if (late.includes('cutover')) await choose('approve', { step: 'cutover' })
          if (late.length > 0) await choose('send-now')
          return false
        },
      })
      assert.deepEqual(lateThen.sort(), then)
      // Whoever is to decide about the cutover was told that he is; all else is as ever.
      const [toDecide = [], others = []] = [true, false].map(night =>
        world.readers.letters.map(said).filter(line => line.startsWith('night@') === night),
      )
      assert.deepEqual(others.sort(), calm.letters)
      assert.equal(toDecide.length, late.includes('cutover') ? 1 : 0)
    })
  }
})

describe(`a calendar whose process is struck at any step is played the same (CRASH_SEED=${seed})`, {
  timeout: 3_600_000,
}, () => {
  const effects = effectsOf(calm)
  const random = chance(seed)

  test('undisturbed, all are told once', () => {
    assert.equal(calm.letters.length, 15)
    assert.equal(new Set(calm.letters).size, 15)
    assert.deepEqual([calm.mayRepeat, calm.repeated], [[], 0])
  })

  test('struck once: every kind of effect, before and after', async t => {
    const kinds = [...Map.groupBy(effects, ({ name }) => name).values()]
    const some = (['before', 'after'] as const).flatMap(when =>
      kinds.map(of => ({ at: oneOf(random, of).at, when, by: oneOf(random, ways).by })),
    )
    const blows = whole ? everyWay(effects) : some
    t.diagnostic(`${blows.length} plays, ${kinds.length} kinds of ${effects.length} effects`)
    assert.ok(kinds.length > 25 && effects.length > 400, `${kinds.length} kinds of ${effects.length} effects`)
    await assertSame(
      silent,
      calm,
      blows.map(blow => [[blow]]),
    )
  })

  test('struck again while it recovers, or while it deals with a lost answer', async t => {
    const plays = Array.from({ length: whole ? 500 : 24 }, (): Blow[][] => {
      const first = { at: oneOf(random, effects).at, ...oneOf(random, ways) }
      if (first.by === 'wire') return [[first, { at: first.at + between(random, 1, 30), by: 'death', when: 'before' }]]
      const second = { at: between(random, 1, 60), ...oneOf(random, ways) }
      return [[first], [second], ...(random() < 0.3 ? [[{ at: between(random, 1, 30), ...oneOf(random, ways) }]] : [])]
    })
    t.diagnostic(`${plays.length} plays`)
    await assertSame(silent, calm, plays)
  })

  test('struck before a letter leaves, and again before that is written down: it has not gone, and is told once', async () => {
    const sends = effects.filter(({ name }) => name === 'smtp.send')
    assert.ok(sends.length > 10, `${sends.length} letters by SMTP`)
    const plays = (whole ? sends : [oneOf(random, sends)]).map(({ at }): Blow[][] => [
      [
        { at, by: 'wire', when: 'before' },
        { at: at + 1, by: 'death', when: 'before' },
      ],
    ])
    await assertSame(silent, calm, plays)
  })

  test('struck between an answer and the confirmation that follows it', async t => {
    const undisturbed = await played(answered)
    assert.match(JSON.stringify(undisturbed.rest), /old@\S+ cancelled.*anna@\S+ user SPE_E3 Anna Martin.*info@\S+ alias/)
    const names = undisturbed.names[0] ?? []
    const [from, to] = [names.indexOf('answerLines.put'), names.indexOf('accounts.ensure')]
    const between = effectsOf(undisturbed).filter(({ at }) => from < at && at <= to)
    const blows = everyWay(between).filter(() => whole || random() < 16 / (between.length * ways.length))
    t.diagnostic(`${blows.length} plays of ${between.length} effects`)
    await assertSame(
      answered,
      undisturbed,
      blows.map(blow => [[blow]]),
    )
  })
})

function effectsOf({ names: [names = []] }: Played): { name: string; at: number }[] {
  return names.flatMap((name, i) => (isEffect(name) ? [{ name, at: i + 1 }] : []))
}

function everyWay(effects: readonly { at: number }[]): Blow[] {
  return ways.flatMap(way => effects.map(({ at }) => ({ ...way, at })))
}

async function assertSame(play: Play, calm: Played, plays: readonly (readonly Blow[])[][]): Promise<void> {
  const wrong: string[] = []
  for (const blows of plays) {
    const found = await played(play, ...blows).catch(error => String(error))
    const words = typeof found === 'string' ? [found] : otherwise(calm, found, blows.flat().length)
    const names = typeof found === 'string' ? calm.names : found.names
    const at = blows.flatMap((list, n) => list.map(blow => inWords(blow, names[n] ?? [])))
    if (words.length > 0) wrong.push(`${at.join(', then ')}: ${words.join('; ')}`)
  }
  assert.deepEqual(wrong, [])
}
