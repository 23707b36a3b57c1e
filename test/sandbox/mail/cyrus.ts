import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Chroot, type Chrooted, freePort } from './chrooted.ts'
import { instanceOf, put, unpacked } from './unpacked.ts'
import { Wire } from './wire.ts'

const owner = 1501

/**
 * Starts a real Cyrus IMAP: namespace `INBOX.`, CONDSTORE and QRESYNC. `proxy` may act for everybody by the authorization identity of SASL
 * PLAIN, and by that of its own login for calendars. `users`: passwords by address, all of one domain. `dav`: where it serves calendars and address books.
 */
export async function startCyrus(
  users: Readonly<Record<string, string>>,
  proxy: { user: string; password: string },
): Promise<Chrooted & { dav: string }> {
  const dir = instanceOf(
    unpacked('cyrus', ['cyrus-imapd', 'cyrus-caldav', 'sasl2-bin', 'libsasl2-modules', 'libsasl2-modules-db']),
  )
  const chroot = new Chroot(dir)
  const domain = Object.keys(users)[0]?.split('@')[1] ?? 'town.example'
  const [port, davPort] = [await freePort(), await freePort()]
  put(dir, 'etc/passwd', `root:x:0:0::/root:/\nnobody:x:65534:65534::/:/\ncyrus:x:${owner}:${owner}::/var/lib/cyrus:/\n`)
  put(dir, 'etc/group', `root:x:0:\nmail:x:${owner}:\nnogroup:x:65534:\n`)
  put(dir, 'etc/imapd.conf', settings(domain, proxy.user))
  put(dir, 'etc/cyrus.conf', services(port, davPort))
  const admin = { user: 'cyrus', password: 'admin-secret' }
  const accounts = Object.entries(users).map(([address, password]) => ({ user: address.split('@')[0] ?? '', password }))
  for (const { user, password } of [...accounts, proxy, admin])
    execFileSync('chroot', [dir, '/usr/sbin/saslpasswd2', '-p', '-c', '-u', domain, '-f', '/etc/sasldb2', user], {
      input: password,
      stdio: ['pipe', 'ignore', 'pipe'],
    })
  const own = ['var/lib/cyrus', 'var/spool/cyrus', 'run/cyrus/socket'].map(folder => join(dir, folder))
  for (const folder of own) mkdirSync(folder, { recursive: true })
  execFileSync('chown', ['-R', `${owner}:${owner}`, ...own, join(dir, 'run/cyrus'), join(dir, 'etc/sasldb2')])
  chroot.start(['/usr/lib/cyrus/bin/master', '-D', '-C', '/etc/imapd.conf', '-M', '/etc/cyrus.conf', '-p', '/run/cyrus/pid'])
  await chroot.greets(port)
  const wire = await Wire.open({ host: '127.0.0.1', port, user: `${admin.user}@${domain}`, pass: admin.password })
  for (const { user } of accounts) await wire.must(`CREATE user.${user}`)
  wire.close()
  return { host: '127.0.0.1', port, dav: `http://127.0.0.1:${davPort}/`, stop: () => chroot.stop() }
}

const settings = (domain: string, proxy: string) => `
configdirectory: /var/lib/cyrus
partition-default: /var/spool/cyrus
defaultpartition: default
admins: cyrus
proxyservers: ${proxy}
virtdomains: userid
defaultdomain: ${domain}
servername: ${domain}
altnamespace: 0
unixhierarchysep: 0
allowplaintext: yes
munge8bit: no
skiplist_unsafe: 1
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: /etc/sasldb2
sasl_mech_list: PLAIN
idlesocket: /run/cyrus/socket/idle
notifysocket: /run/cyrus/socket/notify
httpmodules: caldav carddav
`

const services = (port: number, dav: number) => `
START {
  recover cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -r"
}
SERVICES {
  imap cmd="/usr/lib/cyrus/bin/imapd -U 30" listen="127.0.0.1:${port}" prefork=0 maxchild=100
  http cmd="/usr/lib/cyrus/bin/httpd -U 30" listen="127.0.0.1:${dav}" prefork=0 maxchild=20
}
EVENTS {
}
`
