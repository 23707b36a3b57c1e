import { join } from 'node:path'
import type { Place } from './place.ts'

/** One folder that the server names: its path by segments, its role, and whether it is there before anybody makes it. */
export type NamedFolder = { path: readonly string[]; specialUse?: string; always?: boolean }

/** The account that may open every mailbox, as `user*master`, or as the authentication id of SASL PLAIN. */
export type Master = { user: string; password: string; separator: string }

/** What distinguishes one Dovecot from another. `old`: maildir, `.` between folders. `new`: sdbox, `/` between folders. */
export type DovecotShape = {
  layout: 'old' | 'new'
  /** The mailboxes there are, or `any`: every name is a mailbox. A listed set refuses every other name. */
  users: readonly string[] | 'any'
  /** The password of every mailbox that has none of its own. */
  password: string
  /** Passwords of single mailboxes, by address; only with listed users. */
  passwords?: Readonly<Record<string, string>>
  master: Master
  /** A personal namespace other than the root: `INBOX.`. */
  prefix?: string
  folders?: readonly NamedFolder[]
  /** Bytes that one mailbox may hold; none unless given. */
  quotaBytes?: number
  /** Connections that one user may have from one address; 0 (which is the default) is no limit. */
  maxConnectionsPerUser?: number
  /** What CAPABILITY says after the sign-in, to play a server that has less (`IMAP4rev1 UIDPLUS`); what it can do stays the same. */
  capability?: string
}

/** The whole of `dovecot.conf`: loopback only, nothing outside the place's root, fit for a thousand mailboxes at once. */
export function dovecotConfig(place: Place, shape: DovecotShape, ports: { imap: number; lmtp: number }): string {
  const asRoot = place.owner.user === 'nobody'
  const internal = asRoot ? 'dovecot' : place.owner.user
  const separator = shape.layout === 'old' ? '.' : '/'
  const location = shape.layout === 'old' ? 'maildir:~/Maildir' : 'sdbox:~/sdbox'
  const quota = shape.quotaBytes === undefined ? '' : quotaSettings(shape.quotaBytes)
  return `
base_dir = ${place.root}/run
state_dir = ${place.root}/run
log_path = ${place.root}/dovecot.log
instance_name = ${shape.layout}-${ports.imap}
listen = 127.0.0.1
protocols = imap lmtp
ssl = no
disable_plaintext_auth = no
default_internal_user = ${internal}
default_internal_group = ${asRoot ? 'dovecot' : place.owner.group}
default_login_user = ${asRoot ? 'dovenull' : place.owner.user}
default_process_limit = 4000
default_client_limit = 20000
default_vsz_limit = 1G
first_valid_uid = 1
first_valid_gid = 1
mail_uid = ${place.owner.uid}
mail_gid = ${place.owner.gid}
mail_home = ${place.root}/homes/%Lu
mail_location = ${location}
mail_fsync = never
mail_max_userip_connections = ${shape.maxConnectionsPerUser ?? 0}
mailbox_list_index = yes
auth_mechanisms = plain login
auth_master_user_separator = ${shape.master.separator}
auth_username_format = %Lu
auth_failure_delay = 0
auth_cache_size = 0
postmaster_address = postmaster@mail.example
hostname = mail.example
lda_mailbox_autocreate = yes
lmtp_save_to_detail_mailbox = no
recipient_delimiter =
${shape.capability === undefined ? '' : `imap_capability = ${shape.capability}\n`}
namespace inbox {
  inbox = yes
  separator = ${separator}
  prefix = ${shape.prefix ?? ''}
${(shape.folders ?? []).map(folder => mailboxBlock(folder, separator)).join('')}}

passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%Lu ${masterFile(place)}
  master = yes
  result_success = continue
}
${shape.users === 'any' ? anyUser(place, shape.password) : listedUsers(place)}
service imap-login {
  service_count = 0
  process_min_avail = 2
  process_limit = 8
  client_limit = 8000
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = 0
  }
}
service imap {
  process_limit = 4000
  service_count = 200
}
service lmtp {
  process_limit = 8
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${ports.lmtp}
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service auth {
  unix_listener auth-userdb {
    mode = 0666
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
${quota}`
}

/** The file that lists the mailboxes of a server whose users are listed; Dovecot reads it again when it has changed. */
export const usersFile = (place: Place): string => join(place.root, 'users')

/** The file that holds the master user. */
export const masterFile = (place: Place): string => join(place.root, 'masters')

/** One line of a passwd-file: the name and its clear-text password, which the file's format forbids to hold a colon or a line end. */
export function passwdLine(user: string, password: string): string {
  if (/[:\r\n]/.test(user + password))
    throw new Error(`A sandbox user and its password hold neither colon nor line end (user ${user}).`)
  return `${user.toLowerCase()}:{PLAIN}${password}::::::\n`
}

function mailboxBlock(folder: NamedFolder, separator: string): string {
  const name = folder.path.join(separator).replace(/["\\]/g, character => `\\${character}`)
  const use = folder.specialUse === undefined ? '' : `    special_use = ${folder.specialUse}\n`
  return `  mailbox "${name}" {\n${use}    auto = ${folder.always ? 'subscribe' : 'no'}\n  }\n`
}

const anyUser = (place: Place, password: string) => `
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${place.owner.uid} gid=${place.owner.gid} home=${place.root}/homes/%Lu allow_all_users=yes
}
`

const listedUsers = (place: Place) => `
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%Lu ${usersFile(place)}
}
userdb {
  driver = passwd-file
  args = username_format=%Lu ${usersFile(place)}
  default_fields = uid=${place.owner.uid} gid=${place.owner.gid} home=${place.root}/homes/%Lu
}
`

const quotaSettings = (bytes: number) => `
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = count:User quota
  quota_rule = *:bytes=${bytes}
  quota_vsizes = yes
  quota_grace = 0
}
`
