import type { Fault } from '../errors.ts'
import { pathText } from '../intake/faults.ts'
import { languages } from '../intake/words.ts'
import { settingsOf } from '../playbooks/entity.ts'
import type { Notice } from '../playbooks/notice.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { Placeholder } from './facts.ts'
import { linksOf } from './gather.ts'
import { type Asked, isPlaceholder, link, placeholder, readWords, type Source } from './markup.ts'
import { templates } from './templates.ts'
import { sourceOf, speaksTo } from './write.ts'

/**
 * Notices of a playbook and of its entities that could not be sent: a template for other readers, a way that does not reach them, a link or an hour that
 * it lacks.
 */
export function noticeFaults(playbook: Playbook): Fault[] {
  const own = faultsIn(playbook)
  const told = new Set(own.map(({ path, message }) => `${path}\n${message}`))
  const ofEntities = Object.keys(playbook.entities).flatMap(name =>
    faultsIn(settingsOf(playbook, name)).flatMap(({ path, message }) =>
      told.has(`${path}\n${message}`) ? [] : [{ path: `${pathText(['entities', name])}.${path}`, message }],
    ),
  )
  return [...own, ...ofEntities]
}

function faultsIn(playbook: Playbook): Fault[] {
  return playbook.notices.flatMap((notice, i) => {
    const fault = (key: string, message: string) => ({ path: pathText(['notices', i, key]), message })
    const reader = notice.audience === 'owner' ? 'the owner of a mailbox' : `the ${notice.audience}`
    const fitting = Object.keys(templates)
      .filter(name => speaksTo(name, notice.audience))
      .join(', ')
    const way = wrongWay(playbook, notice)
    return [
      ...(speaksTo(notice.template, notice.audience)
        ? []
        : [fault('template', `${notice.template} does not speak to ${reader}; there are ${fitting}`)]),
      ...(way === undefined ? [] : [fault('channel', way)]),
      ...lacking(playbook, notice).map(name =>
        fault('template', `${notice.template} says {${name}}: ${remedyFor(name)}, or own words under texts`),
      ),
    ]
  })
}

/** Why a way does not reach the readers: only owners have a mailbox in the wave. */
function wrongWay({ channels }: Playbook, { audience, channel }: Notice): string | undefined {
  if (audience === 'owner') return undefined
  if (channel === 'append' || channel === 'source-append')
    return `${channel} puts a notice into a mailbox of the wave, and the ${audience} need not have one: use smtp, graph or auto`
  if (channel !== 'auto' || channels.smtp || channels.graph) return undefined
  return `auto has no way to the ${audience}: give channels.smtp or channels.graph`
}

/** Links that the program makes for one reader. */
const made: readonly string[] = ['link.password', 'link.acknowledge', 'link.bundle', 'link.page']

function remedyFor(name: Placeholder): string {
  const step = /^at\.(.*)/.exec(name)?.[1]
  return step === undefined ? `give ${name.replace('link.', 'links.')}` : `give the step ${step} an hour in the calendar`
}

/** The links, and hours of steps, that a notice says in any language and the playbook does not have. */
function lacking(playbook: Playbook, { template, audience }: Notice): Placeholder[] {
  const hours = playbook.calendar.flatMap(({ step, at }) => (step && at ? [`at.${step}`] : []))
  const has = new Set([...Object.keys(linksOf(playbook)), ...hours])
  const isOurs = (name: string): name is Placeholder =>
    isPlaceholder(name) && /^(link|at)\./.test(name) && !made.includes(name) && name !== 'at.switched'
  const never = ({ name, wanted }: Asked) => {
    if (name === 'owner' || name === 'trustee') return (audience === name) !== wanted
    return isOurs(name) && has.has(name) !== wanted
  }
  const said = languages.flatMap(language => {
    const { subject, blocks } = readWords(sourceOf(playbook, template, language))
    return [subject, ...blocks.flatMap(linesOf).flatMap(({ asked, text }) => (asked.some(never) ? [] : [text]))]
  })
  const names = said.flatMap(text => [
    ...[...text.matchAll(placeholder)].map(([, name = '']) => name),
    ...[...text.matchAll(link)].map(([, , to = '']) => to),
  ])
  return [...new Set(names)].filter(isOurs).filter(name => !has.has(name))
}

function linesOf(block: Source) {
  if ('lines' in block) return block.lines
  return 'line' in block ? [block.line] : []
}
