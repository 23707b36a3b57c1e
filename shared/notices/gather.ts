import { isNotLed, lateSwitch, leftBehind, missedCutover } from '../calendar/missed.ts'
import { costOf } from '../forecast/cost.ts'
import { isMailbox } from '../intake/mailbox.ts'
import { languages } from '../intake/words.ts'
import { priceOf } from '../inventory/price.ts'
import { isPutBack } from '../life/wave.ts'
import { instantOf } from '../playbooks/calendar.ts'
import { licenceOf, sizeBytes } from '../playbooks/licences.ts'
import type { Audience } from '../playbooks/notice.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import { leadsByMx } from '../playbooks/routing.ts'
import { domainOf } from '../steps/switched.ts'
import type { MailboxRow, Verdict, WaveRow } from '../store/schema.ts'
import { type Common, common } from './common.ts'
import type { Facts, Known, Localised, Placeholder } from './facts.ts'
import {
  heldBlocks,
  mailboxBlocks,
  notLedBlocks,
  type Renamed,
  renamedBlocks,
  resultBlocks,
  settingsBlocks,
  tutorialBlocks,
} from './inserts.ts'
import { isPlaceholder } from './markup.ts'
import { shown } from './masked.ts'

/** What a notice is about: one mailbox and its owner, or the mailboxes of a wave (of one entity) for somebody who looks after them. */
export type Subject = {
  playbook: Playbook
  wave: WaveRow
  audience: Audience
  about: readonly MailboxRow[]
  entity?: Localised | undefined
  issuer: string
  /** When it is said, epoch ms; absent: nothing is late. */
  now?: number
  /** What only another part of the program knows: links for this reader alone, costs. */
  more?: Facts['known'] | undefined
  /** Folders of the owner’s mailbox that have another name now. */
  renamed?: readonly Renamed[] | undefined
}

/** Everything known for a notice, out of the playbook and the rows. Pure. */
export function factsOf({ playbook, wave, audience, about, entity, issuer, now = 0, more = {}, renamed = [] }: Subject): Facts {
  const owner = audience === 'owner'
  const [mailbox] = about
  const boxes = about.filter(({ wanted }) => isMailbox(wanted))
  const sum = (count: (row: MailboxRow) => number) => about.reduce((total, row) => total + count(row), 0)
  const excepted = sum(row => row.excepted)
  const held = about.filter(({ state }) => state === 'held')
  const { routing } = playbook
  const notLed = routing.kind === 'recipient' ? about.filter(row => isNotLed(row, wave, now)) : []
  const isMissed = (missedCutover(wave, now) ?? lateSwitch(wave, playbook, now)) !== undefined
  const waits =
    held.length + notLed.length > 0 || isMissed || ['held-domains', 'not-led-back', 'elsewhere'].some(one => one in more)
  const switched = mailbox?.switchedAt ?? wave.switchedAt
  const licence = owner && mailbox ? licenceFor(playbook, mailbox) : undefined
  const { target } = playbook
  const keepsPassword = target.accounts === 'existing' && playbook.passwords.mode === 'none'
  const ofHouse = playbook.programs?.user === 'login' && playbook.passwords.mode === 'none'
  const room = licence?.quotaBytes ?? (owner && target.kind === 'exchange-server' ? sizeBytes(target.quota ?? '') : undefined)
  const known: Facts['known'] = {
    ...(owner && mailbox
      ? { address: { text: shown(mailbox.wanted.addressAsWritten ?? mailbox.address, playbook.hideAddress) } }
      : {}),
    ...(owner && mailbox?.wanted.target?.user ? { 'new-login': { text: mailbox.wanted.target.user } } : {}),
    ...(owner && mailbox ? { 'sign-in': { text: signInOf(playbook, mailbox) } } : {}),
    wave: { text: wave.wave },
    ...(entity ? { entity: { text: entity } } : {}),
    ...(licence ? { licence: { text: licence.name } } : {}),
    ...(room ? { quota: { sizeBytes: room } } : {}),
    ...(wave.verdict ? { verdict: { text: verdictWords[wave.verdict] } } : {}),
    ...costsOf(playbook, owner ? [] : about),
    ...(playbook.branding.name ? { organisation: { text: playbook.branding.name } } : {}),
    issuer: { text: issuer },
    ...daysOf(playbook, wave),
    ...gatesOf(wave),
    ...(switched === undefined ? {} : { 'at.switched': { instant: switched } }),
    mailboxes: { count: boxes.length },
    messages: { count: sum(row => row.copied + row.adopted) },
    ...(excepted > 0 ? { exceptions: { count: excepted } } : {}),
    ...(sum(row => row.foundBytes) > 0 ? { size: { sizeBytes: sum(row => row.foundBytes) } } : {}),
    completed: { count: boxes.filter(({ state }) => state === 'completed').length },
    ...(held.length > 0 ? { held: { count: held.length } } : {}),
    ...(notLed.length > 0 ? { 'not-led': { count: notLed.length } } : {}),
    'what-waits': { text: waits ? operatorNeeded : nothingWaits },
    ...linksOf(playbook),
    ...more,
  }
  const is: Facts['is'] = {
    owner,
    // Nobody signs in to it: it has no password, and is opened from another account.
    shared: owner && mailbox?.wanted.kind === 'shared',
    trustee: audience === 'trustee',
    'browser-only': licence?.browserOnly === true,
    'without-password': about.some(({ wanted }) => wanted.kind === 'shared' || wanted.kind === 'alias'),
    cancelled: wave.state === 'cancelled',
    // Its domain moves without it: new mail for it does not stay where it is.
    'goes-on-without':
      wave.state !== 'cancelled' &&
      !isPutBack(wave.state) &&
      leadsByMx(playbook.routing) &&
      about.every(({ state }) => state === 'cancelled'),
    'cutover-missed': isMissed,
    // Each mailbox by itself, by somebody else: whether he has is proved later.
    'being-led-back': isPutBack(wave.state) && routing.kind === 'recipient',
    'before-cutover': ['planned', 'preparing', 'ready'].includes(wave.state),
    'left-behind': wave.state === 'cutting-over' && about.some(({ address }) => leftBehind(wave).includes(domainOf(address))),
    'whole-domain': leadsByMx(playbook.routing),
    workbook: playbook.calendar.some(({ step }) => step === 'inventory'),
    copied: owner && (mailbox?.state === 'draining' || mailbox?.state === 'completed'),
    // Who signs in with the account of the house need not have had its password at the old server.
    'password-unchanged': keepsPassword && !ofHouse,
    'password-new': !keepsPassword && !ofHouse,
    'by-trustee': playbook.passwords.mode === 'sealed-bundle',
    pass: playbook.passwords.mode === 'temporary-access-pass',
    'password-code': 'secondFactor' in playbook.passwords && playbook.passwords.secondFactor === 'code',
    // Whoever was told to export them has to import them.
    'calendars-stay': playbook.notices.some(({ template }) => template === 'procedures'),
    'calendars-left': playbook.copy.calendars === 'left',
    'calendars-elsewhere': playbook.copy.calendars === 'elsewhere',
    'calendars-copied': playbook.copy.calendars === 'copy',
  }
  const { hideAddress } = playbook
  const blocks: Facts['blocks'] = {
    mailboxes: language => mailboxBlocks(about, hideAddress, language),
    held: language => heldBlocks(held, language),
    'not-led': () => notLedBlocks(notLed, routing),
    'renamed-folders': language => renamedBlocks(owner ? renamed : [], language),
    results: language => resultBlocks(about, hideAddress, language),
    settings: language => settingsBlocks(playbook, language),
    tutorials: language => tutorialBlocks(playbook, language),
  }
  return { timeZone: playbook.timeZone, known, is, blocks }
}

/** What is typed in to sign in: the name the wave gives, the login of the house, or the address, which is not written out where it is hidden. */
function signInOf({ programs, hideAddress }: Playbook, { wanted, address }: MailboxRow): Localised {
  const inEach = (say: (words: Common) => string) => Object.fromEntries(languages.map(one => [one, say(common[one])]))
  if (wanted.target?.user) return wanted.target.user
  if (programs?.user === 'login') return inEach(words => words.userIsLogin)
  return hideAddress ? inEach(words => words.userIsAddress) : (wanted.addressAsWritten ?? address)
}

function daysOf({ timeZone }: Playbook, { day }: WaveRow): Facts['known'] {
  if (day === undefined) return {}
  return {
    day: { day: instantOf({ at: 'D 12:00' }, day, timeZone) },
    'previous-day': { day: instantOf({ at: 'D-1 12:00' }, day, timeZone) },
  }
}

function gatesOf({ gates = {} }: WaveRow): Facts['known'] {
  return Object.fromEntries(Object.entries(gates).map(([step, instant]) => [`at.${step}` as Placeholder, { instant }]))
}

/** The links of a playbook, as notices say them. */
export function linksOf({ links, contact }: Pick<Playbook, 'links' | 'contact'>): Facts['known'] {
  const all = { ...(contact?.link ? { help: contact.link } : {}), ...links }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, href]): [string, Known][] => {
      const placeholder = `link.${name}`
      return isPlaceholder(placeholder) ? [[placeholder, { href }]] : []
    }),
  )
}

/** The licence of a mailbox as the playbook knows it: that of the mailbox, else that of all. */
function licenceFor(playbook: Playbook, { wanted }: MailboxRow) {
  const name = licenceOf(playbook, wanted)
  const terms = name === undefined ? undefined : playbook.licences[name]
  if (name === undefined || !terms) return undefined
  return { name, browserOnly: terms.browserOnly === true, quotaBytes: terms.quota ? sizeBytes(terms.quota) : undefined }
}

/** What the licences of these mailboxes cost a month, and what of it is above the mix that was reckoned with, where each is priced in euros. */
function costsOf(playbook: Playbook, about: readonly MailboxRow[]): Facts['known'] {
  const names = about.flatMap(row => (row.state === 'cancelled' ? [] : (licenceFor(playbook, row)?.name ?? [])))
  const cost = costOf(names.map(name => ({ name, priced: playbook.licences[name] })))
  if (cost?.currency !== 'EUR') return {}
  const above = priceOf(names, playbook.licences, playbook.inventory)?.surcharge
  return { cost: { euros: cost.perMonth }, ...(above ? { surcharge: { euros: above } } : {}) }
}

const operatorNeeded: Localised = {
  fr: 'intervention nécessaire',
  nl: 'ingreep nodig',
  de: 'Eingriff nötig',
  en: 'an operator is needed',
}
const nothingWaits: Localised = {
  fr: 'plus rien n’attend d’intervention',
  nl: 'er wacht niets meer op een ingreep',
  de: 'nichts wartet mehr auf einen Eingriff',
  en: 'nothing waits for an operator any more',
}

/** How a wave ended, in words. */
export const verdictWords: Readonly<Record<Verdict, Localised>> = {
  complete: { fr: 'complète', nl: 'volledig', de: 'vollständig', en: 'complete' },
  'complete-with-exceptions': {
    fr: 'complète, avec des exceptions',
    nl: 'volledig, met uitzonderingen',
    de: 'vollständig, mit Ausnahmen',
    en: 'complete, with exceptions',
  },
  incomplete: { fr: 'incomplète', nl: 'onvolledig', de: 'unvollständig', en: 'incomplete' },
}
