import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../dns/child.ts'

/** What a calendar or an address book holds, by the names of its entries. */
export type Shelf = { tag: 'VCALENDAR' | 'VADDRESSBOOK'; name: string; components?: string; entries: Record<string, string> }

/** Radicale with people of its own. `url`: its root. `put`: what lies in a calendar or book of somebody from now on. */
export type Radicale = {
  url: string
  pid: number
  put(user: string, path: string, shelf: Shelf): Promise<void>
  stop(): Promise<void>
}

/** Everybody may do all in his own home; `admin` may read in every one. Radicale 3.1.8 of Debian; only a free port. */
export async function startRadicale({
  dir,
  users,
  admin,
}: {
  dir: string
  users: Record<string, string>
  admin: { user: string; password: string }
}): Promise<Radicale> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/`
  const logins = { ...users, [admin.user]: admin.password }
  writeFileSync(
    `${dir}/users`,
    Object.entries(logins)
      .map(([user, password]) => `${user}:${password}\n`)
      .join(''),
    { mode: 0o600 },
  )
  writeFileSync(`${dir}/rights`, rights(admin.user))
  writeFileSync(`${dir}/config`, config(dir, port))
  const log = `${dir}/radicale.log`
  const out = openSync(log, 'w')
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'radicale', '--config', `${dir}/config`], {
    stdio: ['ignore', out, out],
  })
  closeSync(out)
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()).once('error', () => resolve()))
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
  }
  try {
    await untilReady(child, url)
  } catch (error) {
    await stop()
    throw new Error(`radicale did not come up at ${url}:\n${readFileSync(log, 'utf8').split('\n').slice(-15).join('\n')}`, {
      cause: error,
    })
  }
  return {
    url,
    pid: child.pid ?? 0,
    stop,
    async put(user, path, shelf) {
      const headers = { authorization: `Basic ${Buffer.from(`${user}:${users[user]}`).toString('base64')}` }
      const at = new URL(`${encodeURIComponent(user)}/${path}/`, url)
      const make = await fetch(at, { method: 'MKCOL', headers, body: mkcol(shelf) })
      await make.text()
      for (const [name, body] of Object.entries(shelf.entries)) {
        const type = shelf.tag === 'VCALENDAR' ? 'text/calendar' : 'text/vcard'
        const put = await fetch(new URL(name, at), { method: 'PUT', headers: { ...headers, 'content-type': type }, body })
        if (!put.ok) throw new Error(`${name} was not taken: ${put.status} ${await put.text()}`)
        await put.text()
      }
    },
  }
}

function config(dir: string, port: number): string {
  const sections = {
    server: { hosts: `127.0.0.1:${port}` },
    auth: { type: 'htpasswd', htpasswd_filename: `${dir}/users`, htpasswd_encryption: 'plain', delay: 0 },
    rights: { type: 'from_file', file: `${dir}/rights` },
    storage: { filesystem_folder: `${dir}/collections` },
    web: { type: 'none' },
  }
  return Object.entries(sections)
    .map(
      ([name, keys]) =>
        `[${name}]\n${Object.entries(keys)
          .map(([key, value]) => `${key} = ${value}\n`)
          .join('')}`,
    )
    .join('\n')
}

function rights(admin: string): string {
  return [
    `[admin]\nuser: ${admin}\ncollection: .*\npermissions: Rr`,
    '[root]\nuser: .+\ncollection:\npermissions: R',
    '[principal]\nuser: .+\ncollection: {user}\npermissions: RW',
    '[own]\nuser: .+\ncollection: {user}/[^/]+\npermissions: rw',
    '',
  ].join('\n\n')
}

function mkcol({ tag, name, components = 'VEVENT VTODO' }: Shelf): string {
  const isCalendar = tag === 'VCALENDAR'
  const type = isCalendar ? '<C:calendar/>' : '<CR:addressbook/>'
  const set = components.split(' ').map(one => `<C:comp name="${one}"/>`)
  const holds = isCalendar ? `<C:supported-calendar-component-set>${set.join('')}</C:supported-calendar-component-set>` : ''
  return `<?xml version="1.0" encoding="utf-8"?>
<mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:CR="urn:ietf:params:xml:ns:carddav"><set><prop>
<resourcetype><collection/>${type}</resourcetype><displayname>${name}</displayname>${holds}</prop></set></mkcol>`
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  for (const until = Date.now() + 20_000; ; await pause(50)) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer) return void (await answer.text())
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) throw new Error('it ended')
    if (Date.now() > until) throw new Error('no answer within 20 s')
  }
}
