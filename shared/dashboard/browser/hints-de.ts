import type { Sentences } from './sentences.ts'

/** What to do next, as the server says it, in German. */
export const hints: Sentences = {
  'Nothing to do: it is tried again by itself.': 'Nichts zu tun: Es wird von selbst erneut versucht.',
  'It was tried for hours and is tried no more: look why, in the server’s own log too, then retry (POST …/retry).':
    'Es wurde stundenlang versucht und wird nicht mehr versucht: Suchen Sie die Ursache, auch im Protokoll des Servers, und versuchen Sie es dann erneut.',
  'Check the login and the secret that the playbook names, and that the mailbox exists on this server; then release the mailbox.':
    'Prüfen Sie Anmeldename und Geheimnis, die das Playbook nennt, und ob das Postfach auf diesem Server besteht; geben Sie das Postfach dann frei.',
  'The account signs in but may not act for this mailbox: grant it master-user, proxy or FullAccess rights, then release the mailbox.':
    'Das Konto meldet sich an, darf aber nicht für dieses Postfach handeln: Geben Sie ihm das Recht dazu (Master-User, Proxy oder FullAccess) und dann das Postfach frei.',
  'The password has expired: renew it, store it under the same secret name, then release the mailbox.':
    'Das Kennwort ist abgelaufen: Erneuern Sie es, speichern Sie es unter demselben Namen des Geheimnisses und geben Sie das Postfach dann frei.',
  'The server wants TLS: set `tls: starttls` or `tls: implicit` in the playbook.':
    'Der Server verlangt TLS: Setzen Sie `tls: starttls` oder `tls: implicit` im Playbook.',
  'Have AUTH=PLAIN switched on at this server, or choose `master-user` or `passwords` in the playbook (`auth.kind`); then release the mailbox.':
    'Lassen Sie AUTH=PLAIN auf diesem Server einschalten, oder wählen Sie `master-user` oder `passwords` im Playbook (`auth.kind`); geben Sie das Postfach dann frei.',
  'Store the secret again without a line end (many tools append one), then release the mailbox.':
    'Speichern Sie das Geheimnis neu, ohne Zeilenende (viele Programme hängen eines an), und geben Sie das Postfach dann frei.',
  'The server asks for its administrator: call them, then release the mailbox.':
    'Der Server verweist an seinen Administrator: Rufen Sie ihn an und geben Sie das Postfach dann frei.',
  'Give the migration account rights on this folder (ACL), then release the mailbox.':
    'Geben Sie dem Migrationskonto Rechte an diesem Ordner (ACL) und dann das Postfach frei.',
  'The target mailbox is full: raise its quota or its licence, then release the mailbox.':
    'Das Zielpostfach ist voll: Erhöhen Sie sein Kontingent oder seine Lizenz und geben Sie das Postfach dann frei.',
  'The server will never do this: map the folder to another name in the playbook (`copy.folders.map`).':
    'Der Server wird das nie tun: Geben Sie dem Ordner im Playbook einen anderen Namen (`copy.folders.map`).',
  'Without it nobody can say of a message that it was copied: have the folder’s index rebuilt at the old server, or leave the folder out (`copy.folders.exclude`); then release the mailbox.':
    'Ohne ihn kann niemand von einer Nachricht sagen, dass sie kopiert wurde: Lassen Sie den Index des Ordners auf dem alten Server neu aufbauen, oder lassen Sie den Ordner weg (`copy.folders.exclude`); geben Sie das Postfach dann frei.',
  'The folder was numbered anew while it was worked on; the next pass looks at all of it again.':
    'Der Ordner wurde während der Kopie neu nummeriert; der nächste Durchgang sieht ihn ganz neu durch.',
  'If it lasts, have the folder’s index rebuilt at the old server, or leave the folder out (`copy.folders.exclude`).':
    'Hält es an, lassen Sie den Index des Ordners auf dem alten Server neu aufbauen, oder lassen Sie den Ordner weg (`copy.folders.exclude`).',
  'The folder has gone since it was listed; the next pass lists again.':
    'Der Ordner ist verschwunden, seit er aufgelistet wurde; der nächste Durchgang listet neu auf.',
  'The folder has gone since it was listed; the next pass lists again and makes it.':
    'Der Ordner ist verschwunden, seit er aufgelistet wurde; der nächste Durchgang listet neu auf und legt ihn an.',
  'The target folder has gone since it was made; the next pass makes it again.':
    'Der Zielordner ist verschwunden, seit er angelegt wurde; der nächste Durchgang legt ihn wieder an.',
  'The folder was made anew; the next pass looks for everything again.':
    'Der Ordner wurde neu angelegt; der nächste Durchgang sucht alles neu.',
  'If it lasts, see whether the mailbox is full: Exchange says it in these words too.':
    'Hält es an, sehen Sie nach, ob das Postfach voll ist: Exchange sagt auch das mit diesen Worten.',
  'The server limits connections or rate; lower `connections` in the playbook if this lasts.':
    'Der Server begrenzt Verbindungen oder Tempo; senken Sie `connections` im Playbook, wenn das anhält.',
  'The server reports a corrupt mailbox: have it repaired there, then release the mailbox.':
    'Der Server meldet ein beschädigtes Postfach: Lassen Sie es dort reparieren und geben Sie es dann frei.',
  'The server asked us to slow down; we come back when it said.':
    'Der Server hat um Geduld gebeten; es geht weiter, wann er es gesagt hat.',
  'Nothing listens there.': 'Unter dieser Adresse antwortet kein Dienst.',
  'The host name does not resolve.': 'Dieser Servername ist im DNS nicht zu finden.',
  'The host is unreachable.': 'Der Server ist nicht erreichbar.',
  'No answer in time.': 'Keine Antwort in der Zeit.',
  'Check host, port and firewall in the playbook; it is tried again by itself.':
    'Prüfen Sie Server und Port im Playbook sowie die Firewall; es wird von selbst erneut versucht.',
  'Check host, port and firewall in the playbook.': 'Prüfen Sie Server und Port im Playbook sowie die Firewall.',
  'The server’s TLS certificate has expired: have it renewed, then release the mailbox.':
    'Das TLS-Zertifikat des Servers ist abgelaufen: Lassen Sie es erneuern und geben Sie das Postfach dann frei.',
  'The server’s TLS certificate is self-signed: give the app its authority by NODE_EXTRA_CA_CERTS, then release the mailbox.':
    'Das TLS-Zertifikat des Servers ist selbst signiert: Geben Sie der Anwendung seine Zertifizierungsstelle über NODE_EXTRA_CA_CERTS bekannt und dann das Postfach frei.',
  'The server’s TLS certificate has an unknown issuer: give the app its authority by NODE_EXTRA_CA_CERTS, then release the mailbox.':
    'Der Aussteller des TLS-Zertifikats des Servers ist unbekannt: Geben Sie ihn der Anwendung über NODE_EXTRA_CA_CERTS bekannt und dann das Postfach frei.',
  'The server’s TLS certificate is for another name: use that name as `host` in the playbook.':
    'Das TLS-Zertifikat des Servers gilt für einen anderen Namen: Setzen Sie diesen Namen als `host` im Playbook ein.',
  'The server and we have no version or cipher of TLS in common.':
    'Der Server und Relève haben keine TLS-Version und kein Verfahren gemeinsam.',
  'Check `port` and `tls` in the playbook; an old server that has nothing newer than TLS 1.0 or 1.1 is read with `source.imap.oldTls: true`.':
    'Prüfen Sie `port` und `tls` im Playbook; ein alter Server, der nichts Neueres als TLS 1.0 oder 1.1 kennt, wird mit `source.imap.oldTls: true` gelesen.',
  'Then release the mailbox.': 'Geben Sie danach das Postfach frei.',
  'It is tried again by itself; look at the server’s own log if it lasts.':
    'Es wird von selbst erneut versucht; sehen Sie im Protokoll des Servers nach, wenn es anhält.',
  'look at the server’s own log if it lasts.': 'Sehen Sie im Protokoll des Servers nach, wenn es anhält.',
  'It goes on by itself.': 'Die Kopie geht von selbst weiter.',
  'It is tried again by itself.': 'Es wird von selbst erneut versucht.',
  'Nothing to do: it goes on when one is free.': 'Nichts zu tun: Es geht weiter, sobald eine Verbindung frei ist.',
  'Raise `connections` in the playbook if the server can take more.':
    'Erhöhen Sie `connections` im Playbook, wenn der Server mehr verträgt.',
  'Nothing to do: the work goes on by itself.': 'Nichts zu tun: Die Arbeit geht von selbst weiter.',
  'If it lasts for hours, look at the Microsoft 365 service health page.':
    'Dauert es Stunden, sehen Sie auf der Seite zum Dienststatus von Microsoft 365 nach.',
  'Grant the application permission {permission} to the app (admin consent), or for sending mail assign its role in Exchange; then retry.':
    'Erteilen Sie der Anwendung die Berechtigung {permission} (Administratorzustimmung), oder weisen Sie ihr für den Mailversand ihre Rolle in Exchange zu; versuchen Sie es dann erneut.',
  'A new grant shows only in a new token: an hour, up to a day for a managed identity.':
    'Eine neue Berechtigung wirkt erst mit einem neuen Token: nach einer Stunde, bei einer verwalteten Identität bis zu einem Tag.',
  'This account has no mailbox in Exchange Online yet: give it a licence with an Exchange plan, wait for the mailbox, then retry.':
    'Dieses Konto hat noch kein Postfach in Exchange Online: Geben Sie ihm eine Lizenz mit Exchange-Plan, warten Sie auf das Postfach und versuchen Sie es dann erneut.',
  'Another user, group or contact has this address: find it in the Entra admin centre, rename or remove it, then retry.':
    'Ein anderer Benutzer, eine Gruppe oder ein Kontakt hat diese Adresse schon: Suchen Sie ihn im Entra Admin Center, benennen Sie ihn um oder entfernen Sie ihn und versuchen Sie es dann erneut.',
  "Add and verify the address's domain in the tenant (Microsoft 365 admin centre, Domains), then retry.":
    'Fügen Sie die Domain der Adresse im Mandanten hinzu und überprüfen Sie sie (Microsoft 365 Admin Center, Domänen); versuchen Sie es dann erneut.',
  'Give the account a usage location (two-letter country) where this licence may be used, then retry.':
    'Geben Sie dem Konto einen Nutzungsort (Länderkürzel aus zwei Buchstaben), an dem diese Lizenz gilt; versuchen Sie es dann erneut.',
  'No licence of this kind is free: buy seats or take one back from an unused account, then retry.':
    'Keine Lizenz dieser Art ist frei: Kaufen Sie welche, oder nehmen Sie eine von einem unbenutzten Konto zurück; versuchen Sie es dann erneut.',
  'The account already has a licence with another Exchange plan: remove that one, or keep it and leave the licence out here.':
    'Das Konto hat schon eine Lizenz mit einem anderen Exchange-Plan: Entfernen Sie diese, oder behalten Sie sie und lassen Sie die Lizenz hier weg.',
  'Graph does not know this object: check the address or the id, and that it is in this tenant, then retry.':
    'Microsoft 365 kennt dieses Objekt nicht: Prüfen Sie Adresse oder ID, und ob es in diesem Mandanten ist; versuchen Sie es dann erneut.',
  'Graph refuses this request as it stands: read its text, correct the row or the playbook, then retry.':
    'Microsoft 365 lehnt diese Anfrage so ab: Lesen Sie die Antwort, berichtigen Sie die Zeile oder das Playbook und versuchen Sie es dann erneut.',
  'Run the script of the wave, GET /api/waves/{wave}/exchange.ps1, in Exchange Online PowerShell; then retry.':
    'Führen Sie das Skript der Welle, GET /api/waves/{wave}/exchange.ps1, in Exchange Online PowerShell aus; versuchen Sie es dann erneut.',
  'See in the Exchange admin centre what is there, mend it, then retry.':
    'Sehen Sie im Exchange Admin Center nach, was da ist, bringen Sie es in Ordnung und versuchen Sie es dann erneut.',
  'Take the address from that mailbox in the Exchange admin centre; then retry.':
    'Nehmen Sie die Adresse im Exchange Admin Center von diesem Postfach weg und versuchen Sie es dann erneut.',
  'Run New-ServicePrincipal once (docs/deploying.md, Exchange Online), then retry.':
    'Führen Sie einmal New-ServicePrincipal aus (docs/deploying.md, Exchange Online) und versuchen Sie es dann erneut.',
  'See in the Exchange admin centre whether it is a shared mailbox at all; then retry.':
    'Sehen Sie im Exchange Admin Center nach, ob es überhaupt ein gemeinsames Postfach ist; versuchen Sie es dann erneut.',
  'Take it from that mailbox in the Exchange admin centre and run the script of the wave (exchange.ps1) again; then retry.':
    'Nehmen Sie sie diesem Postfach im Exchange Admin Center weg und führen Sie das Skript der Welle (exchange.ps1) noch einmal aus; versuchen Sie es dann erneut.',
  'Find the group, contact, shared mailbox or alias that has this address, rename or remove it, then retry.':
    'Suchen Sie die Gruppe, den Kontakt, das gemeinsame Postfach oder den Alias mit dieser Adresse, benennen Sie das um oder entfernen Sie es und versuchen Sie es dann erneut.',
  'Switch Exchange Online on in this licence of the account (admin centre, Licences and apps), then retry.':
    'Schalten Sie Exchange Online in dieser Lizenz des Kontos ein (Admin Center, Lizenzen und Apps); versuchen Sie es dann erneut.',
  'Give the row (or the playbook) a usage location, the two-letter country of the user, then retry.':
    'Geben Sie der Zeile (oder dem Playbook) einen Nutzungsort, das Länderkürzel der Person; versuchen Sie es dann erneut.',
  'Remove the guest, or move its mail to another address; then retry.':
    'Entfernen Sie das Gastkonto, oder lassen Sie seine Post an eine andere Adresse gehen; versuchen Sie es dann erneut.',
  'Give the row a licence, or assign one (also by group) in the admin centre, then retry.':
    'Geben Sie der Zeile eine Lizenz, oder weisen Sie eine (auch über eine Gruppe) im Admin Center zu; versuchen Sie es dann erneut.',
  'See whether its mailbox is still on-premises (hybrid), else open a case with Microsoft with this address; then retry.':
    'Sehen Sie nach, ob das Postfach noch lokal liegt (hybrid), sonst öffnen Sie bei Microsoft einen Fall mit dieser Adresse; versuchen Sie es dann erneut.',
  'Name one the tenant has ({licences}), then retry.':
    'Nennen Sie eine, die der Mandant hat ({licences}); versuchen Sie es dann erneut.',
  'Choose a licence that holds an Exchange Online plan, switched on, then retry.':
    'Wählen Sie eine Lizenz mit eingeschaltetem Exchange-Online-Plan; versuchen Sie es dann erneut.',
  'Renew the subscription (Billing, Your products), then retry.':
    'Verlängern Sie das Abonnement (Abrechnung, Ihre Produkte); versuchen Sie es dann erneut.',
  'Buy seats or take one back from an unused account, then retry.':
    'Kaufen Sie Lizenzen, oder nehmen Sie eine von einem unbenutzten Konto zurück; versuchen Sie es dann erneut.',
  'Take it from that list in the Exchange admin centre and run the script of the wave (exchange.ps1) again; then retry.':
    'Nehmen Sie sie diesem Verteiler im Exchange Admin Center weg und führen Sie das Skript der Welle (exchange.ps1) noch einmal aus; versuchen Sie es dann erneut.',
  'Take the address from that mailbox in the Exchange admin centre, or cancel the list; run the script of the wave (exchange.ps1), then retry.':
    'Nehmen Sie die Adresse diesem Postfach im Exchange Admin Center weg, oder brechen Sie den Verteiler ab; führen Sie das Skript der Welle (exchange.ps1) aus und versuchen Sie es dann erneut.',
  "Use only A-Z a-z 0-9 ' . - _ ! # ^ ~ before the @ (no accents, no dot at an end or doubled, 64 at most); correct the row, then retry.":
    "Verwenden Sie vor dem @ nur A-Z a-z 0-9 ' . - _ ! # ^ ~ (ohne Umlaute und Akzente, ohne Punkt am Rand oder doppelt, höchstens 64 Zeichen); berichtigen Sie die Zeile und versuchen Sie es dann erneut.",
  'Verify {domain} and switch Exchange on for it (Microsoft 365 admin centre, Domains, Manage DNS), then retry.':
    'Überprüfen Sie {domain} und schalten Sie Exchange dafür ein (Microsoft 365 Admin Center, Domänen, DNS verwalten); versuchen Sie es dann erneut.',
  'Enable mail for the domain in Microsoft 365, or name the mail exchangers in the playbook (`routing.mx`); then release.':
    'Schalten Sie E-Mail für die Domain in Microsoft 365 ein, oder nennen Sie die Mailserver im Playbook (`routing.mx`); geben Sie dann frei.',
  'Somebody else changed these records since they were read.':
    'Jemand anders hat diese Einträge geändert, seit sie gelesen wurden.',
  'Put back what stood before, or what is wanted, then release the domain’s wave.':
    'Setzen Sie ein, was vorher dort stand oder was gewünscht ist, und geben Sie die Welle der Domain dann frei.',
  'No zone answers for {domain}: check the spelling, and that the domain is registered and delegated.':
    'Keine Zone antwortet für {domain}: Prüfen Sie die Schreibweise, und ob die Domain registriert und delegiert ist.',
  'Name at least one resolver, or the authoritative servers in the playbook (`nameservers`).':
    'Nennen Sie mindestens einen Resolver, oder die zuständigen Server im Playbook (`nameservers`).',
  '{server} does not answer for {name}: see its log, or name another server.':
    '{server} antwortet nicht für {name}: Sehen Sie in sein Protokoll, oder nennen Sie einen anderen Server.',
  'If it stays, correct the address of {host}, or take it out of the delegation: senders do not find it either.':
    'Bleibt es so, berichtigen Sie die Adresse von {host}, oder nehmen Sie ihn aus der Delegation: Absender finden ihn auch nicht.',
  'Nothing to do: the DNS host limits its requests, and it is tried again by itself.':
    'Nichts zu tun: Der DNS-Anbieter begrenzt die Anfragen, und es wird von selbst erneut versucht.',
  '{host} does not let us do this: check {key}, and that it serves this zone; then retry.':
    '{host} lässt das nicht zu: Prüfen Sie {key}, und ob diese Zone dort liegt; versuchen Sie es dann erneut.',
  '{host} does not take this change: see what it says, change the record by hand if need be, then retry.':
    '{host} nimmt diese Änderung nicht an: Lesen Sie die Antwort, ändern Sie den Eintrag nötigenfalls von Hand und versuchen Sie es dann erneut.',
  'Set the environment variable {secret} for the app, or name another secret in the playbook.':
    'Setzen Sie die Umgebungsvariable {secret} für die Anwendung, oder nennen Sie im Playbook ein anderes Geheimnis.',
  'Put a secret named {secret} into the Key Vault, then release what is held.':
    'Legen Sie ein Geheimnis namens {secret} im Key Vault an und geben Sie dann frei, was angehalten ist.',
  'Check that the Key Vault can be reached; it is tried again by itself.':
    'Prüfen Sie, ob der Key Vault erreichbar ist; es wird von selbst erneut versucht.',
  'Check that the Key Vault can be reached.': 'Prüfen Sie, ob der Key Vault erreichbar ist.',
  'The program failed on this several times: its log has the error.':
    'Das Programm ist daran mehrmals gescheitert: Der Fehler steht in seinem Protokoll.',
  'Report it, then retry the wave.': 'Melden Sie ihn und versuchen Sie die Welle dann erneut.',
  'If this lasts, look why the host ends (memory, restarts).':
    'Hält das an, suchen Sie, warum der Host endet (Speicher, Neustarts).',
  'This is a fault of the program.': 'Das ist ein Fehler des Programms.',
  'It is tried a few times more, then held; the log has the whole error.':
    'Es wird noch einige Male versucht, dann angehalten; der ganze Fehler steht im Protokoll.',
  'The addresses are looked at by the calendar’s step `inventory`: it goes on by itself once that is done.':
    'Die Adressen werden im Schritt `inventory` des Kalenders angesehen: Danach geht es von selbst weiter.',
  'Correct the notice in the playbook, then release the wave: it is said with the newest version.':
    'Berichtigen Sie die Mitteilung im Playbook und geben Sie die Welle dann frei: Sie geht mit der neuesten Fassung hinaus.',
  'Look whether the address is right and its mailbox takes mail, and tell its reader by another way meanwhile; then release the wave, which sends the notice again, or leave it.':
    'Sehen Sie nach, ob die Adresse stimmt und ihr Postfach Post annimmt, und geben Sie dem Empfänger inzwischen anders Bescheid; geben Sie dann die Welle frei, was die Mitteilung neu sendet, oder lassen Sie es dabei.',
  'Look at what the mail server says: sign-in, sender or recipient; then release the notice.':
    'Sehen Sie nach, was der Mailserver sagt: Anmeldung, Absender oder Empfänger; geben Sie die Mitteilung dann frei.',
  'Look at the target mailbox’s limits, then release the notice.':
    'Sehen Sie sich die Grenzen des Zielpostfachs an und geben Sie die Mitteilung dann frei.',
  'Fill in `channels` in the playbook for this channel; append and source-append reach only owners of a mailbox of the wave.':
    'Füllen Sie `channels` für diesen Kanal im Playbook aus; append und source-append erreichen nur, wer ein Postfach in der Welle hat.',
  'Then release the notice.': 'Geben Sie danach die Mitteilung frei.',
  'That wave was opened again and has this mailbox.': 'Jene Welle wurde wieder geöffnet und enthält dieses Postfach.',
  'Wait until it has ended, or cancel the mailbox there; then retry.':
    'Warten Sie, bis sie beendet ist, oder brechen Sie das Postfach dort ab; versuchen Sie es dann erneut.',
  'The playbook promises that addresses do not change.': 'Das Playbook verspricht, dass sich Adressen nicht ändern.',
  'Make {address} the primary SMTP address and the sign-in name of this mailbox at the target (Exchange admin centre, Email addresses; Entra admin centre, User principal name), then release.':
    'Machen Sie {address} zur primären SMTP-Adresse und zum Anmeldenamen dieses Postfachs am Ziel (Exchange Admin Center, E-Mail-Adressen; Entra Admin Center, Benutzerprinzipalname) und geben Sie dann frei.',
  'If it is to change: addresses: free.': 'Soll sie sich ändern: addresses: free.',
  'Run the script of GET /api/waves/{wave}/exchange.ps1 and read what it says; members of a list that it did not make are taken away by hand.':
    'Führen Sie das Skript von GET /api/waves/{wave}/exchange.ps1 aus und lesen Sie, was es sagt; Mitglieder eines Verteilers, den es nicht angelegt hat, entfernen Sie von Hand.',
  'Then retry.': 'Versuchen Sie es danach erneut.',
  'Give that group another address and take this one from it (Set-UnifiedGroup, or the Exchange admin centre), run the script of the wave (exchange.ps1), then retry; or cancel the list and go on using the group.':
    'Geben Sie dieser Gruppe eine andere Adresse und nehmen Sie ihr diese weg (Set-UnifiedGroup, oder das Exchange Admin Center), führen Sie das Skript der Welle (exchange.ps1) aus und versuchen Sie es dann erneut; oder brechen Sie den Verteiler ab und nutzen Sie weiter die Gruppe.',
  'Grant the app OrgContact.Read.All (contacts) and User.Read.All (people): sh infra/grant-graph.sh OBJECT_ID lists; then retry.':
    'Erteilen Sie der Anwendung OrgContact.Read.All (Kontakte) und User.Read.All (Personen): sh infra/grant-graph.sh OBJECT_ID lists; versuchen Sie es dann erneut.',
  'The directory cannot be asked: set AZURE_CLIENT_ID and grant User.Read.All, then release; or take “addresses: unchanged” out of the playbook.':
    'Das Verzeichnis lässt sich nicht befragen: Setzen Sie AZURE_CLIENT_ID, erteilen Sie User.Read.All und geben Sie dann frei; oder nehmen Sie „addresses: unchanged“ aus dem Playbook.',
  'Give the app’s identity the role Key Vault Secrets User on the vault (infra/roles.bicep).':
    'Geben Sie der Identität der Anwendung die Rolle Key Vault Secrets User für den Tresor (infra/roles.bicep).',
  'it goes on when one is free.': 'Es geht weiter, sobald eine Verbindung frei ist.',
  'The addresses are looked at by the calendar’s step `inventory`:':
    'Die Adressen werden im Schritt `inventory` des Kalenders angesehen.',
  'Check that the storage account can be reached; work goes on by itself when it can.':
    'Prüfen Sie, ob das Speicherkonto erreichbar ist; die Arbeit geht dann von selbst weiter.',
  'Check the login and the secret of `source.dav.auth`, or else of `source.imap.auth`, at this server.':
    'Prüfen Sie an diesem Server Anmeldenamen und Geheimnis von `source.dav.auth`, sonst von `source.imap.auth`.',
  'Give this login the right to read this person’s calendars and address books.':
    'Geben Sie dieser Anmeldung das Recht, Kalender und Adressbücher dieser Person zu lesen.',
  'Has this person ever had a calendar here? If so, check `source.dav.url`.':
    'Hatte diese Person hier je einen Kalender? Wenn ja, prüfen Sie `source.dav.url`.',
  'What answers there is no CalDAV server.': 'Was dort antwortet, ist kein CalDAV-Server.',
  'Check `source.dav.url`.': 'Prüfen Sie `source.dav.url`.',
  'The login is not taken to another host.': 'Die Anmeldung geht nicht an einen anderen Host.',
  'If it is yours, name it in `source.dav.url`.': 'Gehört er Ihnen, so nennen Sie ihn in `source.dav.url`.',
  'The server names no home of calendars and address books.': 'Der Server nennt keinen Ort von Kalendern und Adressbüchern.',
  'Give the address of each person’s in `source.dav.url`.': 'Geben Sie die Adresse für jede Person in `source.dav.url` an.',
  'Look at this entry at the old server, and at what is attached to it.':
    'Sehen Sie diesen Eintrag am alten Server an, und was ihm angehängt ist.',
  'Have the TLS certificate of this server renewed.': 'Lassen Sie das TLS-Zertifikat dieses Servers erneuern.',
  'Give the app the authority that signed the certificate of this server by NODE_EXTRA_CA_CERTS.':
    'Geben Sie der App über NODE_EXTRA_CA_CERTS die Stelle an, die das Zertifikat dieses Servers unterschrieben hat.',
  'The TLS certificate of this server is for another name.': 'Das TLS-Zertifikat dieses Servers lautet auf einen anderen Namen.',
  'Use that one in `source.dav.url`.': 'Verwenden Sie diesen in `source.dav.url`.',
  'The server refuses this request.': 'Der Server lehnt diese Anfrage ab.',
  'Look into its log, and check `source.dav.url`.': 'Sehen Sie in sein Protokoll und prüfen Sie `source.dav.url`.',
  'Then retry the mailbox (POST …/retry).': 'Versuchen Sie das Postfach dann erneut (POST …/retry).',
  'Then look again (POST …/inventory).': 'Nehmen Sie dann das Inventar neu auf (POST …/inventory).',
  'Look into the log of the server that does not answer.': 'Sehen Sie in das Protokoll des Servers, der nicht antwortet.',
  'It is tried again when late mail is looked for, and by a retry of the mailbox (POST …/retry).':
    'Mit der späten Post wird es erneut versucht, und wenn das Postfach erneut versucht wird (POST …/retry).',
  'See in the admin centre who uses it; take its licence back there.':
    'Sehen Sie im Admin Center nach, wer es benutzt; nehmen Sie seine Lizenz dort zurück.',
  'Take the account out of that group in the admin centre, if it is to lose the licence.':
    'Nehmen Sie das Konto im Admin Center aus dieser Gruppe, wenn es die Lizenz verlieren soll.',
}
