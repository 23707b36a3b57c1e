import { coordinatorWords } from '../coordinators/words.ts'
import type { Language } from '../intake/words.ts'
import { languages } from '../intake/words.ts'
import type { Audience, Notice } from '../playbooks/notice.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { Block, Rich } from './block.ts'
import { eachText, plainly } from './block.ts'
import { common } from './common.ts'
import { type Facts, type Localised, local } from './facts.ts'
import { typeset } from './formats.ts'
import type { Dress, Part } from './html.ts'
import { questionBlocks } from './inserts.ts'
import { say } from './say.ts'
import { templateOf } from './templates.ts'

/** The languages of one notice to one reader, in the order in which they stand. `wanted`: the language that its reader has named. */
export function languagesOf(
  playbook: Playbook,
  notice: Notice,
  wanted: Language | undefined,
): readonly [Language, ...Language[]] {
  const [first = 'en', ...rest] = notice.languages ?? playbook.languages ?? []
  const layout = notice.layout ?? playbook.layout ?? (notice.languages ? 'side-by-side' : 'single')
  return layout === 'side-by-side' ? [first, ...rest] : [wanted ?? first]
}

/** The words of a notice in each of its languages: ours or the playbook’s own, whom to ask, and who sends it. Throws `Unknown` for what cannot be said. */
export function partsOf(playbook: Playbook, notice: Notice, facts: Facts, wanted: readonly Language[]): Part[] {
  return wanted.map(language => {
    const { subject, blocks } = say(sourceOf(playbook, notice.template, language), facts, language, playbook.wording)
    const issuer = playbook.issuers[notice.issuer]?.name ?? ''
    const { footer } = playbook.branding
    const foot: Rich[] = [...(footer ? [plainly(local(footer, language))] : []), plainly(common[language].automatic(issuer))]
    const all = [...blocks, ...pageButton(blocks, facts, language), ...questionBlocks(playbook, language)]
    const words = { subject, blocks: all, foot }
    return { language, words: eachText(words, text => typeset(text, language)) }
  })
}

/** The way to its reader’s own page, where there is one and the words have not said it. */
function pageButton(blocks: readonly Block[], { known }: Facts, language: Language): Block[] {
  const page = known['link.page']
  if (!page || !('href' in page)) return []
  const href = local(page.href, language)
  if (blocks.some(block => block.kind === 'button' && block.href === href)) return []
  return [{ kind: 'button', label: coordinatorWords[language].visit, href }]
}

/** How the notices of a playbook look. */
export function dressOf({ branding, classification }: Playbook): Dress {
  return { name: inEach(branding.name), colour: branding.colour, marking: inEach(classification) }
}

/** Whether a template speaks to readers of this kind. */
export function speaksTo(template: string, audience: Audience): boolean {
  const to = templateOf(template)?.for
  return to === 'anybody' || to === (audience === 'owner' ? 'owner' : 'others')
}

/** Whether a template, as this playbook has it said, names day D or an hour that counts from it. */
export function namesDay(playbook: Pick<Playbook, 'texts'>, template: string): boolean {
  const dated = /\{(?:day|previous-day|at\.(?!switched)[a-z-]+)\}/
  return languages.some(language => dated.test(sourceOf(playbook, template, language)))
}

/** Whether a template, as this playbook has it said, lists folders that have another name now. */
export function namesFolders(playbook: Pick<Playbook, 'texts'>, template: string): boolean {
  return languages.some(language => sourceOf(playbook, template, language).includes('{{renamed-folders}}'))
}

/** The words of a template as written, with what the playbook puts in their place. */
export function sourceOf({ texts }: Pick<Playbook, 'texts'>, template: string, language: Language): string {
  const ours = templateOf(template)?.[language].trim() ?? ''
  const cut = ours.indexOf('\n')
  const own = texts[template]?.[language] ?? {}
  const subject = own.subject ?? ours.slice(0, cut)
  const body = own.body ?? ours.slice(cut + 1)
  return [subject, ...[own.before, body, own.after].flatMap(text => (text === undefined ? [] : [text.trim()]))].join('\n\n')
}

function inEach(text: Localised | undefined): Partial<Record<Language, string>> {
  return text === undefined ? {} : Object.fromEntries(languages.map(language => [language, local(text, language)]))
}
