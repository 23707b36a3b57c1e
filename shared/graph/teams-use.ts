import type { TeamsUse } from '../calendar/ranking.ts'
import { Failure, Refusal } from '../errors.ts'
import { csvRows } from '../intake/csv.ts'
import type { Graph } from './client.ts'

const during = 'reading what people did in Teams'

/** What counts as one act. Posts and replies are among the channel messages already, and meetings attended among the meetings. */
const counted = ['team chat message count', 'private chat message count', 'call count', 'meeting count']

/** Microsoft's report of the last thirty days, by sign-in name; deleted accounts are left out. Needs Reports.Read.All. */
export async function teamsUse(graph: Graph): Promise<TeamsUse> {
  const report = "reports/getTeamsUserActivityUserDetail(period='D30')"
  const [head = [], ...rows] = read(await graph.report(report, { during, permission: 'Reports.Read.All' }))
  const column = (name: string) => head.findIndex(one => one.toLowerCase() === name)
  const [name, until, deleted, ...acts] = ['user principal name', 'report refresh date', 'is deleted', ...counted].map(column)
  if (name === undefined || name < 0 || until === undefined || acts.some(at => at < 0)) throw other(head)
  const people = rows.filter(row => row[name] && row[deleted ?? -1]?.toLowerCase() !== 'true')
  if (people.length === 0) throw empty()
  if (!people.some(row => row[name]?.includes('@'))) throw concealed()
  const sum = (row: readonly string[]) => acts.reduce((total, at) => total + (Number(row[at]) || 0), 0)
  return { until: people[0]?.[until] ?? '', acts: new Map(people.map(row => [row[name]?.toLowerCase() ?? '', sum(row)])) }
}

/** A file that was cut off on its way is read again later. */
function read(bytes: Buffer): string[][] {
  try {
    return csvRows(bytes, undefined)
  } catch (error) {
    if (error instanceof Refusal) throw other([])
    throw error
  }
}

function other(head: readonly string[]): Failure {
  return new Failure({
    verdict: 'transient',
    during,
    code: 'UnexpectedAnswer',
    text: `the report has other columns than described: ${head.slice(0, 5).join(', ')}`,
    hint: 'It is tried again by itself. If it stays: list the waves in their order under sequence.waves instead.',
  })
}

function concealed(): Failure {
  return new Failure({
    verdict: 'permanent',
    during,
    code: 'CONCEALED-NAMES',
    text: 'the report has made-up names in place of people’s',
    hint:
      'Microsoft 365 admin centre, Settings, Org settings, Reports: uncheck “Display concealed user, group, and site names in all reports”, wait some minutes, ' +
      'reckon the order, check it again. Or list the waves in their order under sequence.waves.',
  })
}

function empty(): Failure {
  return new Failure({
    verdict: 'permanent',
    during,
    code: 'EMPTY-REPORT',
    text: 'the report names nobody',
    hint: 'Microsoft shows people two days after they used Teams. Wait, or list the waves in their order under sequence.waves; then release.',
  })
}
