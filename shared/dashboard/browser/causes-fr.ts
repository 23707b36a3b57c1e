import type { Sentences } from './sentences.ts'

const remedy = 'say it in the playbook as it was and give the order again; what must differ is a matter for another wave'
const kept = 'remettez-le dans le scénario comme il était et redonnez l’ordre ; ce qui doit différer regarde une autre vague'

/** What went wrong, as the server says it, in French. */
export const causes: Sentences = {
  'signing in to {host}:{port} as {login}': 'connexion à {host}:{port} en tant que {login}',
  'speaking with {host}:{port} as {login}': 'échange avec {host}:{port} en tant que {login}',
  'looking at the mailbox {address}': 'examen de la boîte {address}',
  '{said}: opening “{path}”': '{said}, ouverture de « {path} »',
  '{said}: counting “{path}”': '{said}, comptage de « {path} »',
  '{said}: reading “{path}”': '{said}, lecture de « {path} »',
  'making folder “{path}”': 'création du dossier « {path} »',
  'opening “{path}” of {address}': 'ouverture de « {path} » de {address}',
  'looking at the messages of {address}': 'examen des messages de {address}',
  'reading the folders of {address}': 'lecture des dossiers de {address}',
  'writing a message to {address}': 'écriture d’un message dans {address}',
  'importing a message to {address}': 'import d’un message dans {address}',
  'reading what came back to {address}': 'lecture des retours reçus par {address}',
  'opening a session with {server}': 'ouverture d’une connexion à {server}',
  'reading secret {secret}': 'lecture du secret {secret}',
  'looking for the account {address}': 'recherche du compte {address}',
  'looking for the account with the address {address}': 'recherche du compte qui a l’adresse {address}',
  'creating the account {address}': 'création du compte {address}',
  'preparing the account {address}': 'préparation du compte {address}',
  'licensing {address}': 'attribution d’une licence à {address}',
  'looking for the mailbox of {address}': 'recherche de la boîte de {address}',
  'looking for the shared mailbox {address}': 'recherche de la boîte partagée {address}',
  'looking for the alias {address}': 'recherche de l’alias {address}',
  'looking for the list {address}': 'recherche de la liste {address}',
  'reading the members of the list {address}': 'lecture des membres de la liste {address}',
  'setting a new password of {address}': 'nouveau mot de passe pour {address}',
  'looking whether {address} is unchanged': 'contrôle que l’adresse {address} ne change pas',
  'going on with {address} where wave “{wave}” ended': 'reprise de {address} là où la vague « {wave} » s’est arrêtée',
  'asking whether the tenant has verified {domain}': 'question au locataire : {domain} est-il vérifié',
  'reading the mail records Microsoft wants for {domain}': 'lecture des enregistrements que Microsoft demande pour {domain}',
  'learning the new MX of {domain}': 'recherche du nouveau MX de {domain}',
  'changing the records of {domain}': 'modification des enregistrements de {domain}',
  'finding the zone of {domain}': 'recherche de la zone de {domain}',
  'looking for the zone {zone} at {host}': 'recherche de la zone {zone} chez {host}',
  'asking {server} for {records} {kind}': 'question à {server} sur {records} {kind}',
  'asking for {records} {kind}': 'question sur {records} {kind}',
  'looking up the name server {host}': 'recherche du serveur de noms {host}',
  'sending “{notice}” to {address}': 'envoi de « {notice} » à {address}',
  'sending to {address} through {server}': 'envoi à {address} par {server}',
  'sending a mail as {address}': 'envoi d’un courriel de la part de {address}',
  'sending a notice': 'envoi d’un avis',
  'putting a notice into the new mailbox': 'dépôt d’un avis dans la nouvelle boîte',
  'it came back from {address}: {said}': 'revenu de {address} : {said}',
  'the work of {wave} {row} failed again and again: {said}': 'le travail sur {wave} {row} a échoué à plusieurs reprises : {said}',
  'the work of {wave} {row} was cut off several times': 'le travail sur {wave} {row} a été interrompu plusieurs fois',
  'no answer in time': 'pas de réponse à temps',
  'the server was silent for two minutes': 'le serveur est resté muet deux minutes',
  'the connection was closed': 'la connexion a été fermée',
  'the server closed the connection': 'le serveur a fermé la connexion',
  'its words repeat the sign-in and are left out': 'sa réponse répète les données de connexion et n’est pas reproduite',
  'it is not there, and Graph cannot make shared mailboxes':
    'elle n’existe pas, et Microsoft Graph ne peut pas créer de boîte partagée',
  'the mailbox of that address is not a shared one': 'la boîte de cette adresse n’est pas partagée',
  'an account of that name exists without a mailbox': 'un compte de ce nom existe, sans boîte',
  'nobody has it, and Graph cannot write aliases': 'personne ne l’a, et Microsoft Graph ne peut pas écrire d’alias',
  'it leads to {other}, not to {address}': 'il mène à {other}, et non à {address}',
  'another object has this address, and it is not a user of that name':
    'un autre objet a cette adresse, et ce n’est pas un utilisateur de ce nom',
  '{licence} is assigned without its Exchange plan': '{licence} est attribuée sans son plan Exchange',
  '{address} has no usage location': '{address} n’a pas de lieu d’utilisation',
  '{address} is a guest': '{address} est un compte invité',
  '{address} has no licence with an Exchange plan': '{address} n’a pas de licence avec un plan Exchange',
  '{address} has been licensed for 24 h without a mailbox': '{address} a une licence depuis 24 h, mais pas de boîte',
  'the tenant has no licence {licence}': 'le locataire n’a pas de licence {licence}',
  '{licence} makes no mailbox': '{licence} ne donne pas de boîte',
  'all {n} of {licence} are taken': 'les {n} licences {licence} sont toutes prises',
  'the mailbox of {address} has this address': 'la boîte de {address} a cette adresse',
  'it is another address of the list “{name}” ({address})': 'c’est une autre adresse de la liste « {name} » ({address})',
  'some of its members cannot be read': 'certains de ses membres ne peuvent pas être lus',
  'Microsoft 365 cannot have this address as a sign-in name': 'Microsoft 365 n’accepte pas cette adresse comme nom de connexion',
  'people would sign in as {login}': 'on se connecterait en tant que {login}',
  'no account has this address': 'aucun compte n’a cette adresse',
  'its primary address is {address}': 'son adresse principale est {address}',
  'its person signs in as {login}': 'la personne se connecte en tant que {login}',
  'its text is no longer there': 'son texte n’existe plus',
  'its wave is no longer there': 'sa vague n’existe plus',
  'its mailbox, its text or its issuer is no longer there': 'sa boîte, son texte ou son expéditeur n’existe plus',
  'every mailbox was cancelled': 'toutes les boîtes ont été annulées',
  '{address}: held': '{address} : suspendue',
  '{address}: held: {said}': '{address} : suspendue ; {said}',
  '{address}: is {mailboxState}': '{address} : {mailboxState}',
  '{address}: “{path}” is {folderState}': '{address} : « {path} », {folderState}',
  '{address}: “{path}” has {n} chunks without an outcome': '{address} : {n} lots de « {path} » n’ont pas de résultat',
  '{address}: “{path}” has {n} messages and {nSettled} outcomes': '{address} : « {path} » a {n} messages et {nSettled} résultats',
  '{address}: “{path}” was not compared': '{address} : « {path} » n’a pas été comparé',
  '{address}: “{path}”: {said} ({n} in all)': '{address} : « {path} » : {said} ({n} en tout)',
  '{address}: {n} messages did not arrive as they were': '{address} : messages qui ne sont pas arrivés tels qu’ils étaient : {n}',
  'UID {n}: was being copied': 'UID {n} : sa copie était en cours',
  'UID {n}: is at the source, but was not handed out: have the folder repaired there, then retry':
    'UID {n} : est à la source, mais n’a pas été fourni : faites-y réparer le dossier, puis réessayez',
  'UID {n}: is missing at the target (UID {nTarget})': 'UID {n} : manque à la cible (UID {nTarget})',
  'UID {n}: the old server did not list it when the folder was copied':
    'UID {n} : l’ancien serveur ne l’a pas listé lors de la copie du dossier',
  'target UID {n}: a second copy of a message of ours': 'UID {n} à la cible : seconde copie d’un de nos messages',
  'UID {n}: flags are {flags}, expected {expected}': 'UID {n} : indicateurs {flags}, attendus : {expected}',
  'UID {n}: INTERNALDATE is {at}, expected {atWanted}': 'UID {n} : date d’arrivée {at}, attendue : {atWanted}',
  'the old server numbered all messages anew after they were copied (UIDVALIDITY): nothing could be compared':
    'l’ancien serveur a renuméroté tous les messages après leur copie (UIDVALIDITY) : rien n’a pu être comparé',
  'the old server counts {n} messages (EXISTS) and lists {nListed}: have the folder’s index rebuilt there, then retry: what appears is brought':
    'l’ancien serveur compte {n} messages (EXISTS) et en liste {nListed} : faites-y reconstruire l’index du dossier, puis réessayez : ce qui apparaît sera copié',
  '{n} bytes, the target takes {nMost}': '{n} octets ; la cible en accepte {nMost}',
  'a line is too long: the target takes {n} bytes': 'une ligne est trop longue : la cible accepte {n} octets',
  'a notice of this migration, left in the old mailbox': 'un avis de cette migration, laissé dans l’ancienne boîte',
  'moved by its owner to another folder, where its copy is now':
    'déplacé par son propriétaire dans un autre dossier, où se trouve maintenant sa copie',
  'no longer at the source when it was to be read': 'n’était plus à la source au moment de le lire',
  'the target gives out other bytes than it was given': 'la cible rend d’autres octets que ceux reçus',
  'the source numbered its messages anew before this one was settled':
    'la source a renuméroté ses messages avant que celui-ci soit réglé',
  'then its owner deleted or moved it': 'puis son propriétaire l’a supprimé ou déplacé',
  'the source ends the connection whenever this message is to be handed out':
    'la source coupe la connexion chaque fois que ce message doit être lu',
  'the target ends the connection whenever this message is to be appended':
    'la cible coupe la connexion chaque fois que ce message doit être déposé',
  'the target cannot hold {flags}': 'la cible ne peut pas garder {flags}',
  'the server does not hand it out: {said}': 'le serveur ne le fournit pas : {said}',
  'the server has no body for it (BODY[] NIL)': 'le serveur n’en a pas le contenu (BODY[] NIL)',
  'the server hands out none of its {n} bytes': 'le serveur ne fournit aucun de ses {n} octets',
  'asking {server} for a token of {app} for {scope}': 'demande d’un jeton à {server} pour {app} ({scope})',
  'the list {address} is not there, and Graph makes none': 'la liste {address} n’existe pas, et Microsoft Graph n’en crée pas',
  'the Microsoft 365 group (of Teams) “{name}” has this address': 'le groupe Microsoft 365 (de Teams) « {name} » a cette adresse',
  'it holds something else than was read before: somebody changed it; read the records again':
    'il contient autre chose que lors de la lecture : quelqu’un l’a modifié ; relisez les enregistrements',
  'the action has faults; nothing was changed': 'l’action contient des erreurs ; rien n’a été changé',
  'the MX of {list} is being switched: roll the wave back (POST …/rollback), which ends it and leaves the old MX':
    'la bascule du MX est en cours ({list}) : « Revenir en arrière » y met fin et garde l’ancien MX',
  'the wave is cancelled, and nothing of it is switched: there is nothing to put back':
    'la vague est annulée et rien n’en est basculé : il n’y a rien à remettre',
  'the wave is {waveState}: nothing of it was switched, so there is nothing to put back; cancel it instead':
    'état de la vague : {waveState}. Rien n’en a été basculé, il n’y a donc rien à remettre ; annulez-la plutôt',
  'the wave is {waveState}: its day can be moved only before its cutover':
    'état de la vague : {waveState}. Son jour ne peut changer qu’avant sa bascule',
  'there is no wave “{wave}”: GET /api/waves lists those there are':
    'il n’y a pas de vague « {wave} » : la page « Vagues » montre celles qui existent',
  'who asked for a later date does not grant it': 'qui a demandé une date plus tardive ne l’accorde pas lui-même',
  '{day} is no date of this playbook with room for {n} more; {said}':
    'le {day} n’est pas une date de ce scénario avec encore {n} places ; {said}',
  'these are open: {list}': 'sont libres : {list}',
  'no other date is open': 'aucune autre date n’est libre',
  'this is for operators who are known by name: {said}. Nothing was done':
    'ceci est réservé aux opérateurs connus par leur nom : {said}. Rien n’a été fait',
  'sign in (/.auth/login/aad)': 'connectez-vous (/.auth/login/aad)',
  'send your token as x-operator-token': '« Oublier la clé », puis donnez votre jeton avec la clé (x-operator-token)',
  'sign in (/.auth/login/aad), or send your token as x-operator-token':
    'connectez-vous (/.auth/login/aad), ou « Oublier la clé », puis donnez votre jeton avec la clé (x-operator-token)',
  'nobody has this x-operator-token: send the one you were given, or ask for another (OPERATORS in the settings). Nothing was done':
    'ce jeton (x-operator-token) n’est celui de personne : donnez celui que vous avez reçu, ou demandez-en un autre (OPERATORS dans les réglages). Rien n’a été fait',
  '{name} may look, and neither give orders nor be shown passwords: ask an operator (OPERATORS in the settings says who they are). Nothing was done':
    '{name} peut regarder, mais ni donner d’ordres ni voir de mots de passe : demandez à un opérateur (OPERATORS dans les réglages dit qui ils sont). Rien n’a été fait',
  'who asks is kept with what he does: a shorter name is needed; nothing was stored':
    'le nom de qui demande est conservé avec ce qu’il fait : il en faut un plus court ; rien n’a été enregistré',
  'expected a name of at most 254 characters (got {n})': 'un nom de 254 caractères au plus (reçus : {n})',
  'This is a fault of the program; its log has the whole error. Try again, or report it.':
    'C’est une faute du programme ; son journal a l’erreur entière. Réessayez, ou signalez-la.',
  'wave “{wave}” has no mailbox {address}: GET /api/waves/{path}/mailboxes lists them':
    'la vague « {wave} » n’a pas de boîte {address} : la page de la vague montre celles qu’elle a',
  'is missing: expected a day as YYYY-MM-DD': 'manque : il faut un jour, AAAA-MM-JJ',
  'expected a day as YYYY-MM-DD': 'il faut un jour, AAAA-MM-JJ',
  'expected a mailbox of wave “{wave}” (got {got})': 'il faut une boîte de la vague « {wave} » (reçu : {got})',
  'the MX led to the new side before this wave, which has nothing to put back: {list}; put it back there, for all mailboxes of the domain':
    'le MX menait au nouveau côté avant cette vague, qui n’a rien à remettre : {list} ; remettez-le là, pour toutes les boîtes du domaine',
  'the MX led to the new side before this wave, which has nothing to put back: {list}; put it back there, for all mailboxes of the domain, or cancel this one':
    'le MX menait au nouveau côté avant cette vague, qui n’a rien à remettre : {list} ; remettez-le là, pour toutes les boîtes du domaine, ou annulez celle-ci',
  'nobody has asked for a later date (POST …/postpone)': 'personne n’a demandé de date plus tardive',
  'the day of the wave is {date} now, not {dateOther}: look at it again':
    'le jour de la vague est maintenant le {date}, et non le {dateOther} : regardez-la de nouveau',
  'the wave has no room for one more approval with such a reason: give it in fewer words':
    'la vague n’a plus de place pour une approbation avec une telle raison : donnez-la en moins de mots',
  'only a cutover goes without a domain (step is “{step}”)': 'seule une bascule se fait sans un domaine (étape : « {step} »)',
  'expected a domain of the wave whose MX it switches (got “{got}”)':
    'il faut un domaine de la vague dont elle bascule le MX (reçu : « {got} »)',
  '{domain} is {domainState}: its switch has begun; POST …/rollback puts the whole wave back':
    '{domain} ({domainState}) : sa bascule a commencé ; « Revenir en arrière » remet toute la vague',
  'names every domain that moves: nothing would be left to switch; reschedule the wave instead':
    'nomme tous les domaines qui bougent : il ne resterait rien à basculer ; changez plutôt le jour de la vague',
  'expected a day after {date}, which is the wave’s now (got “{dateGot}”)':
    'il faut un jour après le {date}, qui est celui de la vague (reçu : {dateGot})',
  'there is no “{step}” in the calendar ({list})': 'le calendrier n’a pas de « {step} » (il a : {list})',
  '{name} is not one of people.{role} ({list})': '{name} n’est pas dans people.{role} ({list})',
  'the wave is {waveState}: what it leaves to do is known once it has ended (toDo of GET /api/waves/{wave})':
    'état de la vague : {waveState}. Ce qu’elle laisse à faire se sait une fois qu’elle est finie',
  'expected a line of the wave’s toDo (got {got})': 'il faut une ligne de ce que la vague laisse à faire (reçu : {got})',
  'the wave has no room for so much with such a reason: say it of several things at once, and in fewer words':
    'la vague n’a plus de place pour tant, avec une telle raison : dites-le de plusieurs choses à la fois, et en moins de mots',
  'the old server does not hand out {address} ({said}): have it answer again, then retry; until then the wave keeps its verdict':
    'l’ancien serveur ne livre pas {address} ({said}) : faites en sorte qu’il réponde de nouveau, puis réessayez ; d’ici là, la vague garde son verdict',
  'another wave goes on from this one and has what is to be tried again: {list}; retry it there, and name the other mailboxes of this one in “mailboxes”':
    'une autre vague continue celle-ci et a ce qui est à réessayer : {list} ; réessayez là-bas, et ne choisissez ici que les autres boîtes',
  '{domain} (wave “{wave}”)': '{domain} (vague « {wave} »)',
  'there is no class “{class}” in windows ({list})': 'windows n’a pas de classe « {class} » ({list})',
  '{address} is of class {class}, whose window is {dateFrom} to {dateTo}: not {date}':
    '{address} est de la classe {class}, dont la fenêtre va du {dateFrom} au {dateTo} : pas le {date}',
  '{date} lies in a black-out, {dateFrom} to {dateTo}: {why}':
    'le {date} tombe dans une période exclue, du {dateFrom} au {dateTo} : {why}',
  '{address} is in wave “{wave}” ({waveState}) and would be copied twice: leave it out here, or cancel it there first':
    '{address} est dans la vague « {wave} » ({waveState}) et serait copiée deux fois : laissez-la de côté ici, ou annulez-la d’abord là-bas',
  '{said} (POST …/reschedule names another day)': '{said} (« Changer de jour » en nomme un autre)',
  'the wave cannot take that version of its playbook; nothing was changed':
    'la vague ne peut pas prendre cette version de son scénario ; rien n’a été changé',
  'the wave has gone on while this was checked: give the order again':
    'la vague a continué pendant cette vérification : redonnez l’ordre',
  'the wave is {waveState}: what it was done with stays. Post what is left as another wave, which takes the newest':
    'état de la vague : {waveState}. Ce avec quoi elle a été faite reste. Envoyez ce qui reste comme une autre vague, qui prend la dernière version',
  'it may be owed to somebody already': 'quelqu’un l’attend peut-être déjà',
  'others may have been told already': 'd’autres ont peut-être déjà été prévenus',
  'the wave has begun with it': 'la vague a commencé avec cela',
  'counts from a day D, which the wave has not: name one first (POST …/reschedule)':
    'compte à partir d’un jour J, que la vague n’a pas : nommez-en un d’abord (« Changer de jour »)',
  'the wave has no place on {date} there: add the date as it was, or reschedule the wave first':
    'la vague n’y a pas de place le {date} : ajoutez la date comme elle était, ou changez d’abord le jour de la vague',
  [`was {was}, is {is}: {said}; ${remedy}`]: `était {was}, est {is} : {said} ; ${kept}`,
  [`was {was}, is {is}: hours of the wave would move; ${remedy}`]: `était {was}, est {is} : des heures de la vague bougeraient ; ${kept}`,
  [`was {was}, is {is}: the wave was posted with domains to switch; ${remedy}`]: `était {was}, est {is} : la vague a été envoyée avec des domaines à basculer ; ${kept}`,
  [`was {was}, is {is}: the wave was posted without domains to switch; ${remedy}`]: `était {was}, est {is} : la vague a été envoyée sans domaine à basculer ; ${kept}`,
  [`was {was}, is {is}: {address} has it at “{path}” already; ${remedy}`]: `était {was}, est {is} : {address} l’a déjà sous « {path} » ; ${kept}`,
  [`{address} is of it, and it is not there any more; ${remedy}`]: `{address} en fait partie, et elle n’y est plus ; ${kept}`,
  [`{address} would be of {is} instead of {was}; ${remedy}`]: `{address} serait de {is} au lieu de {was} ; ${kept}`,
}
