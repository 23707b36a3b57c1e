import { createHash, randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { type Answer, Problem } from './answers.ts'
import type { Route } from './routes.ts'

/** What the report of Teams says of its people; `concealed`: with made-up names, as a tenant does unless it was told otherwise. */
export type Usage = { people: Person[]; concealed?: boolean }
type Person = { name: string; team?: number; chat?: number; calls?: number; meetings?: number; deleted?: boolean }

const counts = 'Team Chat Message Count,Private Chat Message Count,Call Count,Meeting Count,Post Messages,Reply Messages'
const columns =
  'Report Refresh Date,Tenant Display Name,Shared Channel Tenant Display Names,User Id,User Principal Name,Last Activity Date,Is Deleted,' +
  `Deleted Date,Assigned Products,${counts},Meetings Attended Count,Has Other Action,Is Licensed,Report Period`

/** The usage report of Teams: a call that redirects to a file which opens without a token, once, for five minutes. */
export function reports(usage: Usage, clock: () => number) {
  const at = '/data/download/'
  const made = new Map<string, number>()
  const path = "reports/getTeamsUserActivityUserDetail(period='D30')"
  const route: Route = {
    method: 'GET',
    path,
    permissions: ['Reports.Read.All'],
    run: ({ base }) => {
      const id = randomUUID()
      made.set(`${at}${id}`, clock() + 5 * 60_000)
      return { status: 302, headers: { location: `${base}${at}${id}`, 'content-type': 'text/plain' } }
    },
  }
  const download = (asked: string, headers: IncomingHttpHeaders): Answer => {
    if (headers.authorization) throw new Problem(400, 'InvalidAuthenticationInfo', 'This address bears its own permission.')
    if ((made.get(asked) ?? 0) < clock()) throw new Problem(403, 'AuthenticationFailed', 'The address is not valid any more.')
    const rows = [columns, ...usage.people.map(one => row(one, usage.concealed === true, clock()))]
    return { status: 200, body: `\ufeff${rows.join('\r\n')}\r\n`, headers: { 'content-type': 'application/octet-stream' } }
  }
  return { at, routes: [route], download }
}

function row(person: Person, concealed: boolean, now: number): string {
  const { name, team = 0, chat = 0, calls = 0, meetings = 0, deleted = false } = person
  const day = new Date(now - 2 * 86_400_000).toISOString().slice(0, 10)
  const shown = concealed ? createHash('md5').update(name).digest('hex').toUpperCase() : name
  const id = '00000000-0000-0000-0000-000000000000'
  const done = [team, chat, calls, meetings, team, 0, meetings]
  const gone = deleted ? ['True', day] : ['False', '']
  return [day, '"Police, fédérale"', '', id, shown, day, ...gone, 'OFFICE 365 E3', ...done, 'No', 'Yes', '30'].join(',')
}
