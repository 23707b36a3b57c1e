import type { Sentences } from './sentences.ts'

const remedy = 'say it in the playbook as it was and give the order again; what must differ is a matter for another wave'
const kept = 'zet het in het draaiboek zoals het was en geef de opdracht opnieuw; wat moet verschillen, is voor een andere golf'

/** What went wrong, as the server says it, in Dutch. */
export const causes: Sentences = {
  'signing in to {host}:{port} as {login}': 'aanmelden bij {host}:{port} als {login}',
  'speaking with {host}:{port} as {login}': 'verbinding met {host}:{port} als {login}',
  'looking at the mailbox {address}': 'bekijken van het postvak {address}',
  '{said}: opening “{path}”': '{said}, openen van “{path}”',
  '{said}: counting “{path}”': '{said}, tellen van “{path}”',
  '{said}: reading “{path}”': '{said}, lezen van “{path}”',
  'making folder “{path}”': 'aanmaken van de map “{path}”',
  'opening “{path}” of {address}': 'openen van “{path}” van {address}',
  'looking at the messages of {address}': 'bekijken van de berichten van {address}',
  'reading the folders of {address}': 'lezen van de mappen van {address}',
  'writing a message to {address}': 'schrijven van een bericht naar {address}',
  'importing a message to {address}': 'importeren van een bericht in {address}',
  'reading what came back to {address}': 'lezen van wat terugkwam bij {address}',
  'opening a session with {server}': 'openen van een verbinding met {server}',
  'reading secret {secret}': 'lezen van het geheim {secret}',
  'looking for the account {address}': 'zoeken van de account {address}',
  'looking for the account with the address {address}': 'zoeken van de account met het adres {address}',
  'creating the account {address}': 'aanmaken van de account {address}',
  'preparing the account {address}': 'voorbereiden van de account {address}',
  'licensing {address}': 'toewijzen van een licentie aan {address}',
  'looking for the mailbox of {address}': 'zoeken van het postvak van {address}',
  'looking for the shared mailbox {address}': 'zoeken van het gedeelde postvak {address}',
  'looking for the alias {address}': 'zoeken van de alias {address}',
  'looking for the list {address}': 'zoeken van de lijst {address}',
  'reading the members of the list {address}': 'lezen van de leden van de lijst {address}',
  'setting a new password of {address}': 'nieuw wachtwoord voor {address}',
  'looking whether {address} is unchanged': 'controle of {address} ongewijzigd is',
  'going on with {address} where wave “{wave}” ended': 'verdergaan met {address} waar golf “{wave}” eindigde',
  'asking whether the tenant has verified {domain}': 'navraag of de tenant {domain} geverifieerd heeft',
  'reading the mail records Microsoft wants for {domain}': 'lezen van de mailrecords die Microsoft voor {domain} vraagt',
  'learning the new MX of {domain}': 'opzoeken van de nieuwe MX van {domain}',
  'changing the records of {domain}': 'wijzigen van de records van {domain}',
  'finding the zone of {domain}': 'zoeken van de zone van {domain}',
  'looking for the zone {zone} at {host}': 'zoeken van de zone {zone} bij {host}',
  'asking {server} for {records} {kind}': 'vraag aan {server} over {records} {kind}',
  'asking for {records} {kind}': 'vraag over {records} {kind}',
  'looking up the name server {host}': 'opzoeken van de naamserver {host}',
  'sending “{notice}” to {address}': 'versturen van “{notice}” naar {address}',
  'sending to {address} through {server}': 'versturen naar {address} via {server}',
  'sending a mail as {address}': 'versturen van een mail als {address}',
  'sending a notice': 'versturen van een bericht',
  'putting a notice into the new mailbox': 'plaatsen van een bericht in het nieuwe postvak',
  'it came back from {address}: {said}': 'teruggekomen van {address}: {said}',
  'the work of {wave} {row} failed again and again: {said}': 'het werk aan {wave} {row} mislukte telkens opnieuw: {said}',
  'the work of {wave} {row} was cut off several times': 'het werk aan {wave} {row} is meermaals afgebroken',
  'no answer in time': 'geen antwoord binnen de tijd',
  'the server was silent for two minutes': 'de server zweeg twee minuten',
  'the connection was closed': 'de verbinding is gesloten',
  'the server closed the connection': 'de server heeft de verbinding gesloten',
  'its words repeat the sign-in and are left out': 'het antwoord herhaalt de aanmelding en is weggelaten',
  'it is not there, and Graph cannot make shared mailboxes':
    'het bestaat niet, en Microsoft Graph kan geen gedeelde postvakken maken',
  'the mailbox of that address is not a shared one': 'het postvak van dat adres is niet gedeeld',
  'an account of that name exists without a mailbox': 'er bestaat een account met die naam, zonder postvak',
  'nobody has it, and Graph cannot write aliases': 'niemand heeft hem, en Microsoft Graph kan geen aliassen schrijven',
  'it leads to {other}, not to {address}': 'hij leidt naar {other}, niet naar {address}',
  'another object has this address, and it is not a user of that name':
    'een ander object heeft dit adres, en het is geen gebruiker met die naam',
  '{licence} is assigned without its Exchange plan': '{licence} is toegewezen zonder het Exchange-abonnement',
  '{address} has no usage location': '{address} heeft geen gebruikslocatie',
  '{address} is a guest': '{address} is een gastaccount',
  '{address} has no licence with an Exchange plan': '{address} heeft geen licentie met een Exchange-abonnement',
  '{address} has been licensed for 24 h without a mailbox': '{address} heeft al 24 uur een licentie, maar geen postvak',
  'the tenant has no licence {licence}': 'de tenant heeft geen licentie {licence}',
  '{licence} makes no mailbox': '{licence} geeft geen postvak',
  'all {n} of {licence} are taken': 'alle {n} licenties {licence} zijn in gebruik',
  'the mailbox of {address} has this address': 'het postvak van {address} heeft dit adres',
  'it is another address of the list “{name}” ({address})': 'het is een ander adres van de lijst “{name}” ({address})',
  'some of its members cannot be read': 'sommige leden kunnen niet gelezen worden',
  'Microsoft 365 cannot have this address as a sign-in name': 'Microsoft 365 aanvaardt dit adres niet als aanmeldnaam',
  'people would sign in as {login}': 'men zou zich aanmelden als {login}',
  'no account has this address': 'geen enkele account heeft dit adres',
  'its primary address is {address}': 'het primaire adres is {address}',
  'its person signs in as {login}': 'de persoon meldt zich aan als {login}',
  'its text is no longer there': 'de tekst bestaat niet meer',
  'its wave is no longer there': 'de golf bestaat niet meer',
  'its mailbox, its text or its issuer is no longer there': 'het postvak, de tekst of de afzender bestaat niet meer',
  'every mailbox was cancelled': 'alle postvakken zijn geannuleerd',
  '{address}: held': '{address}: aangehouden',
  '{address}: held: {said}': '{address}: aangehouden; {said}',
  '{address}: is {mailboxState}': '{address}: {mailboxState}',
  '{address}: “{path}” is {folderState}': '{address}: “{path}”, {folderState}',
  '{address}: “{path}” has {n} chunks without an outcome': '{address}: {n} reeksen van “{path}” hebben geen uitkomst',
  '{address}: “{path}” has {n} messages and {nSettled} outcomes':
    '{address}: “{path}” heeft {n} berichten en {nSettled} uitkomsten',
  '{address}: “{path}” was not compared': '{address}: “{path}” is niet vergeleken',
  '{address}: “{path}”: {said} ({n} in all)': '{address}: “{path}”: {said} ({n} in totaal)',
  '{address}: {n} messages did not arrive as they were': '{address}: berichten die niet aankwamen zoals ze waren: {n}',
  'UID {n}: was being copied': 'UID {n}: werd net gekopieerd',
  'UID {n}: is at the source, but was not handed out: have the folder repaired there, then retry':
    'UID {n}: staat aan de bron, maar werd niet meegegeven: laat de map daar herstellen en probeer opnieuw',
  'UID {n}: is missing at the target (UID {nTarget})': 'UID {n}: ontbreekt aan het doel (UID {nTarget})',
  'UID {n}: the old server did not list it when the folder was copied':
    'UID {n}: de oude server somde het niet op toen de map gekopieerd werd',
  'target UID {n}: a second copy of a message of ours': 'UID {n} aan het doel: tweede kopie van een van onze berichten',
  'UID {n}: flags are {flags}, expected {expected}': 'UID {n}: markeringen {flags}, verwacht: {expected}',
  'UID {n}: INTERNALDATE is {at}, expected {atWanted}': 'UID {n}: datum van aankomst {at}, verwacht: {atWanted}',
  'the old server numbered all messages anew after they were copied (UIDVALIDITY): nothing could be compared':
    'de oude server gaf alle berichten nieuwe nummers na de kopie (UIDVALIDITY): er kon niets vergeleken worden',
  'the old server counts {n} messages (EXISTS) and lists {nListed}: have the folder’s index rebuilt there, then retry: what appears is brought':
    'de oude server telt {n} berichten (EXISTS) en somt er {nListed} op: laat daar de index van de map opnieuw opbouwen en probeer opnieuw: wat verschijnt, wordt gekopieerd',
  '{n} bytes, the target takes {nMost}': '{n} bytes; het doel aanvaardt er {nMost}',
  'a line is too long: the target takes {n} bytes': 'een regel is te lang: het doel aanvaardt {n} bytes',
  'a notice of this migration, left in the old mailbox': 'een bericht van deze migratie, in het oude postvak gelaten',
  'moved by its owner to another folder, where its copy is now':
    'door de eigenaar naar een andere map verplaatst, waar de kopie nu staat',
  'no longer at the source when it was to be read': 'niet meer aan de bron toen het gelezen moest worden',
  'the target gives out other bytes than it was given': 'het doel geeft andere bytes terug dan het kreeg',
  'the source numbered its messages anew before this one was settled':
    'de bron gaf haar berichten nieuwe nummers voor dit afgehandeld was',
  'then its owner deleted or moved it': 'daarna heeft de eigenaar het verwijderd of verplaatst',
  'the source ends the connection whenever this message is to be handed out':
    'de bron verbreekt de verbinding telkens als dit bericht gelezen moet worden',
  'the target ends the connection whenever this message is to be appended':
    'het doel verbreekt de verbinding telkens als dit bericht geplaatst moet worden',
  'the target cannot hold {flags}': 'het doel kan {flags} niet bewaren',
  'the server does not hand it out: {said}': 'de server geeft het niet: {said}',
  'the server has no body for it (BODY[] NIL)': 'de server heeft er geen inhoud van (BODY[] NIL)',
  'the server hands out none of its {n} bytes': 'de server geeft geen enkele van de {n} bytes',
  'asking {server} for a token of {app} for {scope}': 'aanvraag van een token bij {server} voor {app} ({scope})',
  'the list {address} is not there, and Graph makes none': 'de lijst {address} bestaat niet, en Microsoft Graph maakt er geen',
  'the Microsoft 365 group (of Teams) “{name}” has this address': 'de Microsoft 365-groep (van Teams) “{name}” heeft dit adres',
  'it holds something else than was read before: somebody changed it; read the records again':
    'het bevat iets anders dan wat gelezen werd: iemand heeft het gewijzigd; lees de records opnieuw',
  'the action has faults; nothing was changed': 'de actie bevat fouten; er is niets gewijzigd',
  'the MX of {list} is being switched: roll the wave back (POST …/rollback), which ends it and leaves the old MX':
    'de MX wordt omgeschakeld ({list}): “Terugdraaien” stopt dat en behoudt de oude MX',
  'the wave is cancelled, and nothing of it is switched: there is nothing to put back':
    'de golf is geannuleerd en niets ervan is omgeschakeld: er valt niets terug te draaien',
  'the wave is {waveState}: nothing of it was switched, so there is nothing to put back; cancel it instead':
    'toestand van de golf: {waveState}. Er is niets van omgeschakeld, dus valt er niets terug te draaien; annuleer ze liever',
  'the wave is {waveState}: its day can be moved only before its cutover':
    'toestand van de golf: {waveState}. De dag kan alleen voor de omschakeling verplaatst worden',
  'there is no wave “{wave}”: GET /api/waves lists those there are':
    'er is geen golf “{wave}”: de pagina “Golven” toont de bestaande',
  'who asked for a later date does not grant it': 'wie een latere datum vroeg, kent ze niet zelf toe',
  '{day} is no date of this playbook with room for {n} more; {said}':
    '{day} is geen datum van dit draaiboek met nog {n} plaatsen; {said}',
  'these are open: {list}': 'vrij zijn: {list}',
  'no other date is open': 'er is geen andere datum vrij',
  'this is for operators who are known by name: {said}. Nothing was done':
    'dit is voor operatoren die met naam bekend zijn: {said}. Er is niets gedaan',
  'sign in (/.auth/login/aad)': 'meld u aan (/.auth/login/aad)',
  'send your token as x-operator-token': '‘Sleutel wissen’, en geef dan uw token samen met de sleutel (x-operator-token)',
  'sign in (/.auth/login/aad), or send your token as x-operator-token':
    'meld u aan (/.auth/login/aad), of ‘Sleutel wissen’ en geef dan uw token samen met de sleutel (x-operator-token)',
  'nobody has this x-operator-token: send the one you were given, or ask for another (OPERATORS in the settings). Nothing was done':
    'niemand heeft dit token (x-operator-token): geef het token dat u kreeg, of vraag een ander (OPERATORS in de instellingen). Er is niets gedaan',
  '{name} may look, and neither give orders nor be shown passwords: ask an operator (OPERATORS in the settings says who they are). Nothing was done':
    '{name} mag kijken, maar geen opdrachten geven en geen wachtwoorden zien: vraag het een operator (OPERATORS in de instellingen zegt wie dat zijn). Er is niets gedaan',
  'who asks is kept with what he does: a shorter name is needed; nothing was stored':
    'de naam van wie vraagt, wordt bewaard bij wat hij doet: er is een kortere nodig; er is niets bewaard',
  'expected a name of at most 254 characters (got {n})': 'een naam van hoogstens 254 tekens (gekregen: {n})',
  'This is a fault of the program; its log has the whole error. Try again, or report it.':
    'Dit is een fout van het programma; de hele fout staat in zijn logboek. Probeer opnieuw, of meld het.',
  'wave “{wave}” has no mailbox {address}: GET /api/waves/{path}/mailboxes lists them':
    'golf ‘{wave}’ heeft geen postvak {address}: de pagina van de golf toont welke er zijn',
  'is missing: expected a day as YYYY-MM-DD': 'ontbreekt: er is een dag nodig, JJJJ-MM-DD',
  'expected a day as YYYY-MM-DD': 'er is een dag nodig, JJJJ-MM-DD',
  'expected a mailbox of wave “{wave}” (got {got})': 'er is een postvak van golf ‘{wave}’ nodig (gekregen: {got})',
  'the MX led to the new side before this wave, which has nothing to put back: {list}; put it back there, for all mailboxes of the domain':
    'de MX leidde al vóór deze golf naar de nieuwe kant, dus ze heeft niets terug te draaien: {list}; draai hem daar terug, voor alle postvakken van het domein',
  'the MX led to the new side before this wave, which has nothing to put back: {list}; put it back there, for all mailboxes of the domain, or cancel this one':
    'de MX leidde al vóór deze golf naar de nieuwe kant, dus ze heeft niets terug te draaien: {list}; draai hem daar terug, voor alle postvakken van het domein, of annuleer deze',
  'nobody has asked for a later date (POST …/postpone)': 'niemand vroeg een latere datum',
  'the day of the wave is {date} now, not {dateOther}: look at it again':
    'de dag van de golf is nu {date}, niet {dateOther}: bekijk haar opnieuw',
  'the wave has no room for one more approval with such a reason: give it in fewer words':
    'de golf heeft geen plaats voor nog een goedkeuring met zo’n reden: geef ze in minder woorden',
  'only a cutover goes without a domain (step is “{step}”)': 'alleen een omschakeling gaat zonder een domein (stap: ‘{step}’)',
  'expected a domain of the wave whose MX it switches (got “{got}”)':
    'er is een domein van de golf nodig waarvan ze de MX omschakelt (gekregen: ‘{got}’)',
  '{domain} is {domainState}: its switch has begun; POST …/rollback puts the whole wave back':
    '{domain} ({domainState}): de omschakeling is begonnen; ‘Terugdraaien’ zet de hele golf terug',
  'names every domain that moves: nothing would be left to switch; reschedule the wave instead':
    'noemt elk domein dat verhuist: er zou niets over zijn om om te schakelen; verplaats liever de dag van de golf',
  'expected a day after {date}, which is the wave’s now (got “{dateGot}”)':
    'er is een dag na {date} nodig, nu de dag van de golf (gekregen: {dateGot})',
  'there is no “{step}” in the calendar ({list})': 'de kalender heeft geen ‘{step}’ (wel: {list})',
  '{name} is not one of people.{role} ({list})': '{name} staat niet in people.{role} ({list})',
  'the wave is {waveState}: what it leaves to do is known once it has ended (toDo of GET /api/waves/{wave})':
    'stand van de golf: {waveState}. Wat ze te doen laat, weet men als ze afgelopen is',
  'expected a line of the wave’s toDo (got {got})': 'er is een regel nodig van wat de golf te doen laat (gekregen: {got})',
  'the wave has no room for so much with such a reason: say it of several things at once, and in fewer words':
    'de golf heeft geen plaats voor zoveel met zo’n reden: zeg het van verschillende dingen tegelijk, en in minder woorden',
  'the old server does not hand out {address} ({said}): have it answer again, then retry; until then the wave keeps its verdict':
    'de oude server geeft {address} niet ({said}): laat hem weer antwoorden en probeer het dan opnieuw; tot dan houdt de golf haar oordeel',
  'another wave goes on from this one and has what is to be tried again: {list}; retry it there, and name the other mailboxes of this one in “mailboxes”':
    'een andere golf gaat van deze verder en heeft wat opnieuw te proberen is: {list}; probeer het daar, en kies hier alleen de andere postvakken',
  '{domain} (wave “{wave}”)': '{domain} (golf ‘{wave}’)',
  'there is no class “{class}” in windows ({list})': 'windows heeft geen klasse ‘{class}’ ({list})',
  '{address} is of class {class}, whose window is {dateFrom} to {dateTo}: not {date}':
    '{address} is van klasse {class}, met als venster {dateFrom} tot {dateTo}: niet {date}',
  '{date} lies in a black-out, {dateFrom} to {dateTo}: {why}':
    '{date} valt in een uitgesloten periode, {dateFrom} tot {dateTo}: {why}',
  '{address} is in wave “{wave}” ({waveState}) and would be copied twice: leave it out here, or cancel it there first':
    '{address} zit in golf ‘{wave}’ ({waveState}) en zou twee keer gekopieerd worden: laat het hier weg, of annuleer het eerst daar',
  '{said} (POST …/reschedule names another day)': '{said} (‘Dag verplaatsen’ noemt een andere)',
  'the wave cannot take that version of its playbook; nothing was changed':
    'de golf kan die versie van haar draaiboek niet nemen; er werd niets gewijzigd',
  'the wave has gone on while this was checked: give the order again':
    'de golf is verdergegaan terwijl dit nagekeken werd: geef de opdracht opnieuw',
  'the wave is {waveState}: what it was done with stays. Post what is left as another wave, which takes the newest':
    'stand van de golf: {waveState}. Waarmee ze gedaan is, blijft. Stuur wat overblijft als een andere golf, die de nieuwste versie neemt',
  'it may be owed to somebody already': 'het is misschien al aan iemand verschuldigd',
  'others may have been told already': 'anderen zijn misschien al verwittigd',
  'the wave has begun with it': 'de golf is ermee begonnen',
  'counts from a day D, which the wave has not: name one first (POST …/reschedule)':
    'telt vanaf een dag D, die de golf niet heeft: noem er eerst een (‘Dag verplaatsen’)',
  'the wave has no place on {date} there: add the date as it was, or reschedule the wave first':
    'de golf heeft daar geen plaats op {date}: voeg de datum toe zoals hij was, of verplaats eerst de dag van de golf',
  [`was {was}, is {is}: {said}; ${remedy}`]: `was {was}, is {is}: {said}; ${kept}`,
  [`was {was}, is {is}: hours of the wave would move; ${remedy}`]: `was {was}, is {is}: uren van de golf zouden verschuiven; ${kept}`,
  [`was {was}, is {is}: the wave was posted with domains to switch; ${remedy}`]: `was {was}, is {is}: de golf is ingestuurd met domeinen om om te schakelen; ${kept}`,
  [`was {was}, is {is}: the wave was posted without domains to switch; ${remedy}`]: `was {was}, is {is}: de golf is ingestuurd zonder domeinen om om te schakelen; ${kept}`,
  [`was {was}, is {is}: {address} has it at “{path}” already; ${remedy}`]: `was {was}, is {is}: {address} heeft het al onder ‘{path}’; ${kept}`,
  [`{address} is of it, and it is not there any more; ${remedy}`]: `{address} hoort erbij, en ze is er niet meer; ${kept}`,
  [`{address} would be of {is} instead of {was}; ${remedy}`]: `{address} zou van {is} zijn in plaats van {was}; ${kept}`,
}
