import { createHash } from 'node:crypto'
import type { MembersChange, Provisioning, Withdrawal } from '../accounts/accounts.ts'
import type { Ranking } from '../calendar/ranking.ts'
import type { Booking } from '../calendar/slots.ts'
import type { Asked } from '../calendar/wave-day.ts'
import type { Oddity } from '../copy/folders.ts'
import type { Checked } from '../copy/verify.ts'
import type { Recorded } from '../dns/records.ts'
import type { Learned } from '../forecast/learned.ts'
import type { Pace } from '../forecast/pace.ts'
import type { WantedMailbox } from '../intake/mailbox.ts'
import type { Said } from '../inventory/answer.ts'
import type { ItemsAhead, Measured, RoomThere } from '../inventory/measured.ts'
import type { TenantSeen } from '../inventory/tenant-seen.ts'
import type { ItemsBrought } from '../items/brought.ts'
import type { Finding } from '../landing/finding.ts'
import type { Scores } from '../landing/score.ts'
import type { DomainState } from '../life/domain.ts'
import type { FolderState } from '../life/folder.ts'
import type { LedBackState } from '../life/led-back.ts'
import type { MailboxState } from '../life/mailbox.ts'
import type { NoticeState } from '../life/notice.ts'
import type { ReturnsState } from '../life/returns.ts'
import type { ScanState } from '../life/scan.ts'
import type { StepState } from '../life/step.ts'
import type { Approval, Done, WaveState, Word } from '../life/wave.ts'
import { queueNames } from '../life/work.ts'
import type { Trouble } from '../machine.ts'
import type { Returned } from '../notices/returned.ts'
import type { KeptSeal } from '../receipt/sealed.ts'
import type { Probes } from '../steps/probing.ts'
import type { Sums } from '../sums.ts'
import { bytes, flag, int, json, keyPart, long, needed, type RowOf, table, text, time } from './columns.ts'

/*
 * Every table, key, column and queue. Dashboards read the tables directly, so a column's meaning never changes silently: a new
 * meaning is a new column. Times are UTC.
 */

/** Columns of every row that a machine moves. */
const life = <S extends string>() => ({
  state: needed(text<S>('where it is in its life; the machines in shared/life list the states')),
  pass: needed(int('grows with every move; work and its answers name it')),
  fence: needed(int('grows with every claim of a worker')),
  tries: needed(int('failed attempts in a row in this state')),
  claim: text('the worker on it now; absent: nobody'),
  lost: int('the fence of the last claim that was taken from its worker; absent: each was given back'),
  dueAt: time('when the sweeper starts its work again if nobody is heard; absent: it owes nothing'),
  notBefore: time('parked: its work does not begin before this'),
  heldFrom: text<S>('the state it was held in'),
  error: json<Trouble>('the last failure: code, message, hint, at'),
  heldBy: json<string[]>('codes of all failures that it was ever held for'),
  waitedMs: long('milliseconds lost to servers that asked for patience'),
  since: needed(time('when it entered its state')),
})

/** Playbooks. One row a version; the row `current` is a copy of the newest. */
export const playbooks = table(
  'Playbooks',
  {
    playbook: needed(text('its name')),
    version: needed(text('zero-padded number, or `current`')),
    number: needed(int('the version as a number, from 1')),
    body: needed(text('the playbook as it was sent (YAML or JSON)')),
    at: needed(time('when it was stored')),
    who: text('who sent it'),
  },
  row => keyPart(row.playbook),
  row => row.version,
)

/** Waves. PartitionKey `wave`, so that a list of waves is one short query; RowKey the wave's name. */
export const waves = table(
  'Waves',
  {
    ...life<WaveState>(),
    wave: needed(text('its name')),
    playbook: needed(text('the playbook it follows')),
    playbookVersion: needed(int('the version of the playbook it began with')),
    day: text('day J, YYYY-MM-DD in the playbook’s zone; absent: at once'),
    gates: json<Record<string, number>>('step -> epoch ms before which it does not begin'),
    request: needed(text('digest of the request that made it: the same request again is the same wave')),
    createdAt: needed(time('when it was enqueued')),
    dayMoves: int('how often day J was moved'),
    daySetAt: time('when day J was moved last; absent: it is that of createdAt'),
    plannedFor: text('the day J for which its Steps are written down'),
    beganAt: time('when its first work began'),
    switchedAt: time('when every domain of it was switched'),
    closedAt: time('when its verdict was given'),
    waitsFor: text('what it waits for now, in words'),
    word: json<Word>('the word of a person that it waits for now, beside waitsFor'),
    seal: text('the root of its receipt, given with the verdict'),
    verdict: text<Verdict>('complete | complete-with-exceptions | incomplete'),
    reasons: json<string[]>('why the verdict is not complete'),
    landing: json<Scores>('how right the look ahead was, by kind; said with the verdict'),
    approvals: json<Approval[]>('who approved which step'),
    entities: json<string[]>('the entities of the playbook whose mailboxes it began with'),
    asked: json<Asked>('a later day that somebody asks for, until it is granted'),
    senders: json<string[]>('why its notices may look forged, as seen last before it began'),
    sums: json<Sums>('what its mailboxes come to, kept from its verdict on; absent: to be added up'),
    done: json<Done[]>('what of its toDo somebody said is done'),
    membersAt: time('when somebody last changed by an order who opens its shared mailboxes; absent: never'),
    orders: int('orders that are changing its mailboxes, or were cut off; absent: none'),
    toldNotLed: json<{ which: string; at: number }>('the last letter to operators about new mail that is late to be led over'),
    renewed: json<Record<string, number>>('entity|address -> how often the links to the page of that person were renewed'),
  },
  () => 'wave',
  row => keyPart(row.wave),
)

/** Mailboxes. PartitionKey the wave, RowKey the address in lower case. */
export const mailboxes = table(
  'Mailboxes',
  {
    ...life<MailboxState>(),
    wave: needed(text('its wave')),
    address: needed(text('its address in lower case')),
    playbook: needed(text('the playbook it follows')),
    playbookVersion: needed(int('the version of that playbook')),
    wanted: needed(json<WantedMailbox>('what the operator asked for it')),
    provisioning: json<Provisioning>('what making its account has come to so far'),
    targetReadyAt: time('when the target mailbox was seen to exist'),
    syncedAt: time('when the first whole pass ended'),
    switchedAt: time('when new mail began to arrive at the target'),
    probes: json<Probes>('letters that were sent to see where its new mail arrives'),
    probeAt: time('when the next such letter is due; absent: nobody asks, or not yet'),
    verifiedAt: time('when source and target were last compared'),
    completedAt: time('when its last late mail had been followed'),
    folders: needed(int('folders listed at the source')),
    found: needed(int('messages seen at the source')),
    copied: needed(int('messages appended to the target')),
    adopted: needed(int('messages found already on the target and taken for ours')),
    excepted: needed(int('messages that did not arrive as they were')),
    unlisted: int('messages that the source counts beside those that it lists, as seen last'),
    foundBytes: needed(long('bytes seen at the source')),
    copiedBytes: needed(long('bytes appended to the target')),
    pace: json<Pace>('what workers brought of it in rounds heard to their end, and how many ms they took'),
    waitsFor: text('what it waits for now, in words'),
    after: text('the earlier wave that brought it to the same place; its ledger is taken up'),
    formerReaders: json<string[]>('who was to see its calendar and is not any more'),
    formerMembers: json<string[]>('who was a member of this shared mailbox and is none any more'),
    withdrawal: json<Withdrawal>('its licence, where an order takes it back from an account that nobody moved to'),
    membersChange: json<MembersChange>('the last order about who opens it: what is to be carried out at the target'),
    dropped: text('why it is not migrated, where the answer of its entity said so'),
    followed: int('the claim under which a round last followed what had been moved'),
    latePasses: needed(int('late-mail passes done since the switch')),
    lateEmpty: needed(int('late-mail passes in a row that found nothing')),
    lateAt: time('when its last late-mail pass ended'),
    items: json<ItemsBrought>('what became of its calendars, contacts and tasks at the old server, where they are copied'),
    sealed: json<KeptSeal>('the seal of its manifest, and a digest of what it was made from'),
  },
  row => keyPart(row.wave),
  row => keyPart(row.address),
)

/** Folders. PartitionKey wave and address, RowKey a digest of the source path. */
export const folders = table(
  'Folders',
  {
    ...life<FolderState>(),
    wave: needed(text('its wave')),
    address: needed(text('its mailbox')),
    path: needed(text('its path at the source, decoded')),
    targetPath: needed(text('its path at the target, decoded')),
    specialUse: text('its RFC 6154 role: \\Sent, \\Trash …'),
    odd: text<Oddity>('what became of its name: renamed | collision | refused'),
    uidValidity: text('UIDVALIDITY at the source'),
    uidNext: int('UIDNEXT at the source, seen at the end of the last pass'),
    highestModseq: text('HIGHESTMODSEQ at the source, where it offers CONDSTORE'),
    targetUidValidity: text('UIDVALIDITY at the target'),
    found: needed(int('messages seen at the source')),
    foundBytes: needed(long('their bytes')),
    expunged: needed(int('messages copied earlier that the source no longer has')),
    unlisted: int('messages that the source counts beside those that it lists, as seen last; absent: none'),
    checked: json<Checked>('the last comparison of source and target'),
  },
  row => mailboxKey(row),
  row => folderKey(row.path),
)

/**
 * Chunks: the ledger. PartitionKey wave and address, RowKey folder digest, source UIDVALIDITY and first UID. A chunk is first an intent
 * (`open`: what will be sent, and the target's UIDNEXT before it), then its outcome (`done`).
 */
export const chunks = table(
  'Chunks',
  {
    wave: needed(text('its wave')),
    address: needed(text('its mailbox')),
    folder: needed(text('the folder’s digest')),
    uidValidity: needed(text('UIDVALIDITY at the source')),
    firstUid: needed(int('its first source UID')),
    lastUid: needed(int('its last source UID')),
    state: needed(text<'open' | 'done'>('open: appends may be under way; done: every message has its outcome')),
    madeBy: int('the claim under which it was made'),
    fence: needed(int('the claim under which it was last written')),
    targetPath: needed(text('where it goes')),
    targetUidValidity: needed(text('UIDVALIDITY there')),
    targetUidNext: needed(int('UIDNEXT there before its first append')),
    messages: needed(int('how many source messages')),
    copied: needed(int('appended')),
    adopted: needed(int('found on the target after an interruption and taken for ours')),
    excepted: needed(int('did not arrive as they were')),
    sizeBytes: needed(long('bytes of its messages')),
    entries: needed(bytes('per message: UIDs, size, SHA-256, date, flags, outcome; packed by shared/copy/ledger.ts')),
    at: needed(time('when it was last written')),
  },
  row => mailboxKey(row),
  row => chunkKey(row),
)

/** Domains. PartitionKey the wave, RowKey the domain. */
export const domains = table(
  'Domains',
  {
    ...life<DomainState>(),
    wave: needed(text('its wave')),
    domain: needed(text('its name')),
    playbook: needed(text('the playbook it follows')),
    playbookVersion: needed(int('the version of that playbook')),
    zone: text('the zone its records live in'),
    before: json<Recorded>('its MX before anything was changed; rrset null where there was none'),
    wantedMx: json<string[]>('its MX afterwards: `preference exchange`'),
    ttlSettledAt: time('when caches cannot hold the old TTL any more'),
    writtenAt: time('when the provider said that the new MX is written'),
    switchedAt: time('when every authoritative server answered the new MX'),
    waitsFor: text('what it waits for now, in words'),
    answers: json<string[]>('what each authoritative server answered last'),
    notes: json<string[]>(
      'what does not add up about its servers and the records beside its MX, or could not be asked, as seen last',
    ),
  },
  row => keyPart(row.wave),
  row => keyPart(row.domain),
)

/**
 * Notices. PartitionKey the wave, RowKey reader, mailbox and notice, and behind them the entity and the occasion where there are any: the natural key
 * by which each is said once; of very long ones a digest.
 */
export const notices = table(
  'Notices',
  {
    ...life<NoticeState>(),
    wave: needed(text('its wave')),
    address: needed(text('the mailbox it is about; `*`: the mailboxes of its wave, or of its entity in it')),
    entity: text('whose mailboxes it is about, where it is about several'),
    occasion: text(
      'what tells it from the same notice before: the day was moved, other mailboxes are held or have left, the wave was put back',
    ),
    notice: needed(text('its name in the playbook')),
    playbook: needed(text('the playbook it follows')),
    playbookVersion: needed(int('the version of that playbook')),
    to: needed(text('its reader’s address')),
    messageId: needed(text('its Message-ID: by it a second sending is recognised')),
    attempted: time('when a sending was begun: from then on it may have been sent'),
    day: text('the day D of its wave when that was: a date it names counts from it'),
    sentAt: time('when it was handed over'),
    channel: text('how it was handed over'),
    subject: text('its subject as sent'),
    languages: text('the languages it was sent in, in their order'),
    slotAt: time('its place in the line of notices that take the same way'),
    acknowledgedAt: time('when its reader said on its page that it was read'),
    returned: json<Returned[]>('what mail servers reported of it: undeliverable, or not delivered yet'),
  },
  row => keyPart(row.wave),
  row => {
    const { to, address, notice, entity, occasion } = row
    const more = entity === undefined && occasion === undefined ? [] : [entity ?? '', occasion ?? '']
    return fitting([to, address, notice, ...more].map(keyPart).join('|'))
  },
)

/** NoticeBodies: notices as they were sent, without what only their readers may see. PartitionKey the wave, RowKey Message-ID and part. */
export const noticeBodies = table(
  'NoticeBodies',
  {
    wave: needed(text('its wave')),
    messageId: needed(text('the Message-ID of its notice')),
    part: needed(int('which part, from 0')),
    parts: needed(int('how many parts there are')),
    bytes: needed(bytes('a part of the message, compressed (deflate) as a whole')),
    at: needed(time('when it was sent')),
  },
  row => keyPart(row.wave),
  row => `${keyPart(row.messageId)}|${String(row.part).padStart(4, '0')}`,
)

/** Acknowledgements: the links on which people say that they have read the rules. PartitionKey the SHA-256 of the link’s token, RowKey `notice`. */
export const acknowledgements = table(
  'Acknowledgements',
  {
    hash: needed(text('what is kept of the token')),
    wave: needed(text('its wave')),
    notice: needed(text('the RowKey of the notice in which it stands')),
    at: needed(time('when the link was made')),
  },
  row => row.hash,
  () => 'notice',
)

/** Pages: the links to the pages of those who look after mailboxes. PartitionKey the SHA-256 of the link’s token, RowKey `page`. */
export const pages = table(
  'Pages',
  {
    hash: needed(text('what is kept of the token')),
    wave: needed(text('its wave')),
    entity: text('whose mailboxes it is about; absent: those that belong to no entity'),
    to: needed(text('whose page it is')),
    audience: needed(text<Caring>('what he is: coordinator | technical-manager')),
    number: needed(int('how often his link had been renewed: one of before opens nothing')),
    at: needed(time('when the link was made')),
  },
  row => row.hash,
  () => 'page',
)

/** Paces: the lines in which notices wait for their turn. PartitionKey `notices`, RowKey the way they take. */
export const paces = table(
  'Paces',
  {
    what: needed(text('what waits in it')),
    way: needed(text('the channel')),
    nextAt: needed(time('when the next may go')),
  },
  row => row.what,
  row => row.way,
)

/**
 * Steps: the timed entries of a wave’s calendar that have an effect of their own. PartitionKey the wave, RowKey the step’s name, or `notice:` and
 * the notice’s. What only gates the wave (prestage, provision, cutover, close) stands in its `gates`.
 */
export const steps = table(
  'Steps',
  {
    ...life<StepState>(),
    wave: needed(text('its wave')),
    step: needed(text('what is done: a step’s name, or `notice:` and a notice’s')),
    notice: text('the notice that is sent; absent: a step'),
    playbook: needed(text('the playbook it follows')),
    playbookVersion: needed(int('the version of that playbook')),
    at: needed(text('its time as the calendar writes it: D-14 09:00')),
    day: needed(text('the day D that its hour was counted from')),
    plannedAt: needed(time('its hour')),
    doneAt: time('when it was done'),
    by: text('who skipped it or had it done late'),
    open: json<string[]>('whom it waits for'),
    found: text('what it found out that somebody should know, in words'),
    waitsFor: text('what it waits for now, in words'),
  },
  row => keyPart(row.wave),
  row => keyPart(row.step),
)

/**
 * Audit. PartitionKey the wave, or `playbook|` and the playbook, which may have the same name, or `access|` for accesses refused; RowKey the instant (13
 * digits) and a digest of the entry: one action, one row; of accesses refused, the hour: the same ones of an hour, one row.
 */
export const audit = table(
  'Audit',
  {
    subject: needed(text('the wave or playbook')),
    key: needed(text('instant and digest')),
    at: needed(time('when')),
    who: needed(text('the operator, as told or as authenticated')),
    action: needed(text('what was done')),
    why: text('the reason given'),
    details: json<unknown>('what it concerned'),
    times: int('of refused accesses: how often in its hour; `at` is the last one'),
  },
  row => {
    if (row.action === 'refuse-access') return refusedAccesses
    return ['playbook', 'order', 'book', 'unbook'].includes(row.action) ? playbookAudit(row.subject) : keyPart(row.subject)
  },
  row => row.key,
)

/**
 * Forecasts. PartitionKey the pair of servers, RowKey the wave: what was forecast when it began, and what then happened. What later
 * forecasts know of the pair is summed over its rows, so nothing is counted twice.
 */
export const forecasts = table(
  'Forecasts',
  {
    pair: needed(text('source and target, `host:port>host:port`')),
    wave: needed(text('its wave')),
    playbook: needed(text('the playbook it follows')),
    madeAt: needed(time('when the wave began')),
    p50At: time('when the first copy was thought to have ended, as likely sooner as later; absent: no size was known'),
    p90At: time('when it was thought to have ended in nine of ten cases'),
    mailboxes: int('mailboxes in the forecast'),
    messages: long('their messages, as known then'),
    bytes: long('their bytes, as known then'),
    measured: int('mailboxes measured before, over the same pair of servers'),
    endedAt: time('when the first copy had ended; absent: not yet'),
    bias: json<number>('time it took over time forecast (P50); above 1: it took longer'),
    learned: json<Learned>('what its mailboxes teach: ratios of measured to assumed time, as sums'),
  },
  row => keyPart(row.pair),
  row => keyPart(row.wave),
)

/**
 * Slots: the dates that coordinators choose from. PartitionKey the playbook, RowKey the day. Whoever stands on two dates, because a move was cut
 * short, stands on the one that was booked last.
 */
export const slots = table(
  'Slots',
  {
    playbook: needed(text('its playbook')),
    day: needed(text('the date, YYYY-MM-DD')),
    bookings: needed(json<Booking[]>('who stands on it')),
  },
  row => keyPart(row.playbook),
  row => row.day,
)

/** Passwords. PartitionKey the wave, RowKey the address, or `*number` for an archive’s. What is sealed is removed once it was handed over. */
export const passwords = table(
  'Passwords',
  {
    wave: needed(text('its wave')),
    address: needed(text('its mailbox, or * and a number for an archive')),
    playbook: needed(text('the playbook it follows')),
    playbookVersion: needed(int('the version of that playbook')),
    number: needed(int('1 for the first password, then one more with each that is made anew')),
    state: needed(
      text<PasswordState>('sealed: not set at the target yet; set: it is; opened: shown once; expired: nobody opened it in time'),
    ),
    salt: text('what its key, link and code are derived from; absent: destroyed'),
    sealed: text('the password, AES-256-GCM; absent: destroyed'),
    madeAt: needed(time('when it was made')),
    setAt: time('when the target was seen to have it'),
    toldAt: time('when its link was made: its life and its reminder count from then'),
    resets: flag('the account was there before: the target is to be told of it'),
    link: text('SHA-256 of the link’s token; absent: there is no link'),
    startsAt: time('a temporary pass: it lets nobody in before this'),
    expiresAt: time('when what is sealed is destroyed, opened or not'),
    openedAt: time('when it was shown'),
    wrong: needed(int('wrong codes given; after five it opens for nobody')),
    handedOut: needed(int('how often it was part of a bundle that was fetched')),
    nudgedAt: time('when its reader was reminded'),
    dueAt: time('when it is looked at again'),
  },
  row => keyPart(row.wave),
  row => keyPart(row.address),
)

/** Links that show something once. PartitionKey `once`, RowKey the SHA-256 of the token. */
export const links = table(
  'Links',
  {
    hash: needed(text('SHA-256 of the token')),
    wave: needed(text('the wave of what it shows')),
    address: needed(text('the row of Passwords that it shows')),
    number: needed(int('which of its passwords: a link of an earlier one shows nothing')),
    at: needed(time('when it was made')),
  },
  () => 'once',
  row => row.hash,
)

/** Inventories: how a mailbox was found at the source. PartitionKey the wave, RowKey the address. */
export const inventories = table(
  'Inventories',
  {
    wave: needed(text('its wave')),
    address: needed(text('its mailbox')),
    at: needed(time('when it was looked at')),
    measured: json<Measured>('sizes, counts and dates; absent: it could not be opened'),
    error: json<Trouble>('why it could not be opened'),
    room: json<RoomThere>('the quota of the new mailbox; absent: it could not be asked, or its server does not tell'),
    items: json<ItemsAhead>('calendars and contacts at the old server, where they are copied; absent: not looked into'),
    itemsError: json<Trouble>('why these could not be looked into'),
  },
  row => keyPart(row.wave),
  row => keyPart(row.address),
)

/**
 * Answers: what an entity said of its mailboxes, version by version. PartitionKey the wave, RowKey entity and version. The row comes last:
 * an answer whose row is not there was never given.
 */
export const answers = table(
  'Answers',
  {
    wave: needed(text('its wave')),
    entity: needed(text('the entity, or the domain where the playbook names none')),
    version: needed(int('1 for its first answer')),
    at: needed(time('when it was taken')),
    who: needed(text('who sent it')),
    digest: needed(text('SHA-256 of all that was said, in order of address: the key of its lines')),
    lines: needed(int('how many mailboxes it speaks of')),
    seal: needed(text('SHA-256 over wave, entity, version, time, person, digest and the seal of the version before')),
  },
  row => keyPart(row.wave),
  row => answerKey(row.entity, row.version),
)

/** AnswerLines: what an answer said of one mailbox. PartitionKey wave and the answer's digest, RowKey the address. */
export const answerLines = table(
  'AnswerLines',
  {
    wave: needed(text('its wave')),
    digest: needed(text('the answer’s digest')),
    address: needed(text('its mailbox')),
    said: needed(json<Said>('what was said')),
  },
  row => answerPartition(row),
  row => keyPart(row.address),
)

/** Landings. PartitionKey the wave, RowKey the address: what a look ahead into a mailbox says would not land as it is. */
export const landings = table(
  'Landings',
  {
    ...life<ScanState>(),
    wave: needed(text('its wave')),
    address: needed(text('its mailbox')),
    playbook: needed(text('the playbook it follows')),
    playbookVersion: needed(int('the version of that playbook')),
    waitsFor: text('what it waits for now, in words'),
    scannedAt: time('when the look was ended'),
    folders: int('folders looked into'),
    messages: int('messages in them'),
    bytes: long('their bytes'),
    presumed: flag('the target mailbox was not there: what it takes is what its kind is known for'),
    findings: json<Finding[]>('what would not land as it is, by kind'),
    seen: bytes('by folder what was looked at and found, UID by UID; packed by shared/landing/seen.ts'),
  },
  row => keyPart(row.wave),
  row => keyPart(row.address),
)

/** Returns. PartitionKey the wave, RowKey the address: how far a mailbox was read to which undeliverable notices come back. */
export const returns = table(
  'Returns',
  {
    ...life<ReturnsState>(),
    wave: needed(text('its wave')),
    address: needed(text('the mailbox, which is the envelope sender of notices')),
    entity: text('the entity whose channels name it; absent: the playbook’s own'),
    playbook: needed(text('the playbook it follows')),
    playbookVersion: needed(int('the version of that playbook')),
    uidValidity: text('UIDVALIDITY of its INBOX when it was last read'),
    lastUid: int('the last UID that was dealt with under it'),
    readAt: time('when it was last read to its end'),
    unreadable: int('mails in it that a server wrote and that could not be understood'),
  },
  row => keyPart(row.wave),
  row => keyPart(row.address),
)

/** LedBacks. PartitionKey the wave, RowKey the address: whether new mail that had been led over by itself arrives at the old server again. */
export const ledBacks = table(
  'LedBacks',
  {
    ...life<LedBackState>(),
    wave: needed(text('its wave')),
    address: needed(text('its mailbox')),
    askedAt: needed(time('when it was first to be asked')),
    probes: json<Probes>('letters that were sent since the roll-back to see where its new mail arrives'),
    probeAt: needed(time('when the next such letter is due')),
    waitsFor: text('what it waits for now, in words'),
    provedAt: time('when a letter was found at the old server'),
    leftTo: text('the wave that leads it over by now, so that nobody asks any more'),
  },
  row => keyPart(row.wave),
  row => keyPart(row.address),
)

/** Orders: which wave comes when, by what its people do in Teams. PartitionKey `order`, RowKey the playbook. */
export const orders = table(
  'Orders',
  {
    playbook: needed(text('whose waves they are')),
    proposed: json<Ranking>('what was reckoned last and nobody has put into force yet'),
    inForce: json<Ranking>('what waves follow'),
  },
  () => 'order',
  row => keyPart(row.playbook),
)

/** Tenants: how the target’s tenant was found ahead of a wave. PartitionKey `tenant`, RowKey the wave. */
export const tenants = table(
  'Tenants',
  {
    wave: needed(text('its name')),
    at: needed(time('when the tenant was looked at')),
    seen: needed(json<TenantSeen>('its domains, licences that are left, addresses that something else has, what was not read')),
  },
  () => 'tenant',
  row => keyPart(row.wave),
)

/** All tables, by the names under which a store has them. */
export const tables = {
  playbooks,
  waves,
  mailboxes,
  folders,
  chunks,
  domains,
  notices,
  audit,
  passwords,
  links,
  forecasts,
  steps,
  slots,
  inventories,
  answers,
  answerLines,
  landings,
  noticeBodies,
  acknowledgements,
  pages,
  paces,
  returns,
  ledBacks,
  orders,
  tenants,
}

/** All queues with their poison queues. */
export const queues = queueNames
export const poisonQueues = queueNames.map(name => `${name}-poison` as const)

export type PlaybookRow = RowOf<typeof playbooks.columns>
export type WaveRow = RowOf<typeof waves.columns>
export type MailboxRow = RowOf<typeof mailboxes.columns>
export type FolderRow = RowOf<typeof folders.columns>
export type ChunkRow = RowOf<typeof chunks.columns>
export type DomainRow = RowOf<typeof domains.columns>
export type NoticeRow = RowOf<typeof notices.columns>
export type NoticeBodyRow = RowOf<typeof noticeBodies.columns>
export type PageRow = RowOf<typeof pages.columns>
export type StepRow = RowOf<typeof steps.columns>
export type SlotRow = RowOf<typeof slots.columns>
export type AuditRow = RowOf<typeof audit.columns>
export type PasswordRow = RowOf<typeof passwords.columns>
export type InventoryRow = RowOf<typeof inventories.columns>
export type AnswerRow = RowOf<typeof answers.columns>
export type LandingRow = RowOf<typeof landings.columns>
export type ReturnsRow = RowOf<typeof returns.columns>
export type LedBackRow = RowOf<typeof ledBacks.columns>
export type OrderRow = RowOf<typeof orders.columns>
export type TenantRow = RowOf<typeof tenants.columns>
export type ForecastRow = RowOf<typeof forecasts.columns>

/** Who has a page on which he answers for mailboxes. */
export type Caring = 'coordinator' | 'technical-manager'
export type PasswordState = 'sealed' | 'set' | 'opened' | 'expired'
export type Verdict = 'complete' | 'complete-with-exceptions' | 'incomplete'

/** The keys of a stored version of a playbook; without a version, of the newest. */
export function playbookKey(name: string, version?: number): [string, string] {
  return [keyPart(name), version === undefined ? 'current' : String(version).padStart(6, '0')]
}

/** The row key of a version of an entity's answer: versions sort by number. */
export function answerKey(entity: string, version: number): string {
  return `${keyPart(entity)}|${String(version).padStart(6, '0')}`
}

/** The partition of an answer's lines. */
export function answerPartition({ wave, digest }: { wave: string; digest: string }): string {
  return `${keyPart(wave)}|${digest}`
}

/** The partition of the audit of a playbook, whose name a wave may have too. */
export function playbookAudit(name: string): string {
  return `playbook|${keyPart(name)}`
}

/** The partition of the audit of accesses that were refused, whatever they asked for. */
export const refusedAccesses = 'access|'

/** The partition of a mailbox's folders and chunks. */
export function mailboxKey({ wave, address }: { wave: string; address: string }): string {
  return `${keyPart(wave)}|${keyPart(address)}`
}

/** A key as it is, or, where it is longer than a key may be (1 KiB of UTF-16), its beginning and a digest of the whole. */
function fitting(key: string): string {
  return key.length <= 512 ? key : `${key.slice(0, 440)}|${createHash('sha256').update(key).digest('hex')}`
}

/** A folder's row key: 32 hex digits of the SHA-256 of its source path, since paths may be longer than a key and hold anything. */
export function folderKey(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 32)
}

/** A chunk's row key; UIDs zero-padded so that rows sort by folder, then UID. */
export function chunkKey(chunk: { folder: string; uidValidity: string; firstUid: number }): string {
  return `${chunk.folder}|${chunk.uidValidity.padStart(10, '0')}|${String(chunk.firstUid).padStart(10, '0')}`
}
