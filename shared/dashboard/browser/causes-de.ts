import type { Sentences } from './sentences.ts'

const remedy = 'say it in the playbook as it was and give the order again; what must differ is a matter for another wave'
const kept =
  'setzen Sie es im Playbook wieder, wie es war, und geben Sie die Anweisung erneut; was anders sein muss, ist Sache einer anderen Welle'

/** What went wrong, as the server says it, in German. */
export const causes: Sentences = {
  'signing in to {host}:{port} as {login}': 'Anmeldung bei {host}:{port} als {login}',
  'speaking with {host}:{port} as {login}': 'Verbindung mit {host}:{port} als {login}',
  'looking at the mailbox {address}': 'Durchsicht des Postfachs {address}',
  '{said}: opening “{path}”': '{said}, Öffnen von „{path}“',
  '{said}: counting “{path}”': '{said}, Zählen von „{path}“',
  '{said}: reading “{path}”': '{said}, Lesen von „{path}“',
  'making folder “{path}”': 'Anlegen des Ordners „{path}“',
  'opening “{path}” of {address}': 'Öffnen von „{path}“ von {address}',
  'looking at the messages of {address}': 'Durchsicht der Nachrichten von {address}',
  'reading the folders of {address}': 'Lesen der Ordner von {address}',
  'writing a message to {address}': 'Schreiben einer Nachricht nach {address}',
  'importing a message to {address}': 'Import einer Nachricht nach {address}',
  'reading what came back to {address}': 'Lesen der Rückläufer an {address}',
  'opening a session with {server}': 'Öffnen einer Verbindung mit {server}',
  'reading secret {secret}': 'Lesen des Geheimnisses {secret}',
  'looking for the account {address}': 'Suche nach dem Konto {address}',
  'looking for the account with the address {address}': 'Suche nach dem Konto mit der Adresse {address}',
  'creating the account {address}': 'Anlegen des Kontos {address}',
  'preparing the account {address}': 'Vorbereitung des Kontos {address}',
  'licensing {address}': 'Lizenzieren von {address}',
  'looking for the mailbox of {address}': 'Suche nach dem Postfach von {address}',
  'looking for the shared mailbox {address}': 'Suche nach dem gemeinsamen Postfach {address}',
  'looking for the alias {address}': 'Suche nach dem Alias {address}',
  'looking for the list {address}': 'Suche nach dem Verteiler {address}',
  'reading the members of the list {address}': 'Lesen der Mitglieder des Verteilers {address}',
  'setting a new password of {address}': 'Setzen eines neuen Kennworts für {address}',
  'looking whether {address} is unchanged': 'Prüfung, ob {address} unverändert ist',
  'going on with {address} where wave “{wave}” ended': 'Weiter mit {address}, wo die Welle „{wave}“ endete',
  'asking whether the tenant has verified {domain}': 'Anfrage, ob der Mandant {domain} überprüft hat',
  'reading the mail records Microsoft wants for {domain}': 'Lesen der Maileinträge, die Microsoft für {domain} verlangt',
  'learning the new MX of {domain}': 'Ermittlung des neuen MX von {domain}',
  'changing the records of {domain}': 'Änderung der Einträge von {domain}',
  'finding the zone of {domain}': 'Suche nach der Zone von {domain}',
  'looking for the zone {zone} at {host}': 'Suche nach der Zone {zone} bei {host}',
  'asking {server} for {records} {kind}': 'Anfrage bei {server} nach {records} {kind}',
  'asking for {records} {kind}': 'Anfrage nach {records} {kind}',
  'looking up the name server {host}': 'Suche nach dem Nameserver {host}',
  'sending “{notice}” to {address}': 'Versand von „{notice}“ an {address}',
  'sending to {address} through {server}': 'Versand an {address} über {server}',
  'sending a mail as {address}': 'Versand einer E-Mail als {address}',
  'sending a notice': 'Versand einer Mitteilung',
  'putting a notice into the new mailbox': 'Ablegen einer Mitteilung im neuen Postfach',
  'it came back from {address}: {said}': 'zurückgekommen von {address}: {said}',
  'the work of {wave} {row} failed again and again: {said}': 'die Arbeit an {wave} {row} ist immer wieder gescheitert: {said}',
  'the work of {wave} {row} was cut off several times': 'die Arbeit an {wave} {row} wurde mehrmals abgebrochen',
  'no answer in time': 'keine Antwort in der Zeit',
  'the server was silent for two minutes': 'der Server schwieg zwei Minuten lang',
  'the connection was closed': 'die Verbindung wurde geschlossen',
  'the server closed the connection': 'der Server hat die Verbindung geschlossen',
  'its words repeat the sign-in and are left out': 'seine Antwort wiederholt die Anmeldung und ist weggelassen',
  'it is not there, and Graph cannot make shared mailboxes':
    'es ist nicht da, und Microsoft Graph kann keine gemeinsamen Postfächer anlegen',
  'the mailbox of that address is not a shared one': 'das Postfach dieser Adresse ist kein gemeinsames',
  'an account of that name exists without a mailbox': 'ein Konto dieses Namens besteht ohne Postfach',
  'nobody has it, and Graph cannot write aliases': 'niemand hat ihn, und Microsoft Graph kann keine Aliasse schreiben',
  'it leads to {other}, not to {address}': 'er führt zu {other}, nicht zu {address}',
  'another object has this address, and it is not a user of that name':
    'ein anderes Objekt hat diese Adresse, und es ist kein Benutzer dieses Namens',
  '{licence} is assigned without its Exchange plan': '{licence} ist ohne den Exchange-Plan zugewiesen',
  '{address} has no usage location': '{address} hat keinen Nutzungsort',
  '{address} is a guest': '{address} ist ein Gastkonto',
  '{address} has no licence with an Exchange plan': '{address} hat keine Lizenz mit Exchange-Plan',
  '{address} has been licensed for 24 h without a mailbox': '{address} hat seit 24 Stunden eine Lizenz, aber kein Postfach',
  'the tenant has no licence {licence}': 'der Mandant hat keine Lizenz {licence}',
  '{licence} makes no mailbox': '{licence} ergibt kein Postfach',
  'all {n} of {licence} are taken': 'alle {n} Lizenzen {licence} sind vergeben',
  'the mailbox of {address} has this address': 'das Postfach von {address} hat diese Adresse',
  'it is another address of the list “{name}” ({address})': 'es ist eine andere Adresse des Verteilers „{name}“ ({address})',
  'some of its members cannot be read': 'einige Mitglieder lassen sich nicht lesen',
  'Microsoft 365 cannot have this address as a sign-in name': 'Microsoft 365 nimmt diese Adresse nicht als Anmeldenamen an',
  'people would sign in as {login}': 'man würde sich als {login} anmelden',
  'no account has this address': 'kein Konto hat diese Adresse',
  'its primary address is {address}': 'die primäre Adresse ist {address}',
  'its person signs in as {login}': 'die Person meldet sich als {login} an',
  'its text is no longer there': 'der Text ist nicht mehr da',
  'its wave is no longer there': 'die Welle ist nicht mehr da',
  'its mailbox, its text or its issuer is no longer there': 'das Postfach, der Text oder der Absender ist nicht mehr da',
  'every mailbox was cancelled': 'alle Postfächer wurden abgebrochen',
  '{address}: held': '{address}: angehalten',
  '{address}: held: {said}': '{address}: angehalten; {said}',
  '{address}: is {mailboxState}': '{address}: {mailboxState}',
  '{address}: “{path}” is {folderState}': '{address}: „{path}“, {folderState}',
  '{address}: “{path}” has {n} chunks without an outcome': '{address}: {n} Blöcke von „{path}“ sind ohne Ergebnis',
  '{address}: “{path}” has {n} messages and {nSettled} outcomes':
    '{address}: „{path}“ hat {n} Nachrichten und {nSettled} Ergebnisse',
  '{address}: “{path}” was not compared': '{address}: „{path}“ wurde nicht verglichen',
  '{address}: “{path}”: {said} ({n} in all)': '{address}: „{path}“: {said} (insgesamt {n})',
  '{address}: {n} messages did not arrive as they were': '{address}: Nachrichten, die nicht ankamen, wie sie waren: {n}',
  'UID {n}: was being copied': 'UID {n}: wurde gerade kopiert',
  'UID {n}: is at the source, but was not handed out: have the folder repaired there, then retry':
    'UID {n}: ist an der Quelle, wurde aber nicht herausgegeben: Lassen Sie den Ordner dort reparieren, und versuchen Sie es erneut',
  'UID {n}: is missing at the target (UID {nTarget})': 'UID {n}: fehlt am Ziel (UID {nTarget})',
  'UID {n}: the old server did not list it when the folder was copied':
    'UID {n}: Der alte Server führte sie nicht auf, als der Ordner kopiert wurde',
  'target UID {n}: a second copy of a message of ours': 'UID {n} am Ziel: zweite Kopie einer unserer Nachrichten',
  'UID {n}: flags are {flags}, expected {expected}': 'UID {n}: Markierungen {flags}, erwartet: {expected}',
  'UID {n}: INTERNALDATE is {at}, expected {atWanted}': 'UID {n}: Eingangsdatum {at}, erwartet: {atWanted}',
  'the old server numbered all messages anew after they were copied (UIDVALIDITY): nothing could be compared':
    'der alte Server hat alle Nachrichten nach der Kopie neu nummeriert (UIDVALIDITY): Es konnte nichts verglichen werden',
  'the old server counts {n} messages (EXISTS) and lists {nListed}: have the folder’s index rebuilt there, then retry: what appears is brought':
    'der alte Server zählt {n} Nachrichten (EXISTS) und führt {nListed} auf: Lassen Sie dort den Index des Ordners neu aufbauen, und versuchen Sie es erneut: Was erscheint, wird kopiert',
  '{n} bytes, the target takes {nMost}': '{n} Bytes; das Ziel nimmt {nMost}',
  'a line is too long: the target takes {n} bytes': 'eine Zeile ist zu lang: Das Ziel nimmt {n} Bytes',
  'a notice of this migration, left in the old mailbox': 'eine Mitteilung dieses Umzugs, im alten Postfach belassen',
  'moved by its owner to another folder, where its copy is now':
    'vom Inhaber in einen anderen Ordner verschoben, wo jetzt die Kopie liegt',
  'no longer at the source when it was to be read': 'nicht mehr an der Quelle, als sie gelesen werden sollte',
  'the target gives out other bytes than it was given': 'das Ziel gibt andere Bytes heraus, als es bekam',
  'the source numbered its messages anew before this one was settled':
    'die Quelle nummerierte ihre Nachrichten neu, bevor diese erledigt war',
  'then its owner deleted or moved it': 'dann hat der Inhaber sie gelöscht oder verschoben',
  'the source ends the connection whenever this message is to be handed out':
    'die Quelle bricht die Verbindung ab, sobald diese Nachricht gelesen werden soll',
  'the target ends the connection whenever this message is to be appended':
    'das Ziel bricht die Verbindung ab, sobald diese Nachricht abgelegt werden soll',
  'the target cannot hold {flags}': 'das Ziel kann {flags} nicht behalten',
  'the server does not hand it out: {said}': 'der Server gibt sie nicht heraus: {said}',
  'the server has no body for it (BODY[] NIL)': 'der Server hat keinen Inhalt dazu (BODY[] NIL)',
  'the server hands out none of its {n} bytes': 'der Server gibt keines der {n} Bytes heraus',
  'asking {server} for a token of {app} for {scope}': 'Anforderung eines Tokens bei {server} für {app} ({scope})',
  'the list {address} is not there, and Graph makes none':
    'der Verteiler {address} ist nicht da, und Microsoft Graph legt keine an',
  'the Microsoft 365 group (of Teams) “{name}” has this address':
    'die Microsoft-365-Gruppe (von Teams) „{name}“ hat diese Adresse',
  'it holds something else than was read before: somebody changed it; read the records again':
    'er enthält etwas anderes, als gelesen wurde: Jemand hat ihn geändert; lesen Sie die Einträge neu',
  'the action has faults; nothing was changed': 'die Aktion hat Fehler; es wurde nichts geändert',
  'the MX of {list} is being switched: roll the wave back (POST …/rollback), which ends it and leaves the old MX':
    'der MX wird gerade umgestellt ({list}): „Zurückstellen“ beendet das und behält den alten MX',
  'the wave is cancelled, and nothing of it is switched: there is nothing to put back':
    'die Welle ist abgebrochen, und nichts von ihr ist umgestellt: Es gibt nichts zurückzustellen',
  'the wave is {waveState}: nothing of it was switched, so there is nothing to put back; cancel it instead':
    'Zustand der Welle: {waveState}. Nichts von ihr wurde umgestellt, also gibt es nichts zurückzustellen; brechen Sie sie stattdessen ab',
  'the wave is {waveState}: its day can be moved only before its cutover':
    'Zustand der Welle: {waveState}. Ihr Tag lässt sich nur vor der Umstellung verlegen',
  'there is no wave “{wave}”: GET /api/waves lists those there are':
    'eine Welle „{wave}“ gibt es nicht: Die Seite „Wellen“ zeigt die vorhandenen',
  'who asked for a later date does not grant it': 'wer um einen späteren Tag gebeten hat, gewährt ihn nicht selbst',
  '{day} is no date of this playbook with room for {n} more; {said}':
    '{day} ist kein Tag dieses Playbooks mit noch {n} Plätzen; {said}',
  'these are open: {list}': 'frei sind: {list}',
  'no other date is open': 'kein anderer Tag ist frei',
  'this is for operators who are known by name: {said}. Nothing was done':
    'das ist Operatoren vorbehalten, die mit Namen bekannt sind: {said}. Es wurde nichts getan',
  'sign in (/.auth/login/aad)': 'melden Sie sich an (/.auth/login/aad)',
  'send your token as x-operator-token':
    '„Schlüssel vergessen“, dann geben Sie Ihr Token mit dem Schlüssel an (x-operator-token)',
  'sign in (/.auth/login/aad), or send your token as x-operator-token':
    'melden Sie sich an (/.auth/login/aad), oder „Schlüssel vergessen“, dann geben Sie Ihr Token mit dem Schlüssel an (x-operator-token)',
  'nobody has this x-operator-token: send the one you were given, or ask for another (OPERATORS in the settings). Nothing was done':
    'niemand hat dieses Token (x-operator-token): Geben Sie das an, das Sie erhalten haben, oder bitten Sie um ein anderes (OPERATORS in den Einstellungen). Es wurde nichts getan',
  '{name} may look, and neither give orders nor be shown passwords: ask an operator (OPERATORS in the settings says who they are). Nothing was done':
    '{name} darf zusehen, aber weder Anweisungen geben noch Passwörter sehen: Bitten Sie einen Operator (OPERATORS in den Einstellungen sagt, wer das ist). Es wurde nichts getan',
  'who asks is kept with what he does: a shorter name is needed; nothing was stored':
    'der Name dessen, der fragt, wird bei dem aufbewahrt, was er tut: Nötig ist ein kürzerer; es wurde nichts gespeichert',
  'expected a name of at most 254 characters (got {n})': 'ein Name von höchstens 254 Zeichen (erhalten: {n})',
  'This is a fault of the program; its log has the whole error. Try again, or report it.':
    'Das ist ein Fehler des Programms; sein Protokoll hat den ganzen Fehler. Versuchen Sie es erneut, oder melden Sie ihn.',
  'wave “{wave}” has no mailbox {address}: GET /api/waves/{path}/mailboxes lists them':
    'die Welle „{wave}“ hat kein Postfach {address}: Die Seite der Welle zeigt, welche es gibt',
  'is missing: expected a day as YYYY-MM-DD': 'fehlt: Nötig ist ein Tag, JJJJ-MM-TT',
  'expected a day as YYYY-MM-DD': 'nötig ist ein Tag, JJJJ-MM-TT',
  'expected a mailbox of wave “{wave}” (got {got})': 'nötig ist ein Postfach der Welle „{wave}“ (erhalten: {got})',
  'the MX led to the new side before this wave, which has nothing to put back: {list}; put it back there, for all mailboxes of the domain':
    'der MX führte schon vor dieser Welle zur neuen Seite, sie hat also nichts zurückzustellen: {list}; stellen Sie ihn dort zurück, für alle Postfächer der Domain',
  'the MX led to the new side before this wave, which has nothing to put back: {list}; put it back there, for all mailboxes of the domain, or cancel this one':
    'der MX führte schon vor dieser Welle zur neuen Seite, sie hat also nichts zurückzustellen: {list}; stellen Sie ihn dort zurück, für alle Postfächer der Domain, oder brechen Sie diese ab',
  'nobody has asked for a later date (POST …/postpone)': 'niemand hat um einen späteren Termin gebeten',
  'the day of the wave is {date} now, not {dateOther}: look at it again':
    'der Tag der Welle ist jetzt {date}, nicht {dateOther}: Sehen Sie sie noch einmal an',
  'the wave has no room for one more approval with such a reason: give it in fewer words':
    'die Welle hat keinen Platz für eine weitere Genehmigung mit einem solchen Grund: Geben Sie ihn kürzer an',
  'only a cutover goes without a domain (step is “{step}”)': 'nur eine Umstellung geht ohne eine Domain (Schritt: „{step}“)',
  'expected a domain of the wave whose MX it switches (got “{got}”)':
    'nötig ist eine Domain der Welle, deren MX sie umstellt (erhalten: „{got}“)',
  '{domain} is {domainState}: its switch has begun; POST …/rollback puts the whole wave back':
    '{domain} ({domainState}): Die Umstellung hat begonnen; „Zurückstellen“ stellt die ganze Welle zurück',
  'names every domain that moves: nothing would be left to switch; reschedule the wave instead':
    'nennt alle Domains, die umziehen: Es bliebe nichts umzustellen; verlegen Sie stattdessen den Tag der Welle',
  'expected a day after {date}, which is the wave’s now (got “{dateGot}”)':
    'nötig ist ein Tag nach {date}, dem jetzigen der Welle (erhalten: {dateGot})',
  'there is no “{step}” in the calendar ({list})': 'im Kalender gibt es kein „{step}“ (dort stehen: {list})',
  '{name} is not one of people.{role} ({list})': '{name} steht nicht in people.{role} ({list})',
  'the wave is {waveState}: what it leaves to do is known once it has ended (toDo of GET /api/waves/{wave})':
    'Stand der Welle: {waveState}. Was sie zu tun lässt, weiß man, wenn sie zu Ende ist',
  'expected a line of the wave’s toDo (got {got})': 'nötig ist eine Zeile dessen, was die Welle zu tun lässt (erhalten: {got})',
  'the wave has no room for so much with such a reason: say it of several things at once, and in fewer words':
    'die Welle hat keinen Platz für so viel mit einem solchen Grund: Sagen Sie es von mehreren Dingen zugleich, und kürzer',
  'the old server does not hand out {address} ({said}): have it answer again, then retry; until then the wave keeps its verdict':
    'der alte Server gibt {address} nicht heraus ({said}): Sorgen Sie dafür, dass er wieder antwortet, und versuchen Sie es dann erneut; bis dahin behält die Welle ihr Urteil',
  'another wave goes on from this one and has what is to be tried again: {list}; retry it there, and name the other mailboxes of this one in “mailboxes”':
    'eine andere Welle setzt diese fort und hat, was erneut zu versuchen ist: {list}; versuchen Sie es dort, und wählen Sie hier nur die anderen Postfächer',
  '{domain} (wave “{wave}”)': '{domain} (Welle „{wave}“)',
  'there is no class “{class}” in windows ({list})': 'in windows gibt es keine Klasse „{class}“ ({list})',
  '{address} is of class {class}, whose window is {dateFrom} to {dateTo}: not {date}':
    '{address} ist von der Klasse {class}, deren Fenster von {dateFrom} bis {dateTo} geht: nicht {date}',
  '{date} lies in a black-out, {dateFrom} to {dateTo}: {why}': '{date} liegt in einer Sperrzeit, {dateFrom} bis {dateTo}: {why}',
  '{address} is in wave “{wave}” ({waveState}) and would be copied twice: leave it out here, or cancel it there first':
    '{address} ist in der Welle „{wave}“ ({waveState}) und würde zweimal kopiert: Lassen Sie es hier weg, oder brechen Sie es dort zuerst ab',
  '{said} (POST …/reschedule names another day)': '{said} („Tag verlegen“ nennt einen anderen)',
  'the wave cannot take that version of its playbook; nothing was changed':
    'die Welle kann diese Version ihres Playbooks nicht übernehmen; es wurde nichts geändert',
  'the wave has gone on while this was checked: give the order again':
    'die Welle ist weitergegangen, während dies geprüft wurde: Geben Sie die Anweisung erneut',
  'the wave is {waveState}: what it was done with stays. Post what is left as another wave, which takes the newest':
    'Stand der Welle: {waveState}. Womit sie gemacht wurde, bleibt. Senden Sie, was übrig ist, als eine andere Welle, die die neueste Version nimmt',
  'it may be owed to somebody already': 'vielleicht steht es schon jemandem zu',
  'others may have been told already': 'andere wurden vielleicht schon benachrichtigt',
  'the wave has begun with it': 'die Welle hat damit begonnen',
  'counts from a day D, which the wave has not: name one first (POST …/reschedule)':
    'zählt von einem Tag T an, den die Welle nicht hat: Nennen Sie zuerst einen („Tag verlegen“)',
  'the wave has no place on {date} there: add the date as it was, or reschedule the wave first':
    'die Welle hat dort keinen Platz am {date}: Fügen Sie den Termin ein, wie er war, oder verlegen Sie zuerst den Tag der Welle',
  [`was {was}, is {is}: {said}; ${remedy}`]: `war {was}, ist {is}: {said}; ${kept}`,
  [`was {was}, is {is}: hours of the wave would move; ${remedy}`]: `war {was}, ist {is}: Stunden der Welle würden sich verschieben; ${kept}`,
  [`was {was}, is {is}: the wave was posted with domains to switch; ${remedy}`]: `war {was}, ist {is}: Die Welle wurde mit Domains gesendet, die umzustellen sind; ${kept}`,
  [`was {was}, is {is}: the wave was posted without domains to switch; ${remedy}`]: `war {was}, ist {is}: Die Welle wurde ohne Domains gesendet, die umzustellen wären; ${kept}`,
  [`was {was}, is {is}: {address} has it at “{path}” already; ${remedy}`]: `war {was}, ist {is}: {address} hat es schon unter „{path}“; ${kept}`,
  [`{address} is of it, and it is not there any more; ${remedy}`]: `{address} gehört dazu, und sie ist nicht mehr da; ${kept}`,
  [`{address} would be of {is} instead of {was}; ${remedy}`]: `{address} wäre von {is} statt von {was}; ${kept}`,
}
