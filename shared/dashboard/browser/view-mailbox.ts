/// <reference lib="dom" />
import type { Action, Folder, Mailbox } from '../answers.ts'
import { mailboxActions, waveActions } from './allowed.ts'
import { badge, bar, framed, heads, right, stateBadge, time, told } from './badges.ts'
import type { Deeds } from './deeds.ts'
import { type Child, h } from './dom.ts'
import type { Model } from './model.ts'
import { isCopied, mailboxTone, settled, share } from './standing.ts'
import { exceptionTable } from './view-exceptions.ts'
import { trouble } from './view-warnings.ts'

/** One mailbox: what it is at, what is wrong and what to do, its folders, exceptions, notices and history. */
export function mailboxView(model: Model, deeds: Deeds, address: string): HTMLElement {
  const { texts, mailbox, route } = model
  const close = () => route.view === 'wave' && deeds.go({ view: 'wave', wave: route.wave })
  return h(
    'div',
    { class: 'panel' },
    h(
      'header',
      {},
      h('h2', { id: 'panel-title', tabindex: -1 }, mailbox?.address ?? address),
      h('button', { type: 'button', class: 'quiet', onclick: close }, texts.close),
    ),
    mailbox
      ? body(model, deeds, mailbox)
      : h('p', { class: 'hint' }, model.trouble === undefined ? texts.loading : told(model, model.trouble)),
  )
}

function body(model: Model, deeds: Deeds, mailbox: Mailbox): Child {
  const { texts, formats } = model
  const { state, verdict, reasons, messages, bytes, error, triesAgainAt, waitsFor, passes } = mailbox
  const say = texts.box
  const through = share(messages, isCopied(state))
  return [
    h(
      'p',
      { class: 'badges' },
      badge(texts.mailboxStates[state] ?? state, mailboxTone(mailbox)),
      verdict && stateBadge(texts.verdicts, verdict),
      h('span', { class: 'kind' }, texts.kinds[mailbox.kind] ?? mailbox.kind),
    ),
    error &&
      h(
        'div',
        { class: 'case' },
        trouble(model, error),
        triesAgainAt !== undefined && h('p', {}, say.retryAt(formats.at(triesAgainAt))),
        model.wave && waveActions(model.wave).includes('update') && h('p', { class: 'hint' }, texts.wave.corrected),
      ),
    state === 'held' && h('p', {}, say.heldNote),
    waitsFor !== undefined && state !== 'completed' && h('p', {}, texts.wave.waitsFor, texts.colon, told(model, waitsFor)),
    !error &&
      reasons.length > 0 &&
      h(
        'ul',
        { class: 'because' },
        reasons.map(reason => h('li', {}, told(model, reason))),
      ),
    h(
      'p',
      { class: 'sum' },
      bar(messages, through),
      h(
        'span',
        {},
        [
          formats.percent(through),
          texts.wave.messagesOf(formats.count(settled(messages)), formats.count(messages.found)),
          formats.bytes(bytes.found),
        ].join(' · '),
      ),
    ),
    h(
      'div',
      { class: 'actions', role: 'group', 'aria-label': texts.act.title },
      actionsOn(mailbox).map(action =>
        h(
          'button',
          {
            type: 'button',
            'data-key': action,
            class: action === 'cancel' && 'grave',
            onclick: () => deeds.ask(action, { mailboxes: [mailbox] }),
          },
          `${texts.act.names[action]}…`,
        ),
      ),
    ),
    h('section', {}, h('h3', {}, say.folders), folders(model, mailbox.folders)),
    h(
      'section',
      {},
      h('h3', {}, texts.wave.exceptions),
      mailbox.exceptions.length === 0
        ? h('p', { class: 'hint' }, say.none)
        : exceptionTable(model, mailbox.exceptions, 'folder', texts.wave.exceptions),
    ),
    mailbox.items && h('section', {}, h('h3', {}, say.items), items(model, mailbox.items)),
    h('section', {}, h('h3', {}, say.notices), notices(model, mailbox)),
    h(
      'section',
      {},
      h('h3', {}, say.history),
      history(model, mailbox),
      passes.late > 0 && h('p', { class: 'hint' }, say.late(formats.count(passes.late), formats.count(passes.lateEmpty))),
    ),
  ]
}

/** What can be done about it; of what could not be brought of its calendars another try, however far the mailbox is. */
function actionsOn(mailbox: Mailbox): Action[] {
  const all = mailboxActions([mailbox])
  const { state, items } = mailbox
  const missing = items && (items.excepted > 0 || items.left > 0 || items.trouble)
  return missing && (state === 'draining' || state === 'completed') ? [...all, 'retry'] : all
}

function items(model: Model, all: NonNullable<Mailbox['items']>): Child {
  const { texts, formats } = model
  const say = texts.box
  const { found, created, already, calendars, books, reduced, trouble: cause, comesAgain, exceptions } = all
  const sums = [
    say.brought(formats.count(created), formats.count(already), formats.count(found)),
    say.shelves(formats.count(calendars), formats.count(books)),
    ...(reduced > 0 ? [say.reduced(formats.count(reduced))] : []),
  ]
  const row = ({ at, reason, remedy }: (typeof exceptions)[number]) =>
    h(
      'tr',
      { 'data-key': at },
      h('th', { scope: 'row', class: 'path' }, at),
      h('td', { class: 'note' }, told(model, reason)),
      h('td', { class: 'note' }, told(model, remedy)),
    )
  const table = h(
    'table',
    { class: 'stack' },
    h('caption', { class: 'unseen' }, say.items),
    heads(say.entry, texts.exceptions.outcome, texts.exceptions.remedy),
    h('tbody', {}, exceptions.map(row)),
  )
  return [
    h('p', {}, sums.join(' · ')),
    cause && h('div', { class: 'case' }, trouble(model, cause), comesAgain && h('p', {}, say.comesAgain)),
    exceptions.length > 0 && framed(say.items, table),
  ]
}

function folders(model: Model, rows: readonly Folder[]): HTMLElement {
  const { texts, formats } = model
  const say = texts.box
  if (rows.length === 0) return h('p', { class: 'hint' }, say.noFolders)
  const row = (folder: Folder) =>
    h(
      'tr',
      { 'data-key': folder.path },
      h(
        'th',
        { scope: 'row', class: 'path' },
        folder.path,
        folder.targetPath !== folder.path && h('span', { class: 'hint' }, say.target(folder.targetPath)),
      ),
      h('td', {}, stateBadge(texts.folderStates, folder.state)),
      h('td', { class: 'number' }, formats.count(folder.messages)),
      h('td', { class: 'number' }, formats.bytes(folder.bytes)),
      h('td', { class: 'note' }, comparison(model, folder)),
    )
  const table = h(
    'table',
    { class: 'stack' },
    h('caption', { class: 'unseen' }, say.folders),
    heads(say.folder, texts.list.state, right(texts.wave.messages), right(texts.wave.bytes), say.compared),
    h('tbody', {}, rows.map(row)),
  )
  return framed(say.folders, table)
}

function comparison(model: Model, { checked, expungedAtSource, unlisted = 0 }: Folder): Child {
  const { texts, formats } = model
  const say = texts.box
  const gone = expungedAtSource > 0 && h('p', { class: 'hint' }, say.expunged(formats.count(expungedAtSource)))
  const hidden = unlisted > 0 && h('p', { class: 'bad-text' }, say.unlisted(formats.count(unlisted)))
  if (!checked) return [h('span', { class: 'hint' }, say.not), hidden, gone]
  const alike = checked.differing === 0
  const [source, target] = [formats.count(checked.source), formats.count(checked.target)]
  const at = formats.at(checked.at)
  return [
    badge(alike ? say.alike : say.differs(checked.differing, formats.count(checked.differing)), alike ? 'good' : 'bad'),
    h('p', { class: 'hint' }, alike ? say.same(source, at) : say.sides(source, target, at)),
    checked.newer > 0 && h('p', { class: 'hint' }, say.newer(formats.count(checked.newer))),
    !alike &&
      h(
        'ul',
        { class: 'plain' },
        checked.differences.map(difference => h('li', {}, told(model, difference))),
      ),
    gone,
  ]
}

function notices(model: Model, { notices }: Mailbox): HTMLElement {
  const { texts, formats } = model
  const say = texts.box
  if (notices.length === 0) return h('p', { class: 'hint' }, say.noNotices)
  const rows = notices.map(({ notice, to, state, sentAt, subject, error }) =>
    h(
      'tr',
      { 'data-key': `${notice} ${to}` },
      h('th', { scope: 'row' }, notice),
      h('td', {}, stateBadge(texts.noticeStates, state), error && trouble(model, error)),
      h('td', {}, to),
      h('td', {}, subject ?? ''),
      h('td', {}, sentAt !== undefined && time(sentAt, formats.at(sentAt))),
    ),
  )
  const table = h(
    'table',
    { class: 'stack' },
    h('caption', { class: 'unseen' }, say.notices),
    heads(say.notice, texts.list.state, say.to, say.subject, say.when),
    h('tbody', {}, rows),
  )
  return framed(say.notices, table)
}

function history({ texts, formats }: Model, { history: events }: Mailbox): HTMLElement {
  if (events.length === 0) return h('p', { class: 'hint' }, texts.box.noHistory)
  const items = events.map(({ what, at }) => h('li', {}, time(at, formats.at(at)), h('span', {}, texts.milestones[what] ?? what)))
  return h('ol', { class: 'history' }, items)
}
