import type { Action } from '../answers.ts'
import { enNames } from './names-en.ts'

const of = (n: number, one: string, many: string) => (n === 1 ? one : many)

/** What an action is about, for the sentence that says what it will do: how many mailboxes, of which wave; `all`: the whole wave. */
export type Scope = { all: boolean; n: number; count: string; wave: string }

const mailboxesOf = ({ all, n, count, wave }: Scope) =>
  all
    ? `wave ${wave} with all its ${count} ${of(n, 'mailbox', 'mailboxes')}`
    : `${count} ${of(n, 'mailbox', 'mailboxes')} of wave ${wave}`

/** Every text of the page. The other languages have the same shape. */
export const en = {
  name: 'English',
  skip: 'Skip to the content',
  language: 'Language',
  colon: ': ',
  waves: 'Waves',
  close: 'Close',
  loading: 'Asking the server …',
  asOf: (time: string) => `As of ${time}`,
  every: (seconds: string) => `asks every ${seconds} s`,
  zone: (zone: string) => `Times are those of ${zone}.`,
  lost: (since: string, asOf: string) =>
    `The server has not answered since ${since}. What stands here is from ${asOf}. The page goes on asking.`,
  lostFromStart: 'The server cannot be reached. The page goes on asking.',
  trouble: 'The server answered with an error:',
  signIn: {
    title: 'Sign in',
    lead: 'This page holds no data. With the host key it reads the API of this installation and nothing else.',
    key: 'Host key',
    keyHint: 'On Azure: Function App, “App keys”. Locally: FUNCTIONS_HOST_KEY, or the file .releve/host-key.',
    enter: 'Show the waves',
    wrong: 'This key is wrong. Nothing was shown. Check it and try again.',
    forget: 'Forget the key',
    kept: 'It is kept in this tab only, until the tab is closed.',
  },
  ...enNames,
  headline: {
    planned: 'Not begun yet.',
    preparing: (done: string, total: string) => `The first copy is under way: ${done} of ${total} mailboxes have had theirs.`,
    ready: 'Every mailbox is copied once. What is left is the cutover.',
    cuttingOver: 'New mail is being turned to the new server.',
    finishing: (done: string, total: string) =>
      `Switched. The last mail is being copied and compared: ${done} of ${total} mailboxes are completed.`,
    closing: 'Every mailbox is settled; the verdict is being computed.',
    rollingBack: 'The old MX is being put back.',
    rolledBack: 'Rolled back: new mail goes to the old server again. What was copied stays where it is.',
    held: 'On hold: nothing moves until somebody releases it.',
    cancelled: 'Cancelled. What was copied stays where it is.',
    complete: (arrived: string, n: number, left: string) =>
      n === 0
        ? `Complete: all ${arrived} messages have arrived as they were.`
        : `Complete: all ${arrived} messages have arrived as they were; ${left} ${of(n, 'was', 'were')} left behind by rule or by ${of(n, 'its owner', 'their owners')}.`,
    exceptions: (arrived: string, n: number, count: string) =>
      `Complete with exceptions: ${arrived} messages have arrived as they were, ${count} ${of(n, 'has', 'have')} not. The exceptions say which and what to do.`,
    incomplete: 'Incomplete: something is missing. The reasons stand below.',
    stuck: (n: number, count: string) => `${count} ${of(n, 'mailbox needs', 'mailboxes need')} somebody.`,
    stuckDomains: (n: number, count: string) => `${count} ${of(n, 'domain needs', 'domains need')} somebody.`,
    calm: 'Nothing needs you.',
  },
  list: {
    none: 'There is no wave yet. Send a playbook (PUT /api/playbooks/…), then a wave (POST /api/waves).',
    calm: (running: number, count: string) =>
      running === 0
        ? 'Nothing is running, and nothing needs you.'
        : `${count} ${of(running, 'wave is', 'waves are')} running, and nothing needs you.`,
    needs: (n: number, count: string) => `${count} ${of(n, 'wave needs', 'waves need')} somebody:`,
    caption: 'All waves, the newest first',
    wave: 'Wave',
    state: 'State',
    progress: 'Progress',
    mailboxes: 'Mailboxes',
    messages: 'Messages',
    size: 'Size',
    next: 'What comes next',
    day: 'Day',
    heldOf: (held: string, total: string) => `${held} of ${total} held`,
  },
  wave: {
    overview: 'Overview',
    exceptions: 'Exceptions',
    steps: 'Where it stands',
    why: 'Why the verdict is not “complete”',
    figures: 'Figures',
    messages: 'Messages',
    mailboxes: 'Mailboxes',
    bytes: 'Size',
    messagesOf: (settled: string, found: string) => `Messages: ${settled} of ${found}`,
    settledOf: (settled: string, found: string) => `${settled} of ${found}`,
    copied: (_n: number, count: string) => `${count} copied`,
    adopted: (_n: number, count: string) => `${count} already there`,
    excepted: (n: number, count: string) => `${count} ${of(n, 'exception', 'exceptions')}`,
    waitsFor: 'Waits for',
    forecast: 'First copy ends',
    forecastAt: (time: string, rate: string) => `about ${time}, at ${rate}/s`,
    playbook: 'Playbook',
    version: (name: string, version: string) => `${name}, version ${version}`,
    day: 'Day',
    began: 'Began',
    switched: 'Switched',
    closed: 'Closed',
    enqueued: 'Enqueued',
    report: 'Report',
    reportAs: (format: string) => `Report as ${format}`,
    saved: (name: string) => `${name} is among your downloads.`,
    domains: 'Domains',
    domain: 'Domain',
    before: 'MX before',
    wanted: 'MX wanted',
    answers: 'What each name server answers',
    notAsked: 'not asked yet',
    unknown: 'not read yet',
  },
  chart: {
    title: 'Messages per second',
    waiting: 'The chart begins in a few seconds.',
    now: (now: string, mean: string, most: string, span: string) =>
      `now ${now}, mean ${mean}, peak ${most}, over the last ${span}`,
  },
  boxes: {
    title: 'Mailboxes',
    search: 'Search an address',
    states: 'Show',
    all: 'All',
    trouble: 'Trouble',
    order: 'Order',
    orders: {
      trouble: 'Trouble first',
      address: 'By address',
      progress: 'Least progress first',
      size: 'Largest first',
      exceptions: 'Most exceptions first',
    },
    caption: (shown: string) => `Mailboxes: ${shown} shown`,
    pick: 'Pick',
    pickAll: (count: string) => `Pick all ${count} that are shown`,
    pickOne: (address: string) => `Pick ${address}`,
    picked: (n: number, count: string) => `${count} ${of(n, 'mailbox', 'mailboxes')} picked`,
    unpick: 'Pick none',
    address: 'Address',
    state: 'State',
    progress: 'Progress',
    messages: 'Messages',
    size: 'Size',
    exceptions: 'Exceptions',
    note: 'What is wrong, or awaited',
    since: 'For',
    again: (time: string) => `Tries again at ${time}.`,
    none: 'No mailbox matches. Clear the search or show all.',
    range: (from: string, to: string, total: string) => `${from} to ${to} of ${total}`,
    before: 'Previous page',
    after: 'Next page',
  },
  box: {
    retryAt: (time: string) => `It is tried again at ${time}; nobody has to do anything.`,
    heldNote: 'It is held: it goes on when somebody releases it.',
    folders: 'Folders',
    folder: 'Folder',
    target: (path: string) => `at the target: ${path}`,
    compared: 'Compared',
    alike: 'Alike',
    same: (n: string, at: string) => `${n} on both sides, ${at}`,
    differs: (n: number, count: string) => `${count} ${of(n, 'differs', 'differ')}`,
    sides: (source: string, target: string, at: string) => `${source} at the source, ${target} at the target, ${at}`,
    newer: (n: string) => `${n} newer at the target`,
    not: 'not yet',
    expunged: (n: string) => `${n} deleted at the source since`,
    notices: 'Notices',
    notice: 'Notice',
    to: 'To',
    subject: 'Subject',
    when: 'When',
    history: 'History',
    noHistory: 'Nothing has happened to it yet.',
    noNotices: 'None so far.',
    noFolders: 'Its folders have not been listed yet.',
    none: 'None.',
    late: (passes: string, empty: string) =>
      `Late mail: looked ${passes} times since the switch, the last ${empty} found nothing.`,
  },
  exceptions: {
    lead: 'Every message that did not arrive as it was. The originals stay at the old server.',
    none: 'None: every message so far has arrived as it was.',
    caption: (count: string) => `Exceptions: ${count}`,
    mailbox: 'Mailbox',
    folder: 'Folder',
    message: 'Message',
    outcome: 'What happened',
    remedy: 'What to do',
    uid: (uid: string) => `UID ${uid}`,
  },
  act: {
    title: 'Actions',
    names: {
      hold: 'Hold',
      release: 'Release',
      retry: 'Retry',
      approve: 'Approve',
      reschedule: 'Reschedule',
      cancel: 'Cancel the migration',
      rollback: 'Roll back',
    } satisfies Record<Action, string>,
    does: {
      hold: scope =>
        `Puts on hold: ${mailboxesOf(scope)}. Work under way stops at the next safe point; nothing is lost, and a release goes on from there.`,
      release: scope => `Releases ${mailboxesOf(scope)}: what is held goes back to where it was held and goes on at once.`,
      retry: scope =>
        `Tries again in ${mailboxesOf(scope)}: every mailbox that is held by an error goes on from where it stopped. What was copied is not copied again.`,
      approve: ({ wave }) =>
        `Records your approval for wave ${wave}. If the wave waited for it and its hour has come, the cutover begins at once.`,
      reschedule: ({ wave }) => `Moves the day of wave ${wave}; every step of its calendar is computed again from the new day.`,
      cancel: scope =>
        `Cancels ${mailboxesOf(scope)}, for good: no more mail is copied. What was copied stays at the target, the old server stays as it is. It cannot be undone.`,
      rollback: ({ wave }) =>
        `Puts back the old MX of every domain of wave ${wave}: new mail goes to the old server again. Mail that has reached the new server stays there. It cannot be undone from here.`,
    } satisfies Record<Action, (scope: Scope) => string>,
    who: 'Your name, for the audit',
    why: 'Reason, for the audit',
    whyHint: 'At least 3 characters; it is kept with the action.',
    day: 'New day',
    step: 'What is approved',
    stepNames: { cutover: 'The cutover', confirm: 'The date (confirmation)' },
    type: (wave: string) => `To confirm, type the wave’s name: ${wave}`,
    mistyped: 'This is not the wave’s name.',
    dismiss: 'Do nothing',
    confirm: (action: string, scope: Scope) =>
      scope.all ? `${action}: wave ${scope.wave}` : `${action}: ${scope.count} ${of(scope.n, 'mailbox', 'mailboxes')}`,
    done: (action: string, n: number, count: string) => `${action}: done, ${count} ${of(n, 'row', 'rows')} changed.`,
    nothing: (action: string) => `${action}: accepted; there was nothing to change.`,
    failed: 'Nothing was changed.',
    unanswered: 'The server did not answer, so it is not known whether this was done. Doing it again does no harm.',
  },
  changed: {
    state: (wave: string, state: string) => `Wave ${wave}: ${state}.`,
    stuck: (n: number, count: string) => `${count} more ${of(n, 'mailbox is', 'mailboxes are')} held.`,
    lost: 'The server does not answer.',
    back: 'The server answers again.',
  },
}

export type Texts = typeof en
