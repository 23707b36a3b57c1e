import type { Words } from './words.ts'

/** The workbook in French. */
export const fr: Words = {
  sheets: { instructions: 'Mode d’emploi', addresses: 'Adresses', costs: 'Coûts', wrong: 'À corriger' },
  title: 'Inventaire des adresses',
  instructions: ({ entity, wave, until, free, calendars }) => [
    [
      'Objet',
      `Voici toutes les adresses actuelles de ${entity} (lot « ${wave} »). Merci de nous dire ce que chacune doit devenir.`,
    ],
    ...(until === undefined ? [] : [['Réponse attendue', `au plus tard le ${until}`] as const]),
    ['1. Conserver ?', 'Répondez oui ou non pour chaque adresse. Une adresse à laquelle vous répondez non ne sera pas migrée.'],
    [
      '2. Type',
      'Choisissez une licence pour une adresse personnelle, « partagée » pour une boîte que plusieurs personnes consultent, « alias » pour une adresse qui mène à une autre boîte.',
    ],
    [
      '3. Boîte partagée',
      'Indiquez dans « Membres » les adresses des personnes qui y auront accès, séparées par des points-virgules. Chacune doit avoir sa propre licence.',
    ],
    [
      '4. Alias',
      'Indiquez dans « Alias de » l’adresse qui recevra les messages. Elle doit se trouver dans le même domaine ; un renvoi vers l’extérieur n’est pas possible.',
    ],
    [
      '5. Boîte générique',
      'Si une seule personne utilise une adresse comme contact@ et doit continuer ainsi, choisissez une licence et donnez-en la raison dans « Motif ».',
    ],
    [
      '6. Annuaire',
      'Nom, prénom, téléphone, fonction et service figureront dans le carnet d’adresses partagé et dans les signatures.',
    ],
    ['7. Nouvelles adresses', `Inscrivez-les dans les ${free} lignes libres sous la liste.`],
    ['8. Coûts', 'La feuille « Coûts » calcule le montant mensuel à mesure que vous répondez.'],
    ...(calendars
      ? [
          [
            '9. Agendas',
            'Indiquez dans « Partages d’agenda » qui d’autre peut voir ou modifier l’agenda de cette boîte, une personne après l’autre : ben@ville.example: lecture; secretariat@ville.example: modification. Il y a : disponibilité, détails limités (objet et lieu), lecture, modification, délégué (modifie, et reçoit aussi les invitations). Une cellule vide : personne.',
          ] as const,
        ]
      : []),
    [
      'Constat',
      '« vide » : aucun message n’est resté sur le serveur ; la personne relève sans doute son courrier avec un logiciel (POP), et il n’y a rien à migrer. « non lue » ou « inactive » : demandez-vous si l’adresse sert encore.',
    ],
    [
      'Renvoi',
      'Enregistrez ce fichier au format .xlsx et renvoyez-le. S’il contient des erreurs, vous recevrez les seules lignes à corriger, avec l’explication ; rien n’est enregistré tant que tout n’est pas juste.',
    ],
  ],
  columns: {
    address: 'Adresse',
    size: 'Taille (Mo)',
    used: 'Quota utilisé',
    messages: 'Messages',
    unread: 'Non lus',
    activity: 'Dernière activité',
    entries: 'Événements et tâches',
    contacts: 'Contacts',
    finding: 'Constat',
    keep: 'Conserver ?',
    kind: 'Type',
    aliasOf: 'Alias de',
    members: 'Membres',
    calendarShares: 'Partages d’agenda',
    reason: 'Motif',
    surname: 'Nom',
    givenName: 'Prénom',
    phone: 'Téléphone',
    jobTitle: 'Fonction',
    department: 'Service',
    class: 'Catégorie',
    filled: 'Nouvelle boîte remplie',
    cost: 'Coût par mois',
  },
  yes: 'oui',
  no: 'non',
  personal: 'personnelle',
  shared: 'partagée',
  alias: 'alias',
  roles: {
    AvailabilityOnly: 'disponibilité',
    LimitedDetails: 'détails limités',
    Reviewer: 'lecture',
    Editor: 'modification',
    Delegate: 'délégué',
  },
  findings: { unmeasured: 'n’a pas pu être ouverte', empty: 'vide (relève par POP ?)', unread: 'non lue', inactive: 'inactive' },
  items: { none: 'aucun', unread: 'lecture impossible' },
  choose: 'Choisissez une valeur de la liste.',
  costs: {
    licence: 'Licence',
    price: 'Prix par mois',
    quota: 'Quota',
    count: 'Nombre',
    perMonth: 'Montant par mois',
    total: 'Total',
    projected: 'Prévu pour ce nombre de licences',
    surcharge: 'Surcoût par mois',
    browserOnly: 'dans un navigateur uniquement',
    note: 'Les boîtes partagées et les alias ne coûtent rien.',
    forecast: 'Prévision de la première copie de tout le lot',
    half: 'Fin, une fois sur deux au plus tard',
    nearly: 'Fin, neuf fois sur dix au plus tard',
    whole: 'Licences prévues à ce jour dans tout le lot, par mois',
  },
  wrong: { where: 'Cellule', what: 'À corriger' },
  faults: {
    'no-keep': ({ got }) => `Répondez oui ou non${got ? ` (vous avez écrit « ${got} »)` : ''}.`,
    'no-kind': ({ got, wanted }) => `Choisissez ${wanted}${got ? ` (vous avez écrit « ${got} »)` : ''}.`,
    'no-address': () => 'Cette ligne n’a pas d’adresse : indiquez-la, ou videz la ligne.',
    'bad-address': ({ got }) => `« ${got} » n’est pas une adresse électronique.`,
    upn: ({ got }) =>
      `« ${got} » ne peut pas servir d’identifiant : avant le @, seuls les lettres sans accent, les chiffres et ' . - _ ! # ^ ~ sont admis, sans point au début, à la fin ou doublé.`,
    'foreign-domain': ({ got, wanted }) => `« ${got} » n’est pas dans vos domaines (${wanted}).`,
    duplicate: ({ got, where }) => `« ${got} » figure déjà en ${where}.`,
    missing: ({ got }) => `L’adresse ${got} manque dans le fichier : remettez sa ligne et répondez oui ou non.`,
    'alias-missing': () => 'Un alias a besoin de l’adresse qui recevra ses messages : indiquez-la dans « Alias de ».',
    'alias-domain': ({ got }) =>
      `« ${got} » est dans un autre domaine : un alias mène à une adresse du même domaine, jamais vers l’extérieur.`,
    'alias-unknown': ({ got }) => `« ${got} » n’est aucune de vos adresses.`,
    'alias-dropped': ({ got }) => `« ${got} » n’est pas conservée : un alias doit mener à une adresse conservée.`,
    'alias-chain': ({ got }) => `« ${got} » est elle-même un alias : indiquez la boîte qui reçoit les messages.`,
    'alias-stray': () => 'Seul un alias a une adresse dans « Alias de » : choisissez le type « alias », ou videz la cellule.',
    'members-missing': () => 'Une boîte partagée a besoin d’au moins un membre.',
    'member-unknown': ({ got }) => `Le membre « ${got} » n’est aucune de vos adresses.`,
    'member-licence': ({ got }) =>
      `Le membre « ${got} » n’a pas de licence à lui : chaque personne doit avoir une adresse personnelle conservée, avec une licence.`,
    'members-stray': () => 'Seule une boîte partagée a des membres : choisissez le type « partagée », ou videz la cellule.',
    'members-many': ({ wanted }) =>
      `Il y a place ici pour ${wanted} membres au plus, moins si les adresses sont longues : retirez-en, et dites à votre contact qui ils sont.`,
    share: ({ got, wanted }) =>
      `« ${got} » ne se lit pas : indiquez chaque personne une seule fois, autre que le titulaire, avec l’un de ces mots : ${wanted}. Par exemple ben@ville.example: lecture.`,
    'share-dropped': ({ got }) =>
      `« ${got} » n’est pas conservée et ne peut voir aucun agenda : retirez cette personne, ou conservez l’adresse.`,
    'share-stray': () => 'Un alias n’a pas d’agenda à lui : videz la cellule, ou choisissez un autre type.',
    'shares-many': ({ wanted }) =>
      `Il y a place ici pour ${wanted} personnes au plus, moins si les adresses sont longues : retirez-en, et dites à votre contact qui elles sont.`,
    generic: ({ got }) =>
      `« ${got} » est une adresse de fonction : choisissez « partagée » et ses membres, ou donnez dans « Motif » la raison pour laquelle une seule personne la garde.`,
    quota: ({ got, wanted }) =>
      `Cette boîte contient ${got}, la licence n’en admet que ${wanted} : choisissez-en une plus grande, ou faites le ménage.`,
    identifier: ({ got, wanted }) => `« ${got} » n’est pas un code de la forme ${wanted}.`,
    attribute: ({ got, wanted }) => `L’adresse devrait être ${wanted} d’après cette valeur (elle est ${got}).`,
    class: ({ wanted }) => `Choisissez une catégorie (${wanted}) : l’adresse en dépend.`,
    text: ({ wanted }) => `Une seule ligne d’au plus ${wanted} caractères, s’il vous plaît.`,
    formula: () => 'Cette cellule contient une formule sans valeur : tapez la valeur.',
    'heading-twice': ({ got, where }) => `La colonne « ${got} » existe déjà en ${where} : n’en gardez qu’une.`,
  },
  warnings: {
    older: () => 'Ce fichier est plus ancien que l’inventaire actuel.',
    'alias-mail': ({ got, wanted }) => `${got} devient un alias : ses ${wanted} messages ne seront pas repris.`,
    'drop-mail': ({ got, wanted }) => `${got} ne sera pas migrée : ses ${wanted} messages restent sur l’ancien serveur.`,
    surcharge: ({ got }) => `Le surcoût par rapport à la répartition prévue est de ${got} par mois.`,
  },
}
