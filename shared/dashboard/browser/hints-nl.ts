import type { Sentences } from './sentences.ts'

/** What to do next, as the server says it, in Dutch. */
export const hints: Sentences = {
  'Nothing to do: it is tried again by itself.': 'Niets te doen: er wordt vanzelf opnieuw geprobeerd.',
  'It was tried for hours and is tried no more: look why, in the server’s own log too, then retry (POST …/retry).':
    'Er is urenlang geprobeerd en er wordt niet meer geprobeerd: zoek de oorzaak, ook in het logboek van de server, en probeer dan opnieuw.',
  'Check the login and the secret that the playbook names, and that the mailbox exists on this server; then release the mailbox.':
    'Controleer de aanmeldnaam en het geheim die het draaiboek noemt, en of het postvak op deze server bestaat; geef het postvak dan vrij.',
  'The account signs in but may not act for this mailbox: grant it master-user, proxy or FullAccess rights, then release the mailbox.':
    'De account meldt zich aan, maar mag niet voor dit postvak werken: geef hem dat recht (master-user, proxy of FullAccess) en geef het postvak dan vrij.',
  'The password has expired: renew it, store it under the same secret name, then release the mailbox.':
    'Het wachtwoord is verlopen: vernieuw het, bewaar het onder dezelfde naam van het geheim en geef het postvak dan vrij.',
  'The server wants TLS: set `tls: starttls` or `tls: implicit` in the playbook.':
    'De server wil TLS: zet `tls: starttls` of `tls: implicit` in het draaiboek.',
  'Have AUTH=PLAIN switched on at this server, or choose `master-user` or `passwords` in the playbook (`auth.kind`); then release the mailbox.':
    'Laat AUTH=PLAIN op deze server inschakelen, of kies `master-user` of `passwords` in het draaiboek (`auth.kind`); geef het postvak dan vrij.',
  'Store the secret again without a line end (many tools append one), then release the mailbox.':
    'Bewaar het geheim opnieuw, zonder regeleinde (veel programma’s voegen er een toe), en geef het postvak dan vrij.',
  'The server asks for its administrator: call them, then release the mailbox.':
    'De server verwijst naar de beheerder: neem contact op met hem en geef het postvak dan vrij.',
  'Give the migration account rights on this folder (ACL), then release the mailbox.':
    'Geef de migratieaccount rechten op deze map (ACL) en geef het postvak dan vrij.',
  'The target mailbox is full: raise its quota or its licence, then release the mailbox.':
    'Het doelpostvak is vol: verhoog het quotum of de licentie en geef het postvak dan vrij.',
  'The server will never do this: map the folder to another name in the playbook (`copy.folders.map`).':
    'De server zal dit nooit doen: geef de map een andere naam in het draaiboek (`copy.folders.map`).',
  'Without it nobody can say of a message that it was copied: have the folder’s index rebuilt at the old server, or leave the folder out (`copy.folders.exclude`); then release the mailbox.':
    'Zonder kan niemand van een bericht zeggen dat het gekopieerd is: laat de index van de map op de oude server opnieuw opbouwen, of laat de map weg (`copy.folders.exclude`); geef het postvak dan vrij.',
  'The folder was numbered anew while it was worked on; the next pass looks at all of it again.':
    'De map kreeg nieuwe nummers tijdens de kopie; de volgende ronde bekijkt ze helemaal opnieuw.',
  'If it lasts, have the folder’s index rebuilt at the old server, or leave the folder out (`copy.folders.exclude`).':
    'Blijft het duren, laat dan de index van de map op de oude server opnieuw opbouwen, of laat de map weg (`copy.folders.exclude`).',
  'The folder has gone since it was listed; the next pass lists again.':
    'De map is verdwenen sinds ze opgesomd werd; de volgende ronde maakt de lijst opnieuw.',
  'The folder has gone since it was listed; the next pass lists again and makes it.':
    'De map is verdwenen sinds ze opgesomd werd; de volgende ronde maakt de lijst opnieuw en maakt ze aan.',
  'The target folder has gone since it was made; the next pass makes it again.':
    'De doelmap is verdwenen sinds ze gemaakt werd; de volgende ronde maakt ze opnieuw.',
  'The folder was made anew; the next pass looks for everything again.':
    'De map is opnieuw gemaakt; de volgende ronde zoekt alles opnieuw op.',
  'If it lasts, see whether the mailbox is full: Exchange says it in these words too.':
    'Blijft het duren, kijk dan of het postvak vol is: Exchange zegt dat ook in deze woorden.',
  'The server limits connections or rate; lower `connections` in the playbook if this lasts.':
    'De server beperkt de verbindingen of de snelheid; verlaag `connections` in het draaiboek als dit blijft duren.',
  'The server reports a corrupt mailbox: have it repaired there, then release the mailbox.':
    'De server meldt een beschadigd postvak: laat het daar herstellen en geef het dan vrij.',
  'The server asked us to slow down; we come back when it said.':
    'De server vroeg om trager te gaan; de kopie gaat verder op het ogenblik dat hij noemde.',
  'Nothing listens there.': 'Op dat adres antwoordt geen dienst.',
  'The host name does not resolve.': 'Die servernaam is niet te vinden in de DNS.',
  'The host is unreachable.': 'De server is onbereikbaar.',
  'No answer in time.': 'Geen antwoord binnen de tijd.',
  'Check host, port and firewall in the playbook; it is tried again by itself.':
    'Controleer server en poort in het draaiboek, en de firewall; er wordt vanzelf opnieuw geprobeerd.',
  'Check host, port and firewall in the playbook.': 'Controleer server en poort in het draaiboek, en de firewall.',
  'The server’s TLS certificate has expired: have it renewed, then release the mailbox.':
    'Het TLS-certificaat van de server is verlopen: laat het vernieuwen en geef het postvak dan vrij.',
  'The server’s TLS certificate is self-signed: give the app its authority by NODE_EXTRA_CA_CERTS, then release the mailbox.':
    'Het TLS-certificaat van de server is zelfondertekend: geef de toepassing de uitgever ervan via NODE_EXTRA_CA_CERTS en geef het postvak dan vrij.',
  'The server’s TLS certificate has an unknown issuer: give the app its authority by NODE_EXTRA_CA_CERTS, then release the mailbox.':
    'De uitgever van het TLS-certificaat van de server is onbekend: geef hem aan de toepassing via NODE_EXTRA_CA_CERTS en geef het postvak dan vrij.',
  'The server’s TLS certificate is for another name: use that name as `host` in the playbook.':
    'Het TLS-certificaat van de server staat op een andere naam: gebruik die naam als `host` in het draaiboek.',
  'The server and we have no version or cipher of TLS in common.':
    'De server en Relève hebben geen TLS-versie of -versleuteling gemeen.',
  'Check `port` and `tls` in the playbook; an old server that has nothing newer than TLS 1.0 or 1.1 is read with `source.imap.oldTls: true`.':
    'Controleer `port` en `tls` in het draaiboek; een oude server die niets nieuwers kent dan TLS 1.0 of 1.1, wordt gelezen met `source.imap.oldTls: true`.',
  'Then release the mailbox.': 'Geef daarna het postvak vrij.',
  'It is tried again by itself; look at the server’s own log if it lasts.':
    'Er wordt vanzelf opnieuw geprobeerd; kijk in het logboek van de server als het blijft duren.',
  'look at the server’s own log if it lasts.': 'Kijk in het logboek van de server als het blijft duren.',
  'It goes on by itself.': 'De kopie gaat vanzelf verder.',
  'It is tried again by itself.': 'Er wordt vanzelf opnieuw geprobeerd.',
  'Nothing to do: it goes on when one is free.': 'Niets te doen: het gaat verder zodra er een verbinding vrij is.',
  'Raise `connections` in the playbook if the server can take more.':
    'Verhoog `connections` in het draaiboek als de server er meer aankan.',
  'Nothing to do: the work goes on by itself.': 'Niets te doen: het werk gaat vanzelf verder.',
  'If it lasts for hours, look at the Microsoft 365 service health page.':
    'Duurt het uren, kijk dan op de statuspagina van de Microsoft 365-diensten.',
  'Grant the application permission {permission} to the app (admin consent), or for sending mail assign its role in Exchange; then retry.':
    'Verleen de toepassing de machtiging {permission} (toestemming van de beheerder), of wijs haar voor het verzenden van mail haar rol in Exchange toe; probeer dan opnieuw.',
  'A new grant shows only in a new token: an hour, up to a day for a managed identity.':
    'Een nieuwe machtiging werkt pas met een nieuw token: na een uur, tot een dag voor een beheerde identiteit.',
  'This account has no mailbox in Exchange Online yet: give it a licence with an Exchange plan, wait for the mailbox, then retry.':
    'Deze account heeft nog geen postvak in Exchange Online: geef hem een licentie met een Exchange-abonnement, wacht op het postvak en probeer dan opnieuw.',
  'Another user, group or contact has this address: find it in the Entra admin centre, rename or remove it, then retry.':
    'Een andere gebruiker, groep of contactpersoon heeft dit adres al: zoek hem in het Entra-beheercentrum, hernoem of verwijder hem en probeer dan opnieuw.',
  "Add and verify the address's domain in the tenant (Microsoft 365 admin centre, Domains), then retry.":
    'Voeg het domein van het adres toe aan de tenant en verifieer het (Microsoft 365-beheercentrum, Domeinen); probeer dan opnieuw.',
  'Give the account a usage location (two-letter country) where this licence may be used, then retry.':
    'Geef de account een gebruikslocatie (landcode van twee letters) waar deze licentie gebruikt mag worden; probeer dan opnieuw.',
  'No licence of this kind is free: buy seats or take one back from an unused account, then retry.':
    'Er is geen licentie van deze soort vrij: koop er bij of neem er een terug van een ongebruikte account; probeer dan opnieuw.',
  'The account already has a licence with another Exchange plan: remove that one, or keep it and leave the licence out here.':
    'De account heeft al een licentie met een ander Exchange-abonnement: verwijder die, of behoud ze en laat de licentie hier weg.',
  'Graph does not know this object: check the address or the id, and that it is in this tenant, then retry.':
    'Microsoft 365 kent dit object niet: controleer het adres of de id, en of het in deze tenant staat; probeer dan opnieuw.',
  'Graph refuses this request as it stands: read its text, correct the row or the playbook, then retry.':
    'Microsoft 365 weigert deze aanvraag zoals ze is: lees het antwoord, verbeter de rij of het draaiboek en probeer dan opnieuw.',
  'Run the script of the wave, GET /api/waves/{wave}/exchange.ps1, in Exchange Online PowerShell; then retry.':
    'Voer het script van de golf, GET /api/waves/{wave}/exchange.ps1, uit in Exchange Online PowerShell; probeer dan opnieuw.',
  'See in the Exchange admin centre what is there, mend it, then retry.':
    'Kijk in het Exchange-beheercentrum wat er is, herstel het en probeer het daarna opnieuw.',
  'Take the address from that mailbox in the Exchange admin centre; then retry.':
    'Neem het adres weg van dat postvak in het Exchange-beheercentrum en probeer het daarna opnieuw.',
  'Run New-ServicePrincipal once (docs/deploying.md, Exchange Online), then retry.':
    'Voer één keer New-ServicePrincipal uit (docs/deploying.md, Exchange Online) en probeer het daarna opnieuw.',
  'See in the Exchange admin centre whether it is a shared mailbox at all; then retry.':
    'Kijk in het Exchange-beheercentrum of het wel een gedeeld postvak is; probeer dan opnieuw.',
  'Take it from that mailbox in the Exchange admin centre and run the script of the wave (exchange.ps1) again; then retry.':
    'Haal het weg bij dat postvak in het Exchange-beheercentrum en voer het script van de golf (exchange.ps1) opnieuw uit; probeer dan opnieuw.',
  'Find the group, contact, shared mailbox or alias that has this address, rename or remove it, then retry.':
    'Zoek de groep, de contactpersoon, het gedeelde postvak of de alias met dit adres, hernoem of verwijder dat en probeer dan opnieuw.',
  'Switch Exchange Online on in this licence of the account (admin centre, Licences and apps), then retry.':
    'Schakel Exchange Online in deze licentie van de account in (beheercentrum, Licenties en apps); probeer dan opnieuw.',
  'Give the row (or the playbook) a usage location, the two-letter country of the user, then retry.':
    'Geef de rij (of het draaiboek) een gebruikslocatie, de landcode van twee letters van de gebruiker; probeer dan opnieuw.',
  'Remove the guest, or move its mail to another address; then retry.':
    'Verwijder de gastaccount, of verplaats de mail naar een ander adres; probeer dan opnieuw.',
  'Give the row a licence, or assign one (also by group) in the admin centre, then retry.':
    'Geef de rij een licentie, of wijs er een toe (ook via een groep) in het beheercentrum; probeer dan opnieuw.',
  'See whether its mailbox is still on-premises (hybrid), else open a case with Microsoft with this address; then retry.':
    'Kijk of het postvak nog on-premises staat (hybride), open anders een ticket bij Microsoft met dit adres; probeer dan opnieuw.',
  'Name one the tenant has ({licences}), then retry.': 'Noem er een die de tenant heeft ({licences}); probeer dan opnieuw.',
  'Choose a licence that holds an Exchange Online plan, switched on, then retry.':
    'Kies een licentie met een ingeschakeld Exchange Online-abonnement; probeer dan opnieuw.',
  'Renew the subscription (Billing, Your products), then retry.':
    'Vernieuw het abonnement (Facturering, Uw producten); probeer dan opnieuw.',
  'Buy seats or take one back from an unused account, then retry.':
    'Koop licenties bij of neem er een terug van een ongebruikte account; probeer dan opnieuw.',
  'Take it from that list in the Exchange admin centre and run the script of the wave (exchange.ps1) again; then retry.':
    'Haal het weg bij die lijst in het Exchange-beheercentrum en voer het script van de golf (exchange.ps1) opnieuw uit; probeer dan opnieuw.',
  'Take the address from that mailbox in the Exchange admin centre, or cancel the list; run the script of the wave (exchange.ps1), then retry.':
    'Haal het adres weg bij dat postvak in het Exchange-beheercentrum, of annuleer de lijst; voer het script van de golf (exchange.ps1) uit en probeer dan opnieuw.',
  "Use only A-Z a-z 0-9 ' . - _ ! # ^ ~ before the @ (no accents, no dot at an end or doubled, 64 at most); correct the row, then retry.":
    "Gebruik voor de @ alleen A-Z a-z 0-9 ' . - _ ! # ^ ~ (zonder accenten, zonder punt aan een uiteinde of dubbele punt, hoogstens 64 tekens); verbeter de rij en probeer dan opnieuw.",
  'Verify {domain} and switch Exchange on for it (Microsoft 365 admin centre, Domains, Manage DNS), then retry.':
    'Verifieer {domain} en schakel er Exchange voor in (Microsoft 365-beheercentrum, Domeinen, DNS beheren); probeer dan opnieuw.',
  'Enable mail for the domain in Microsoft 365, or name the mail exchangers in the playbook (`routing.mx`); then release.':
    'Schakel mail in voor het domein in Microsoft 365, of noem de mailservers in het draaiboek (`routing.mx`); geef dan vrij.',
  'Somebody else changed these records since they were read.':
    'Iemand anders heeft deze records gewijzigd sinds ze gelezen werden.',
  'Put back what stood before, or what is wanted, then release the domain’s wave.':
    'Zet terug wat er eerst stond, of wat gewenst is, en geef de golf van het domein dan vrij.',
  'No zone answers for {domain}: check the spelling, and that the domain is registered and delegated.':
    'Geen enkele zone antwoordt voor {domain}: controleer de spelling, en of het domein geregistreerd en gedelegeerd is.',
  'Name at least one resolver, or the authoritative servers in the playbook (`nameservers`).':
    'Noem minstens één resolver, of de gezaghebbende servers in het draaiboek (`nameservers`).',
  '{server} does not answer for {name}: see its log, or name another server.':
    '{server} antwoordt niet voor {name}: kijk in zijn logboek, of noem een andere server.',
  'If it stays, correct the address of {host}, or take it out of the delegation: senders do not find it either.':
    'Als dat zo blijft, verbeter het adres van {host} of haal hem uit de delegatie: afzenders vinden hem ook niet.',
  'Nothing to do: the DNS host limits its requests, and it is tried again by itself.':
    'Niets te doen: de DNS-host beperkt het aantal aanvragen, en er wordt vanzelf opnieuw geprobeerd.',
  '{host} does not let us do this: check {key}, and that it serves this zone; then retry.':
    '{host} laat dit niet toe: controleer {key}, en of deze zone daar staat; probeer dan opnieuw.',
  '{host} does not take this change: see what it says, change the record by hand if need be, then retry.':
    '{host} aanvaardt deze wijziging niet: lees het antwoord, wijzig het record zo nodig met de hand en probeer dan opnieuw.',
  'Set the environment variable {secret} for the app, or name another secret in the playbook.':
    'Stel de omgevingsvariabele {secret} in voor de toepassing, of noem een ander geheim in het draaiboek.',
  'Put a secret named {secret} into the Key Vault, then release what is held.':
    'Plaats een geheim met de naam {secret} in de Key Vault en geef dan vrij wat aangehouden is.',
  'Check that the Key Vault can be reached; it is tried again by itself.':
    'Controleer of de Key Vault bereikbaar is; er wordt vanzelf opnieuw geprobeerd.',
  'Check that the Key Vault can be reached.': 'Controleer of de Key Vault bereikbaar is.',
  'The program failed on this several times: its log has the error.':
    'Het programma is hier meermaals op vastgelopen: de fout staat in het logboek.',
  'Report it, then retry the wave.': 'Meld ze en probeer de golf dan opnieuw.',
  'If this lasts, look why the host ends (memory, restarts).':
    'Blijft dit duren, zoek dan waarom de host stopt (geheugen, herstarts).',
  'This is a fault of the program.': 'Dit is een fout van het programma.',
  'It is tried a few times more, then held; the log has the whole error.':
    'Er wordt nog enkele keren geprobeerd, dan wordt aangehouden; de volledige fout staat in het logboek.',
  'The addresses are looked at by the calendar’s step `inventory`: it goes on by itself once that is done.':
    'De adressen worden bekeken in de stap `inventory` van de kalender: daarna gaat het vanzelf verder.',
  'Correct the notice in the playbook, then release the wave: it is said with the newest version.':
    'Verbeter het bericht in het draaiboek en geef de golf dan vrij: het vertrekt met de nieuwste versie.',
  'Look whether the address is right and its mailbox takes mail, and tell its reader by another way meanwhile; then release the wave, which sends the notice again, or leave it.':
    'Kijk of het adres klopt en of het postvak mail ontvangt, en verwittig de lezer intussen op een andere manier; geef daarna de golf vrij, wat het bericht opnieuw verstuurt, of laat het zo.',
  'Look at what the mail server says: sign-in, sender or recipient; then release the notice.':
    'Kijk wat de mailserver zegt: aanmelding, afzender of ontvanger; geef het bericht dan vrij.',
  'Look at the target mailbox’s limits, then release the notice.':
    'Bekijk de limieten van het doelpostvak en geef het bericht dan vrij.',
  'Fill in `channels` in the playbook for this channel; append and source-append reach only owners of a mailbox of the wave.':
    'Vul `channels` voor dit kanaal in het draaiboek in; append en source-append bereiken alleen wie een postvak in de golf heeft.',
  'Then release the notice.': 'Geef daarna het bericht vrij.',
  'That wave was opened again and has this mailbox.': 'Die golf is heropend en bevat dit postvak.',
  'Wait until it has ended, or cancel the mailbox there; then retry.':
    'Wacht tot ze afgelopen is, of annuleer het postvak daar; probeer dan opnieuw.',
  'The playbook promises that addresses do not change.': 'Het draaiboek belooft dat adressen niet veranderen.',
  'Make {address} the primary SMTP address and the sign-in name of this mailbox at the target (Exchange admin centre, Email addresses; Entra admin centre, User principal name), then release.':
    'Maak van {address} het primaire SMTP-adres en de aanmeldnaam van dit postvak aan het doel (Exchange-beheercentrum, E-mailadressen; Entra-beheercentrum, User principal name) en geef dan vrij.',
  'If it is to change: addresses: free.': 'Als het moet veranderen: addresses: free.',
  'Run the script of GET /api/waves/{wave}/exchange.ps1 and read what it says; members of a list that it did not make are taken away by hand.':
    'Voer het script van GET /api/waves/{wave}/exchange.ps1 uit en lees wat het zegt; leden van een lijst die het niet gemaakt heeft, verwijdert u met de hand.',
  'Then retry.': 'Probeer daarna opnieuw.',
  'Give that group another address and take this one from it (Set-UnifiedGroup, or the Exchange admin centre), run the script of the wave (exchange.ps1), then retry; or cancel the list and go on using the group.':
    'Geef die groep een ander adres en neem haar dit adres af (Set-UnifiedGroup, of het Exchange-beheercentrum), voer het script van de golf (exchange.ps1) uit en probeer dan opnieuw; of annuleer de lijst en blijf de groep gebruiken.',
  'Grant the app OrgContact.Read.All (contacts) and User.Read.All (people): sh infra/grant-graph.sh OBJECT_ID lists; then retry.':
    'Verleen de toepassing OrgContact.Read.All (contactpersonen) en User.Read.All (personen): sh infra/grant-graph.sh OBJECT_ID lists; probeer dan opnieuw.',
  'The directory cannot be asked: set AZURE_CLIENT_ID and grant User.Read.All, then release; or take “addresses: unchanged” out of the playbook.':
    'De adreslijst kan niet bevraagd worden: stel AZURE_CLIENT_ID in, verleen User.Read.All en geef dan vrij; of haal “addresses: unchanged” uit het draaiboek.',
  'Give the app’s identity the role Key Vault Secrets User on the vault (infra/roles.bicep).':
    'Geef de identiteit van de toepassing de rol Key Vault Secrets User op de kluis (infra/roles.bicep).',
  'it goes on when one is free.': 'het gaat verder zodra er een verbinding vrij is.',
  'The addresses are looked at by the calendar’s step `inventory`:':
    'De adressen worden bekeken in de stap `inventory` van de kalender.',
  'Check that the storage account can be reached; work goes on by itself when it can.':
    'Controleer of het opslagaccount bereikbaar is; het werk gaat dan vanzelf verder.',
  'Check the login and the secret of `source.dav.auth`, or else of `source.imap.auth`, at this server.':
    'Controleer op deze server de login en het geheim van `source.dav.auth`, of anders van `source.imap.auth`.',
  'Give this login the right to read this person’s calendars and address books.':
    'Geef deze login het recht om de agenda’s en adresboeken van deze persoon te lezen.',
  'Has this person ever had a calendar here? If so, check `source.dav.url`.':
    'Heeft deze persoon hier ooit een agenda gehad? Zo ja, controleer `source.dav.url`.',
  'What answers there is no CalDAV server.': 'Wat daar antwoordt, is geen CalDAV-server.',
  'Check `source.dav.url`.': 'Controleer `source.dav.url`.',
  'The login is not taken to another host.': 'De login gaat niet mee naar een andere host.',
  'If it is yours, name it in `source.dav.url`.': 'Is die van u, noem hem dan in `source.dav.url`.',
  'The server names no home of calendars and address books.': 'De server noemt geen plaats van agenda’s en adresboeken.',
  'Give the address of each person’s in `source.dav.url`.': 'Geef het adres van die van elke persoon in `source.dav.url`.',
  'Look at this entry at the old server, and at what is attached to it.':
    'Bekijk dit item op de oude server, en wat eraan is toegevoegd.',
  'Have the TLS certificate of this server renewed.': 'Laat het TLS-certificaat van deze server vernieuwen.',
  'Give the app the authority that signed the certificate of this server by NODE_EXTRA_CA_CERTS.':
    'Geef de app via NODE_EXTRA_CA_CERTS de autoriteit die het certificaat van deze server heeft ondertekend.',
  'The TLS certificate of this server is for another name.': 'Het TLS-certificaat van deze server staat op een andere naam.',
  'Use that one in `source.dav.url`.': 'Gebruik die in `source.dav.url`.',
  'The server refuses this request.': 'De server weigert deze aanvraag.',
  'Look into its log, and check `source.dav.url`.': 'Kijk in zijn logboek en controleer `source.dav.url`.',
  'Then retry the mailbox (POST …/retry).': 'Probeer de mailbox dan opnieuw (POST …/retry).',
  'Then look again (POST …/inventory).': 'Neem de inventaris dan opnieuw op (POST …/inventory).',
  'Look into the log of the server that does not answer.': 'Kijk in het logboek van de server die niet antwoordt.',
  'It is tried again when late mail is looked for, and by a retry of the mailbox (POST …/retry).':
    'Er volgt een nieuwe poging met de late post, en wanneer de mailbox opnieuw wordt geprobeerd (POST …/retry).',
  'See in the admin centre who uses it; take its licence back there.':
    'Kijk in het beheercentrum wie het gebruikt; neem de licentie daar terug.',
  'Take the account out of that group in the admin centre, if it is to lose the licence.':
    'Haal het account in het beheercentrum uit die groep, als het de licentie moet verliezen.',
}
