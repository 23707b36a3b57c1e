import type { Sentences } from './sentences.ts'

/** What is to be thought of about a wave, and what it leaves to do, as the server says it, in Dutch. */
export const warnings: Sentences = {
  '{step} falls on {saidDay}: somebody must be there': '{step} valt op {saidDay}: er moet iemand aanwezig zijn',
  '{step} falls on {saidDay}: nobody may read it': '{step} valt op {saidDay}: misschien leest niemand het',
  'a Saturday': 'een zaterdag',
  'a Sunday': 'een zondag',
  'a public holiday ({name}, {code})': 'een feestdag ({name}, {code})',
  'in a black-out ({why})': 'een dag in een periode zonder migraties ({why})',
  '{step} is an hour that comes twice, since the clocks are put back: the first is meant':
    '{step}: dat uur komt twee keer, want de klok gaat terug; het eerste telt',
  '{step} is when it is, since the change of clocks skips an hour of that night':
    '{step}: het uur schuift op, want de klok slaat die nacht een uur over',
  '{step} comes before {stepOther}: new mail would come first, and old mail after it; take another day, or other times in the playbook':
    '{step} komt voor {stepOther}: de nieuwe mail zou eerst komen en de oude daarna; neem een andere dag, of andere uren in het draaiboek',
  '{step} comes before {stepOther}; take another day, or other times in the playbook':
    '{step} komt voor {stepOther}; neem een andere dag, of andere uren in het draaiboek',
  '{step} ({when}, {at})': '{step} ({when}, {at})',
  'the notice {notice}': 'bericht “{notice}”',
  '{who} asks for {date} instead of {dateNow} ({why}): POST …/approve with "step": "postpone", by another person, grants it; …/reschedule says otherwise (with the present day: it stays)':
    '{who} vraagt {date} in plaats van {dateNow} ({why}): POST …/approve met "step": "postpone", door iemand anders, kent het toe; “Dag verplaatsen” beslist anders (met de huidige dag: die blijft)',
  '{who} asks for {date} instead of no day ({why}): POST …/approve with "step": "postpone", by another person, grants it; …/reschedule says otherwise (with the present day: it stays)':
    '{who} vraagt {date}, terwijl er nog geen dag vastligt ({why}): POST …/approve met "step": "postpone", door iemand anders, kent het toe; “Dag verplaatsen” beslist anders',
  'granted, {said}': 'als het toegekend wordt: {said}',
  'mailboxes of which the old server counts more messages (EXISTS) than it lists: {list}; have the indexes of their folders (GET …/mailboxes/ADDRESS: unlisted) rebuilt there: what appears is brought by the next round, and after the switch by a retry':
    'postvakken waarvan de oude server meer berichten telt (EXISTS) dan hij opsomt: {list}; laat daar de index van hun mappen opnieuw opbouwen (de pagina van elk postvak zegt welke): wat verschijnt, wordt bij de volgende ronde gekopieerd, en na de omschakeling met “Opnieuw proberen”',
  '{step} was past before it could be done: choose send-now or skip (POST …/send-now, …/skip with "steps": ["{name}"])':
    '{step}: het uur was voorbij voor het gedaan kon worden; kies of het nog gebeurt of wegvalt (POST …/send-now of …/skip met "steps": ["{name}"])',
  '{step} waits for {list}': 'stap “{step}” wacht op: {list}',
  '{step} is held: {said}': 'stap “{step}” is aangehouden: {said}',
  'by an operator': 'door het migratieteam',
  'the hour of the cutover for {date} ({at}) was missed: it waits for somebody’s word; POST …/approve with "step": "cutover" begins it now, …/reschedule moves its day':
    'het uur van de omschakeling van {date} ({at}) is voorbij: ze wacht op iemands beslissing; “Goedkeuren” start ze nu, “Dag verplaatsen” stelt ze uit',
  'the hour of the cutover for {date} ({at}) is past: it begins as soon as it may':
    'het uur van de omschakeling van {date} ({at}) is voorbij: ze begint zodra het kan',
  'an approval was given for another day and count no more: confirm {date} anew':
    'een goedkeuring gold voor een andere dag en telt niet meer: bevestig opnieuw, voor {date}',
  'approvals were given for another day and count no more: confirm {date} anew':
    'goedkeuringen golden voor een andere dag en tellen niet meer: bevestig opnieuw, voor {date}',
  'the MX of {domain} was put back with wave “{wave}”: new mail of this wave arrives at the old server again, and nobody of it was told; POST …/rollback of this wave as well tells them, another wave switches it again':
    'de MX van {domain} is met golf “{wave}” teruggedraaid: de nieuwe mail van deze golf komt weer aan op de oude server, en niemand is verwittigd; “Terugdraaien” van ook deze golf verwittigt hen, een andere golf schakelt hem opnieuw om',
  '{domain} is in wave “{wave}” ({waveState}), too: its MX is switched, and put back, for both':
    '{domain} zit ook in golf “{wave}” ({waveState}): de MX wordt voor beide omgeschakeld en teruggedraaid',
  '{domain} is in wave “{wave}” ({waveState}), too: its MX is switched, and put back, for both; mailboxes of that wave that do not exist at the target yet, and whose mail would bounce: {n}':
    '{domain} zit ook in golf “{wave}” ({waveState}): de MX wordt voor beide omgeschakeld en teruggedraaid; postvakken van die andere golf die aan het doel nog niet bestaan en waarvan de mail zou terugkeren: {n}',
  'the notice {notice} did not reach {address}: {said}': 'het bericht “{notice}” kwam niet aan bij {address}: {said}',
  'it came back': 'het kwam terug',
  'mails from mail servers in {address} that the program could not understand: {n}; open it and look whether notices came back':
    'mails van mailservers in {address} die het programma niet begreep: {n}; open dat postvak en kijk of er berichten teruggekomen zijn',
  '{address} cannot be read, so nobody sees which notices come back: {said}; release the wave once that is mended':
    '{address} kan niet gelezen worden, zodat niemand ziet welke berichten terugkomen: {said}; geef de golf vrij zodra dat opgelost is',
  'the notice {notice} to {address} is not sent: {said}; release the wave once that is mended':
    'het bericht “{notice}” naar {address} is niet verstuurd: {said}; geef de golf vrij zodra dat opgelost is',
  'the notice {notice} to {address} (and to {n} more) is not sent: {said}; release the wave once that is mended':
    'het bericht “{notice}” naar {address} (en naar {n} andere) is niet verstuurd: {said}; geef de golf vrij zodra dat opgelost is',
  held: 'aangehouden',
  'mail still arrived at the old server long after the switch (it was brought): {list}; see that it is led to the new side':
    'er kwam lang na de omschakeling nog mail aan op de oude server (ze is gekopieerd): {list}; zorg dat ze naar de nieuwe kant geleid wordt',
  'run GET /api/waves/{wave}/members.ps1 for who opens {address}: in {list}; out {others} (ordered {at})':
    'voer GET /api/waves/{wave}/members.ps1 uit voor wie {address} opent: erbij {list}; eruit {others} (opdracht van {at})',
  '{n} × {licence} had been taken back by somebody else: {list}':
    '{n} × {licence} waren al door iemand anders teruggenomen: {list}',
  'took {n} × {licence} back: {list} had not moved': '{n} × {licence} teruggenomen: {list} waren niet verhuisd',
  'take {n} × {licence} back unless another wave moves them: {list} got an account here and have not moved':
    'neem {n} × {licence} terug, tenzij een andere golf deze postvakken verhuist: {list} kregen hier een account en zijn niet verhuisd',
  'lead the mail of {list} back to the old server, where no letter of ours was seen to arrive yet: have whoever runs the old mail system do it (GET …/routing.json lists them), then retry, which asks at once; what arrived at the new side meanwhile stays there':
    'leid de post van {list} terug naar de oude server, waar nog geen controlebrief is aangekomen: laat dit doen door wie het oude mailsysteem beheert (GET …/routing.json noemt ze) en probeer daarna opnieuw, dan wordt meteen een brief gestuurd; wat intussen aan de nieuwe kant is aangekomen, blijft daar',
  'lead the mail of {list} back to the old server, too, which no letter can prove: one to a list would go to everybody on it, and what is new has no mailbox there':
    'leid ook de post van {list} terug naar de oude server, wat geen brief kan bewijzen: een brief aan een lijst zou naar alle leden gaan, en wat nieuw is heeft daar geen mailbox',
  'see that calendars, contacts and tasks were brought: only mail is copied here, and counted (copy.calendars: elsewhere)':
    'ga na of agenda’s, contactpersonen en taken overgebracht zijn: hier wordt alleen mail gekopieerd en geteld (copy.calendars: elsewhere)',
  'the MX of {domain} leads to the new side although each of its mailboxes here is cancelled: unless another wave moves them, have the old one put back at its DNS host ({mx})':
    'de MX van {domain} leidt naar de nieuwe kant hoewel elk van zijn postvakken hier geannuleerd is: tenzij een andere golf ze verhuist, laat de oude bij zijn DNS-host terugzetten ({mx})',
  'the MX of {domain} leads to the new side although the wave is cancelled: POST …/rollback puts it back':
    'de MX van {domain} leidt naar de nieuwe kant hoewel de golf geannuleerd is: “Terugdraaien” zet hem terug',
  'raise the TTL of the MX of {domain} again: it was {n} s before, and {nNow} s for the switch':
    'verhoog de TTL van de MX van {domain} weer: hij was vroeger {n} s, en {nNow} s voor de omschakeling',
  'it has an MTA-STS policy: let that name the new mail exchangers ({mx}) a week before the switch, or senders that heed it keep their mail back (RFC 8461)':
    'het heeft een MTA-STS-beleid: laat dat een week voor de omschakeling de nieuwe mailservers noemen ({mx}), anders houden afzenders die het volgen hun mail tegen (RFC 8461)',
  'it has {n} SPF records, and then none counts (RFC 7208 4.5): leave one':
    'het heeft {n} SPF-records, en dan telt er geen enkel (RFC 7208 4.5): laat er één staan',
  'its SPF record does not name Microsoft 365: unless one that it includes does, add include:spf.protection.outlook.com before people send from there, or their mail is refused':
    'het SPF-record noemt Microsoft 365 niet: tenzij een ingesloten record dat doet, voeg include:spf.protection.outlook.com toe voor er vandaar verstuurd wordt, anders wordt die mail geweigerd',
  '{domain} asks by DMARC ({policy}) that what SPF does not prove is kept from its readers: unless the notices are signed with its key (DKIM), they are':
    '{domain} vraagt met DMARC ({policy}) om bij lezers weg te houden wat SPF niet bewijst: dat overkomt de berichten, tenzij ze met zijn sleutel ondertekend zijn (DKIM)',
  '{domain}, from which notices come, has no DMARC record: publish TXT "v=DMARC1; p=none" at _dmarc.{zone}, or large mail services may take them for forged':
    '{domain}, vanwaar de berichten komen, heeft geen DMARC-record: publiceer TXT "v=DMARC1; p=none" op _dmarc.{zone}, anders kunnen grote maildiensten ze voor vals houden',
  '{domain}, from which notices come, has {n} DMARC records, and then none counts (RFC 7489 6.6.3): leave one at _dmarc.{zone}':
    '{domain}, vanwaar de berichten komen, heeft {n} DMARC-records, en dan telt er geen enkel (RFC 7489 6.6.3): laat er één staan op _dmarc.{zone}',
  '{domain}, from which notices come, has {n} SPF records, and then none counts (RFC 7208 4.5): leave one that names who sends for it, and {term}':
    '{domain}, vanwaar de berichten komen, heeft {n} SPF-records, en dan telt er geen enkel (RFC 7208 4.5): laat er één staan dat noemt wie voor dit domein verzendt, ook {term}',
  '{domain}, from which notices come, has no SPF record: publish TXT "v=spf1 {term} ~all" there, with whoever else sends for it, or readers may take the notices for forged':
    '{domain}, vanwaar de berichten komen, heeft geen SPF-record: publiceer daar TXT "v=spf1 {term} ~all", met wie verder voor dit domein verzendt, anders kunnen lezers de berichten voor vals houden',
  '{domain}, from which notices come, says by SPF ({record}) that nobody sends for it: put {term} before “all”':
    '{domain}, vanwaar de berichten komen, zegt met SPF ({record}) dat niemand voor dit domein verzendt: zet {term} voor “all”',
  '{host} serves {zone} but has no address: correct its A record or take it out of the NS set':
    '{host} bedient {zone}, maar heeft geen adres: verbeter het A-record of haal hem uit de NS-records',
  'the servers of {zone} delegate {domain} to nobody': 'de servers van {zone} delegeren {domain} aan niemand',
  'the delegation of {zone} could not be read, so servers that only its parent names were not asked: {saidCause}. {said}':
    'de delegatie van {zone} kon niet gelezen worden, zodat servers die alleen de bovenliggende zone noemt niet bevraagd zijn: {saidCause}. {said}',
  '{name} is delegated {zone} by the parent, but the zone itself does not name it':
    'de bovenliggende zone delegeert {zone} aan {name}, maar de zone zelf noemt hem niet',
  '{name} is named by {zone} itself, but the parent does not delegate to it':
    'de zone {zone} noemt {name}, maar de bovenliggende zone delegeert er niet aan',
  'mailboxes that stand out (GET …/inventory): {said}': 'postvakken die opvallen (GET …/inventory): {said}',
  'nothing at the old server (who fetches by POP has his mail on his computer, and nothing is moved): {list}; {said}':
    'niets op de oude server (wie met POP ophaalt, heeft zijn mail op de eigen computer, en er wordt niets verhuisd): {list}; {said}',
  'nothing at the old server (who fetches by POP has his mail on his computer, and nothing is moved): {list}':
    'niets op de oude server (wie met POP ophaalt, heeft zijn mail op de eigen computer, en er wordt niets verhuisd): {list}',
  'mail that nobody reads, so that notices there are not read either: {list}; {said}':
    'mail die niemand leest, zodat ook berichten daar niet gelezen worden: {list}; {said}',
  'mail that nobody reads, so that notices there are not read either: {list}':
    'mail die niemand leest, zodat ook berichten daar niet gelezen worden: {list}',
  'nothing read, sent or received for long (ask whether they are still wanted): {list}; {said}':
    'al lang niets gelezen, verstuurd of ontvangen (vraag of ze nog gewenst zijn): {list}; {said}',
  'nothing read, sent or received for long (ask whether they are still wanted): {list}':
    'al lang niets gelezen, verstuurd of ontvangen (vraag of ze nog gewenst zijn): {list}',
  'mailboxes whose calendars and contacts could not be read ahead at the old server: {list} ({code}). {said}':
    'postvakken waarvan agenda’s en contacten niet vooraf gelezen konden worden op de oude server: {list} ({code}). {said}',
  'mailboxes without calendars and contacts at the old server, where others have theirs: {list}; nothing is brought for them: if that is wrong, correct what they sign in with there, or the wave':
    'postvakken zonder agenda’s en contacten op de oude server, waar anderen die wel hebben: {list}; voor hen wordt niets overgebracht. Klopt dat niet, verbeter dan waarmee zij zich daar aanmelden, of de golf',
  'the old server has calendars and contacts of nobody who was looked for: {list}; check `source.dav.url`, then look again (POST …/inventory)':
    'de oude server heeft van niemand die gezocht werd agenda’s en contacten: {list}; controleer `source.dav.url` en neem de inventaris dan opnieuw op (POST …/inventory)',
  'mailboxes whose calendars and contacts nobody has looked into yet: {n}; look again (POST …/inventory)':
    'postvakken waarvan nog niemand de agenda’s en contacten heeft bekeken: {n}; neem de inventaris opnieuw op (POST …/inventory)',
  'domains that the tenant does not have: {list}; add and verify them (Microsoft 365 admin centre, Settings, Domains), then look again (POST …/inventory)':
    'domeinen die de tenant niet heeft: {list}; voeg ze toe en verifieer ze (Microsoft 365-beheercentrum, Instellingen, Domeinen) en neem de inventaris dan opnieuw op (POST …/inventory)',
  'domains that are not verified in the tenant: {list}; publish the TXT record of each, verify it (Microsoft 365 admin centre, Settings, Domains), then look again (POST …/inventory)':
    'domeinen die in de tenant niet geverifieerd zijn: {list}; publiceer het TXT-record van elk, verifieer het (Microsoft 365-beheercentrum, Instellingen, Domeinen) en neem de inventaris dan opnieuw op (POST …/inventory)',
  '{domain} (TXT {text})': '{domain} (TXT {text})',
  'domains for which Exchange is not switched on in the tenant, so that they carry no mail: {list}; switch it on (Microsoft 365 admin centre, Settings, Domains, Manage DNS), then look again (POST …/inventory)':
    'domeinen waarvoor Exchange in de tenant niet is ingeschakeld, zodat ze geen mail dragen: {list}; schakel het in (Microsoft 365-beheercentrum, Instellingen, Domeinen, DNS beheren) en neem de inventaris dan opnieuw op (POST …/inventory)',
  'the licence {licence}, which {n} mailboxes of the wave are to get, makes no mailbox: choose one with an Exchange plan that is switched on, in the wave or the playbook, then look again (POST …/inventory)':
    'de licentie {licence}, die {n} postvakken van de golf moeten krijgen, maakt geen postvak: kies er een met een ingeschakeld Exchange-plan, in de golf of het draaiboek, en neem de inventaris dan opnieuw op (POST …/inventory)',
  'the tenant has no licence {licence}, which {n} mailboxes of the wave are to get: correct its name in the wave or the playbook, or buy it, then look again (POST …/inventory)':
    'de tenant heeft geen licentie {licence}, die {n} postvakken van de golf moeten krijgen: verbeter de naam in de golf of het draaiboek, of koop ze, en neem de inventaris dan opnieuw op (POST …/inventory)',
  'licences {licence}: {n} are free, this wave needs {nWave}, all planned waves together {nAll}, so {nLacking} lack: buy them, or take them back from accounts that are not used, then look again (POST …/inventory)':
    'licenties {licence}: {n} vrij, deze golf heeft er {nWave} nodig, alle geplande golven samen {nAll}; er ontbreken er {nLacking}: koop ze, of neem ze terug van accounts die niet meer gebruikt worden, en neem de inventaris dan opnieuw op (POST …/inventory)',
  'addresses of the wave that something else in the tenant has: {list}; rename or remove that, or take the address from it (Microsoft 365 admin centre), then look again (POST …/inventory)':
    'adressen van de golf die iets anders in de tenant al heeft: {list}; hernoem of verwijder dat, of neem het adres ervan af (Microsoft 365-beheercentrum), en neem de inventaris dan opnieuw op (POST …/inventory)',
  'addresses of the wave that something deleted in the tenant had: {list}; restore what is to be gone on with, delete the rest for good (Microsoft 365 admin centre, Deleted users, Deleted groups), then look again (POST …/inventory)':
    'adressen van de golf die iets verwijderds in de tenant had: {list}; herstel wat verder moet gaan, verwijder de rest definitief (Microsoft 365-beheercentrum, Verwijderde gebruikers, Verwijderde groepen) en neem de inventaris dan opnieuw op (POST …/inventory)',
  '{address} (the user {name})': '{address} (de gebruiker {name})',
  '{address} (the guest {name})': '{address} (de gast {name})',
  '{address} (the Microsoft 365 group {name})': '{address} (de Microsoft 365-groep {name})',
  '{address} (the list {name})': '{address} (de lijst {name})',
  '{address} (the contact {name})': '{address} (het contact {name})',
  '{address} (the deleted user {name})': '{address} (de verwijderde gebruiker {name})',
  '{address} (the deleted group {name})': '{address} (de verwijderde groep {name})',
  'the app may not look at this in the tenant: {list}; grant it (sh infra/grant-graph.sh OBJECT_ID tenant), or look there by hand before the evening':
    'de app mag dit in de tenant niet lezen: {list}; geef haar het recht (sh infra/grant-graph.sh OBJECT_ID tenant), of kijk er voor de avond zelf naar',
  'this could not be looked at in the tenant: {list} ({code}). {said}':
    'dit kon in de tenant niet bekeken worden: {list} ({code}). {said}',
  'It is looked at again within the hour, or by POST …/inventory.':
    'Binnen het uur wordt opnieuw gekeken, of met POST …/inventory.',
  domains: 'domeinen',
  licences: 'licenties',
  users: 'gebruikers',
  groups: 'groepen',
  contacts: 'contacten',
  'deleted users': 'verwijderde gebruikers',
  'deleted groups': 'verwijderde groepen',
  'mailboxes that do not fit at the target: {list}; give them more room there (a larger licence, or the quota of the mailbox) or have their owners clear out, then look again (POST …/inventory?again=true): one that gets full is held, and keeps the cutover waiting':
    'mailboxen die op het doel niet passen: {list}; geef ze daar meer ruimte (een grotere licentie, of het quotum van de mailbox) of laat de eigenaars opruimen, en start de inventaris opnieuw (POST …/inventory?again=true): een volle mailbox wordt aangehouden en laat de omschakeling wachten',
  'mailboxes that will be more than nine tenths full at the target: {list}; give them more room there (a larger licence, or the quota of the mailbox) or have their owners clear out, or their new mail will soon bounce':
    'mailboxen die op het doel voor meer dan negen tiende vol zullen zijn: {list}; geef ze daar meer ruimte (een grotere licentie, of het quotum van de mailbox) of laat de eigenaars opruimen, anders wordt hun nieuwe post weldra geweigerd',
  'could not be opened: {list}': 'konden niet geopend worden: {list}',
  'the old server': 'oude server',
  inventory: 'inventaris',
  'answers-due': 'uiterste datum van de antwoorden',
  confirm: 'bevestiging',
  prestage: 'eerste kopie',
  freeze: 'afsnijden van de oude toegang',
  provision: 'aanmaken van de postvakken',
  cutover: 'omschakeling',
  open: 'openen van de postvakken',
  close: 'afsluiting',
}
