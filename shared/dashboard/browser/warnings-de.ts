import type { Sentences } from './sentences.ts'

/** What is to be thought of about a wave, and what it leaves to do, as the server says it, in German. */
export const warnings: Sentences = {
  '{step} falls on {saidDay}: somebody must be there': '{step} fällt auf {saidDay}: Es muss jemand da sein',
  '{step} falls on {saidDay}: nobody may read it': '{step} fällt auf {saidDay}: Vielleicht liest es niemand',
  'a Saturday': 'einen Samstag',
  'a Sunday': 'einen Sonntag',
  'a public holiday ({name}, {code})': 'einen Feiertag ({name}, {code})',
  'in a black-out ({why})': 'einen Tag, an dem nicht umgezogen wird ({why})',
  '{step} is an hour that comes twice, since the clocks are put back: the first is meant':
    '{step}: Diese Stunde gibt es zweimal, da die Uhr zurückgestellt wird; gemeint ist die erste',
  '{step} is when it is, since the change of clocks skips an hour of that night':
    '{step}: Die Zeit verschiebt sich, da die Zeitumstellung in dieser Nacht eine Stunde überspringt',
  '{step} comes before {stepOther}: new mail would come first, and old mail after it; take another day, or other times in the playbook':
    '{step} kommt vor {stepOther}: Die neue Post käme zuerst und die alte danach; nehmen Sie einen anderen Tag oder andere Zeiten im Playbook',
  '{step} comes before {stepOther}; take another day, or other times in the playbook':
    '{step} kommt vor {stepOther}; nehmen Sie einen anderen Tag oder andere Zeiten im Playbook',
  '{step} ({when}, {at})': '{step} ({when}, {at})',
  'the notice {notice}': 'Mitteilung „{notice}“',
  '{who} asks for {date} instead of {dateNow} ({why}): POST …/approve with "step": "postpone", by another person, grants it; …/reschedule says otherwise (with the present day: it stays)':
    '{who} bittet um {date} statt {dateNow} ({why}): POST …/approve mit "step": "postpone", durch jemand anderen, gewährt es; „Tag verlegen“ entscheidet anders (mit dem jetzigen Tag: er bleibt)',
  '{who} asks for {date} instead of no day ({why}): POST …/approve with "step": "postpone", by another person, grants it; …/reschedule says otherwise (with the present day: it stays)':
    '{who} bittet um {date}, während noch kein Tag festliegt ({why}): POST …/approve mit "step": "postpone", durch jemand anderen, gewährt es; „Tag verlegen“ entscheidet anders',
  'granted, {said}': 'falls gewährt: {said}',
  'mailboxes of which the old server counts more messages (EXISTS) than it lists: {list}; have the indexes of their folders (GET …/mailboxes/ADDRESS: unlisted) rebuilt there: what appears is brought by the next round, and after the switch by a retry':
    'Postfächer, in denen der alte Server mehr Nachrichten zählt (EXISTS), als er aufführt: {list}; lassen Sie dort den Index ihrer Ordner neu aufbauen (die Seite jedes Postfachs sagt, welche): Was erscheint, kopiert der nächste Durchgang, und nach der Umstellung „Erneut versuchen“',
  '{step} was past before it could be done: choose send-now or skip (POST …/send-now, …/skip with "steps": ["{name}"])':
    '{step}: Die Zeit war vorbei, bevor es getan werden konnte; wählen Sie, ob es noch geschieht oder entfällt (POST …/send-now oder …/skip mit "steps": ["{name}"])',
  '{step} waits for {list}': 'Schritt „{step}“ wartet auf: {list}',
  '{step} is held: {said}': 'Schritt „{step}“ ist angehalten: {said}',
  'by an operator': 'vom Umzugsteam',
  'the hour of the cutover for {date} ({at}) was missed: it waits for somebody’s word; POST …/approve with "step": "cutover" begins it now, …/reschedule moves its day':
    'die Stunde der Umstellung für {date} ({at}) ist verstrichen: Sie wartet auf jemandes Entscheidung; „Genehmigen“ beginnt sie jetzt, „Tag verlegen“ verschiebt sie',
  'the hour of the cutover for {date} ({at}) is past: it begins as soon as it may':
    'die Stunde der Umstellung für {date} ({at}) ist vorbei: Sie beginnt, sobald es geht',
  'an approval was given for another day and count no more: confirm {date} anew':
    'eine Freigabe galt einem anderen Tag und zählt nicht mehr: Bestätigen Sie neu, für {date}',
  'approvals were given for another day and count no more: confirm {date} anew':
    'Freigaben galten einem anderen Tag und zählen nicht mehr: Bestätigen Sie neu, für {date}',
  'the MX of {domain} was put back with wave “{wave}”: new mail of this wave arrives at the old server again, and nobody of it was told; POST …/rollback of this wave as well tells them, another wave switches it again':
    'der MX von {domain} wurde mit der Welle „{wave}“ zurückgestellt: Neue Post dieser Welle kommt wieder auf dem alten Server an, und niemand hat es erfahren; „Zurückstellen“ auch dieser Welle sagt es ihnen, eine andere Welle stellt ihn wieder um',
  '{domain} is in wave “{wave}” ({waveState}), too: its MX is switched, and put back, for both':
    '{domain} ist auch in der Welle „{wave}“ ({waveState}): Der MX wird für beide umgestellt und zurückgestellt',
  '{domain} is in wave “{wave}” ({waveState}), too: its MX is switched, and put back, for both; mailboxes of that wave that do not exist at the target yet, and whose mail would bounce: {n}':
    '{domain} ist auch in der Welle „{wave}“ ({waveState}): Der MX wird für beide umgestellt und zurückgestellt; Postfächer der anderen Welle, die es am Ziel noch nicht gibt und deren Post zurückginge: {n}',
  'the notice {notice} did not reach {address}: {said}': 'die Mitteilung „{notice}“ kam bei {address} nicht an: {said}',
  'it came back': 'sie kam zurück',
  'mails from mail servers in {address} that the program could not understand: {n}; open it and look whether notices came back':
    'E-Mails von Mailservern in {address}, die das Programm nicht verstand: {n}; öffnen Sie das Postfach, und sehen Sie nach, ob Mitteilungen zurückkamen',
  '{address} cannot be read, so nobody sees which notices come back: {said}; release the wave once that is mended':
    '{address} lässt sich nicht lesen, sodass niemand sieht, welche Mitteilungen zurückkommen: {said}; geben Sie die Welle frei, sobald das behoben ist',
  'the notice {notice} to {address} is not sent: {said}; release the wave once that is mended':
    'die Mitteilung „{notice}“ an {address} ist nicht gesendet: {said}; geben Sie die Welle frei, sobald das behoben ist',
  'the notice {notice} to {address} (and to {n} more) is not sent: {said}; release the wave once that is mended':
    'die Mitteilung „{notice}“ an {address} (und an {n} weitere) ist nicht gesendet: {said}; geben Sie die Welle frei, sobald das behoben ist',
  held: 'angehalten',
  'mail still arrived at the old server long after the switch (it was brought): {list}; see that it is led to the new side':
    'noch lange nach der Umstellung kam Post auf dem alten Server an (sie wurde kopiert): {list}; sorgen Sie dafür, dass sie zur neuen Seite geleitet wird',
  'run GET /api/waves/{wave}/members.ps1 for who opens {address}: in {list}; out {others} (ordered {at})':
    'führen Sie GET /api/waves/{wave}/members.ps1 aus, wer {address} öffnet: hinein {list}; hinaus {others} (angeordnet {at})',
  '{n} × {licence} had been taken back by somebody else: {list}':
    '{n} × {licence} hatte schon jemand anders zurückgenommen: {list}',
  'took {n} × {licence} back: {list} had not moved': '{n} × {licence} zurückgenommen: {list} waren nicht umgezogen',
  'take {n} × {licence} back unless another wave moves them: {list} got an account here and have not moved':
    'nehmen Sie {n} × {licence} zurück, sofern keine andere Welle diese Postfächer umzieht: {list} bekamen hier ein Konto und sind nicht umgezogen',
  'lead the mail of {list} back to the old server, where no letter of ours was seen to arrive yet: have whoever runs the old mail system do it (GET …/routing.json lists them), then retry, which asks at once; what arrived at the new side meanwhile stays there':
    'leiten Sie die Post von {list} zum alten Server zurück, wo noch kein Prüfbrief angekommen ist: Lassen Sie es von dem tun, der das alte Mailsystem betreibt (GET …/routing.json zählt sie auf), und versuchen Sie es dann erneut, womit sofort ein Brief geschickt wird; was inzwischen auf der neuen Seite angekommen ist, bleibt dort',
  'lead the mail of {list} back to the old server, too, which no letter can prove: one to a list would go to everybody on it, and what is new has no mailbox there':
    'leiten Sie auch die Post von {list} zum alten Server zurück, was kein Brief beweisen kann: einer an eine Liste ginge an alle darauf, und was neu ist, hat dort kein Postfach',
  'see that calendars, contacts and tasks were brought: only mail is copied here, and counted (copy.calendars: elsewhere)':
    'prüfen Sie, ob Kalender, Kontakte und Aufgaben übernommen wurden: Hier wird nur Post kopiert und gezählt (copy.calendars: elsewhere)',
  'the MX of {domain} leads to the new side although each of its mailboxes here is cancelled: unless another wave moves them, have the old one put back at its DNS host ({mx})':
    'der MX von {domain} führt zur neuen Seite, obwohl hier jedes seiner Postfächer abgebrochen ist: Sofern keine andere Welle sie umzieht, lassen Sie den alten bei seinem DNS-Anbieter wieder eintragen ({mx})',
  'the MX of {domain} leads to the new side although the wave is cancelled: POST …/rollback puts it back':
    'der MX von {domain} führt zur neuen Seite, obwohl die Welle abgebrochen ist: „Zurückstellen“ stellt ihn zurück',
  'raise the TTL of the MX of {domain} again: it was {n} s before, and {nNow} s for the switch':
    'setzen Sie die TTL des MX von {domain} wieder herauf: Sie war vorher {n} s, und {nNow} s für die Umstellung',
  'it has an MTA-STS policy: let that name the new mail exchangers ({mx}) a week before the switch, or senders that heed it keep their mail back (RFC 8461)':
    'es gibt eine MTA-STS-Richtlinie: Lassen Sie sie eine Woche vor der Umstellung die neuen Mailserver nennen ({mx}), sonst halten Absender, die sie beachten, ihre Post zurück (RFC 8461)',
  'it has {n} SPF records, and then none counts (RFC 7208 4.5): leave one':
    'es gibt {n} SPF-Einträge, und dann zählt keiner (RFC 7208 4.5): Lassen Sie einen stehen',
  'its SPF record does not name Microsoft 365: unless one that it includes does, add include:spf.protection.outlook.com before people send from there, or their mail is refused':
    'der SPF-Eintrag nennt Microsoft 365 nicht: Sofern es kein eingebundener tut, fügen Sie include:spf.protection.outlook.com hinzu, bevor von dort gesendet wird, sonst wird diese Post abgelehnt',
  '{domain} asks by DMARC ({policy}) that what SPF does not prove is kept from its readers: unless the notices are signed with its key (DKIM), they are':
    '{domain} verlangt durch DMARC ({policy}), dass Lesern vorenthalten wird, was SPF nicht beweist: So ergeht es den Mitteilungen, sofern sie nicht mit dem Schlüssel der Domain signiert sind (DKIM)',
  '{domain}, from which notices come, has no DMARC record: publish TXT "v=DMARC1; p=none" at _dmarc.{zone}, or large mail services may take them for forged':
    '{domain}, woher die Mitteilungen kommen, hat keinen DMARC-Eintrag: Veröffentlichen Sie TXT "v=DMARC1; p=none" unter _dmarc.{zone}, sonst halten große Maildienste sie womöglich für gefälscht',
  '{domain}, from which notices come, has {n} DMARC records, and then none counts (RFC 7489 6.6.3): leave one at _dmarc.{zone}':
    '{domain}, woher die Mitteilungen kommen, hat {n} DMARC-Einträge, und dann zählt keiner (RFC 7489 6.6.3): Lassen Sie einen stehen unter _dmarc.{zone}',
  '{domain}, from which notices come, has {n} SPF records, and then none counts (RFC 7208 4.5): leave one that names who sends for it, and {term}':
    '{domain}, woher die Mitteilungen kommen, hat {n} SPF-Einträge, und dann zählt keiner (RFC 7208 4.5): Lassen Sie einen stehen, der nennt, wer für die Domain sendet, auch {term}',
  '{domain}, from which notices come, has no SPF record: publish TXT "v=spf1 {term} ~all" there, with whoever else sends for it, or readers may take the notices for forged':
    '{domain}, woher die Mitteilungen kommen, hat keinen SPF-Eintrag: Veröffentlichen Sie dort TXT "v=spf1 {term} ~all", mit allen, die sonst für die Domain senden, sonst halten Leser die Mitteilungen womöglich für gefälscht',
  '{domain}, from which notices come, says by SPF ({record}) that nobody sends for it: put {term} before “all”':
    '{domain}, woher die Mitteilungen kommen, sagt durch SPF ({record}), dass niemand für die Domain sendet: Setzen Sie {term} vor „all“',
  '{host} serves {zone} but has no address: correct its A record or take it out of the NS set':
    '{host} bedient {zone}, hat aber keine Adresse: Berichtigen Sie den A-Eintrag, oder nehmen Sie ihn aus den NS-Einträgen',
  'the servers of {zone} delegate {domain} to nobody': 'die Server von {zone} delegieren {domain} an niemanden',
  'the delegation of {zone} could not be read, so servers that only its parent names were not asked: {saidCause}. {said}':
    'die Delegation von {zone} ließ sich nicht lesen, sodass Server, die nur die übergeordnete Zone nennt, nicht gefragt wurden: {saidCause}. {said}',
  '{name} is delegated {zone} by the parent, but the zone itself does not name it':
    'die übergeordnete Zone delegiert {zone} an {name}, aber die Zone selbst nennt ihn nicht',
  '{name} is named by {zone} itself, but the parent does not delegate to it':
    'die Zone {zone} nennt {name}, aber die übergeordnete Zone delegiert nicht an ihn',
  'mailboxes that stand out (GET …/inventory): {said}': 'Postfächer, die auffallen (GET …/inventory): {said}',
  'nothing at the old server (who fetches by POP has his mail on his computer, and nothing is moved): {list}; {said}':
    'nichts auf dem alten Server (wer mit POP abholt, hat seine Post auf dem eigenen Rechner, und nichts wird umgezogen): {list}; {said}',
  'nothing at the old server (who fetches by POP has his mail on his computer, and nothing is moved): {list}':
    'nichts auf dem alten Server (wer mit POP abholt, hat seine Post auf dem eigenen Rechner, und nichts wird umgezogen): {list}',
  'mail that nobody reads, so that notices there are not read either: {list}; {said}':
    'Post, die niemand liest, sodass auch Mitteilungen dort nicht gelesen werden: {list}; {said}',
  'mail that nobody reads, so that notices there are not read either: {list}':
    'Post, die niemand liest, sodass auch Mitteilungen dort nicht gelesen werden: {list}',
  'nothing read, sent or received for long (ask whether they are still wanted): {list}; {said}':
    'seit Langem nichts gelesen, gesendet oder empfangen (fragen Sie, ob sie noch gewollt sind): {list}; {said}',
  'nothing read, sent or received for long (ask whether they are still wanted): {list}':
    'seit Langem nichts gelesen, gesendet oder empfangen (fragen Sie, ob sie noch gewollt sind): {list}',
  'mailboxes whose calendars and contacts could not be read ahead at the old server: {list} ({code}). {said}':
    'Postfächer, deren Kalender und Kontakte auf dem alten Server nicht vorab gelesen werden konnten: {list} ({code}). {said}',
  'mailboxes without calendars and contacts at the old server, where others have theirs: {list}; nothing is brought for them: if that is wrong, correct what they sign in with there, or the wave':
    'Postfächer ohne Kalender und Kontakte auf dem alten Server, wo andere welche haben: {list}; für sie wird nichts übernommen. Stimmt das nicht, berichtigen Sie ihre Anmeldung dort oder die Welle',
  'the old server has calendars and contacts of nobody who was looked for: {list}; check `source.dav.url`, then look again (POST …/inventory)':
    'der alte Server hat von niemandem, der gesucht wurde, Kalender und Kontakte: {list}; prüfen Sie `source.dav.url` und nehmen Sie dann das Inventar neu auf (POST …/inventory)',
  'mailboxes whose calendars and contacts nobody has looked into yet: {n}; look again (POST …/inventory)':
    'Postfächer, deren Kalender und Kontakte noch niemand angesehen hat: {n}; nehmen Sie das Inventar neu auf (POST …/inventory)',
  'domains that the tenant does not have: {list}; add and verify them (Microsoft 365 admin centre, Settings, Domains), then look again (POST …/inventory)':
    'Domänen, die der Tenant nicht hat: {list}; fügen Sie sie hinzu und bestätigen Sie sie (Microsoft 365 Admin Center, Einstellungen, Domänen) und nehmen Sie dann das Inventar neu auf (POST …/inventory)',
  'domains that are not verified in the tenant: {list}; publish the TXT record of each, verify it (Microsoft 365 admin centre, Settings, Domains), then look again (POST …/inventory)':
    'Domänen, die im Tenant nicht bestätigt sind: {list}; veröffentlichen Sie den TXT-Eintrag einer jeden, bestätigen Sie sie (Microsoft 365 Admin Center, Einstellungen, Domänen) und nehmen Sie dann das Inventar neu auf (POST …/inventory)',
  '{domain} (TXT {text})': '{domain} (TXT {text})',
  'domains for which Exchange is not switched on in the tenant, so that they carry no mail: {list}; switch it on (Microsoft 365 admin centre, Settings, Domains, Manage DNS), then look again (POST …/inventory)':
    'Domänen, für die Exchange im Tenant nicht eingeschaltet ist, sodass sie keine Post tragen: {list}; schalten Sie es ein (Microsoft 365 Admin Center, Einstellungen, Domänen, DNS verwalten) und nehmen Sie dann das Inventar neu auf (POST …/inventory)',
  'the licence {licence}, which {n} mailboxes of the wave are to get, makes no mailbox: choose one with an Exchange plan that is switched on, in the wave or the playbook, then look again (POST …/inventory)':
    'die Lizenz {licence}, die {n} Postfächer der Welle bekommen sollen, macht kein Postfach: wählen Sie in der Welle oder im Drehbuch eine mit eingeschaltetem Exchange-Plan und nehmen Sie dann das Inventar neu auf (POST …/inventory)',
  'the tenant has no licence {licence}, which {n} mailboxes of the wave are to get: correct its name in the wave or the playbook, or buy it, then look again (POST …/inventory)':
    'der Tenant hat keine Lizenz {licence}, die {n} Postfächer der Welle bekommen sollen: berichtigen Sie ihren Namen in der Welle oder im Drehbuch, oder kaufen Sie sie, und nehmen Sie dann das Inventar neu auf (POST …/inventory)',
  'licences {licence}: {n} are free, this wave needs {nWave}, all planned waves together {nAll}, so {nLacking} lack: buy them, or take them back from accounts that are not used, then look again (POST …/inventory)':
    'Lizenzen {licence}: {n} frei, diese Welle braucht {nWave}, alle geplanten Wellen zusammen {nAll}; es fehlen {nLacking}: kaufen Sie sie, oder nehmen Sie sie Konten ab, die niemand mehr nutzt, und nehmen Sie dann das Inventar neu auf (POST …/inventory)',
  'addresses of the wave that something else in the tenant has: {list}; rename or remove that, or take the address from it (Microsoft 365 admin centre), then look again (POST …/inventory)':
    'Adressen der Welle, die im Tenant schon etwas anderes hat: {list}; benennen Sie es um, entfernen Sie es oder nehmen Sie ihm die Adresse (Microsoft 365 Admin Center), und nehmen Sie dann das Inventar neu auf (POST …/inventory)',
  'addresses of the wave that something deleted in the tenant had: {list}; restore what is to be gone on with, delete the rest for good (Microsoft 365 admin centre, Deleted users, Deleted groups), then look again (POST …/inventory)':
    'Adressen der Welle, die im Tenant etwas Gelöschtes hatte: {list}; stellen Sie wieder her, womit weitergearbeitet wird, löschen Sie das Übrige endgültig (Microsoft 365 Admin Center, Gelöschte Benutzer, Gelöschte Gruppen) und nehmen Sie dann das Inventar neu auf (POST …/inventory)',
  '{address} (the user {name})': '{address} (der Benutzer {name})',
  '{address} (the guest {name})': '{address} (der Gast {name})',
  '{address} (the Microsoft 365 group {name})': '{address} (die Microsoft-365-Gruppe {name})',
  '{address} (the list {name})': '{address} (die Liste {name})',
  '{address} (the contact {name})': '{address} (der Kontakt {name})',
  '{address} (the deleted user {name})': '{address} (der gelöschte Benutzer {name})',
  '{address} (the deleted group {name})': '{address} (die gelöschte Gruppe {name})',
  'the app may not look at this in the tenant: {list}; grant it (sh infra/grant-graph.sh OBJECT_ID tenant), or look there by hand before the evening':
    'die App darf dies im Tenant nicht lesen: {list}; geben Sie ihr das Recht (sh infra/grant-graph.sh OBJECT_ID tenant), oder sehen Sie vor dem Abend selbst nach',
  'this could not be looked at in the tenant: {list} ({code}). {said}':
    'dies konnte im Tenant nicht angesehen werden: {list} ({code}). {said}',
  'It is looked at again within the hour, or by POST …/inventory.':
    'Binnen einer Stunde wird erneut nachgesehen, oder mit POST …/inventory.',
  domains: 'Domänen',
  licences: 'Lizenzen',
  users: 'Benutzer',
  groups: 'Gruppen',
  contacts: 'Kontakte',
  'deleted users': 'gelöschte Benutzer',
  'deleted groups': 'gelöschte Gruppen',
  'mailboxes that do not fit at the target: {list}; give them more room there (a larger licence, or the quota of the mailbox) or have their owners clear out, then look again (POST …/inventory?again=true): one that gets full is held, and keeps the cutover waiting':
    'Postfächer, die am Ziel keinen Platz haben: {list}; geben Sie ihnen dort mehr Platz (eine größere Lizenz, oder den Speicherplatz des Postfachs) oder lassen Sie ihre Inhaber aufräumen, und starten Sie die Bestandsaufnahme neu (POST …/inventory?again=true): ein volles Postfach wird angehalten und lässt die Umschaltung warten',
  'mailboxes that will be more than nine tenths full at the target: {list}; give them more room there (a larger licence, or the quota of the mailbox) or have their owners clear out, or their new mail will soon bounce':
    'Postfächer, die am Ziel zu mehr als neun Zehnteln voll sein werden: {list}; geben Sie ihnen dort mehr Platz (eine größere Lizenz, oder den Speicherplatz des Postfachs) oder lassen Sie ihre Inhaber aufräumen, sonst wird ihre neue Post bald abgewiesen',
  'could not be opened: {list}': 'ließen sich nicht öffnen: {list}',
  'the old server': 'alter Server',
  inventory: 'Bestandsaufnahme',
  'answers-due': 'Frist für die Antworten',
  confirm: 'Bestätigung',
  prestage: 'erste Kopie',
  freeze: 'Sperre des alten Zugangs',
  provision: 'Anlegen der Postfächer',
  cutover: 'Umstellung',
  open: 'Öffnung der Postfächer',
  close: 'Abschluss',
}
