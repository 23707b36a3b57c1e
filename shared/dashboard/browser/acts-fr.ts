import type { Acts, Scope } from './acts-en.ts'

const of = (n: number, one: string, many: string) => (n < 2 ? one : many)

const mailboxesOf = ({ all, n, count, wave }: Scope) =>
  all
    ? `la vague ${wave} et ${of(n, 'sa boîte', `ses ${count} boîtes`)}`
    : `${count} ${of(n, 'boîte', 'boîtes')} de la vague ${wave}`

/** What the page says of actions, in French. */
export const frActs: Acts = {
  title: 'Actions',
  names: {
    hold: 'Suspendre',
    release: 'Reprendre',
    retry: 'Réessayer',
    approve: 'Approuver',
    reschedule: 'Changer de jour',
    cancel: 'Annuler la migration',
    rollback: 'Revenir en arrière',
    done: 'C’est fait',
    'send-now': 'Faire maintenant',
    skip: 'Laisser tomber',
    update: 'Prendre le dernier scénario',
  },
  does: {
    hold: scope =>
      `Suspend ${mailboxesOf(scope)}. Le travail en cours s’arrête au prochain point sûr ; rien ne se perd, et tout reprend de là.`,
    release: scope => `Reprend ${mailboxesOf(scope)} : ce qui est suspendu repart aussitôt de là où c’était.`,
    retry: scope =>
      `Réessaie dans ${mailboxesOf(scope)} : chaque boîte suspendue par une erreur repart de là où elle s’est arrêtée, et ce que l’ancien serveur n’a pas livré ou que le nouveau a refusé est réessayé. Ce qui est copié n’est pas recopié.`,
    approve: ({ wave }) => `Enregistre votre approbation pour la vague ${wave}, avec votre nom et la raison.`,
    reschedule: ({ wave }) =>
      `Déplace le jour de la vague ${wave} ; chaque étape de son calendrier est recalculée à partir du nouveau jour.`,
    cancel: scope =>
      `Annule définitivement ${mailboxesOf(scope)} : plus aucun message n’est copié. Ce qui est copié reste à la cible, l’ancien serveur reste tel quel. C’est irréversible.`,
    rollback: ({ wave }) =>
      `Remet l’ancien MX de chaque domaine de la vague ${wave} : le nouveau courrier va de nouveau à l’ancien serveur. Le courrier déjà reçu par le nouveau y reste. C’est irréversible depuis cette page.`,
    done: ({ wave }) =>
      `Note que c’est fait pour la vague ${wave}. Personne ne le vérifie ; le rapport le dit, avec votre nom et l’heure.`,
    'send-now': ({ wave }) => `Fait maintenant ce dont la vague ${wave} a manqué l’heure.`,
    skip: ({ wave }) => `Laisse tomber, définitivement, ce dont la vague ${wave} a manqué l’heure.`,
    update: ({ wave }) =>
      `La vague ${wave} prend la dernière version de son scénario, avec tout ce qui n’en est pas terminé. Ce qui attend un nouvel essai est réessayé aussitôt ; ce qui est suspendu est ensuite à reprendre (Reprendre).`,
  },
  who: 'Votre nom, pour l’audit',
  why: 'Raison, pour l’audit',
  whyHint: 'Au moins 3 caractères ; elle est conservée avec l’action.',
  day: 'Nouveau jour',
  step: 'Ce qui est approuvé',
  stepNames: {
    cutover: 'La bascule',
    confirm: 'La date (confirmation)',
    postpone: 'Le jour plus tardif',
    freeze: 'L’ancien serveur est fermé aux gens',
    pilot: 'Le pilote est bon',
  },
  stepDoes: {
    cutover: 'Elle commence à son heure, ou aussitôt si l’heure est passée, dès que tout est prêt.',
    confirm: 'La vague suit les réponses de ses coordinateurs et peut basculer à son heure.',
    postpone: 'La vague passe au jour demandé, avec tout ce qui en dépend. Qui l’a demandé ne peut pas l’accorder.',
    freeze: 'Dites-le quand plus personne ne peut ouvrir de session sur l’ancien serveur. La bascule ne l’attend pas.',
    pilot: 'Les autres vagues de son scénario peuvent commencer, et leurs gens sont prévenus.',
  },
  awaited: step => `${step} – attendu`,
  by: 'Attendu de :',
  as: 'En quelle qualité',
  asNone: 'Aucune : en mon nom',
  without: 'Sans ces domaines',
  withoutHint: (late: string) =>
    `Les domaines nommés restent en arrière, les autres basculent ; un mot de plus, sans eux ici, les bascule.${late ? ` Pas prêts : ${late}.` : ''}`,
  type: wave => `Pour confirmer, tapez le nom de la vague : ${wave}`,
  mistyped: 'Ce n’est pas le nom de la vague.',
  dismiss: 'Ne rien faire',
  confirm: (action, scope) =>
    scope.all ? `${action} : vague ${scope.wave}` : `${action} : ${scope.count} ${of(scope.n, 'boîte', 'boîtes')}`,
  done: (action, n, count) => `${action} : fait, ${count} ${of(n, 'ligne changée', 'lignes changées')}.`,
  nothing: action => `${action} : accepté ; il n’y avait rien à changer.`,
  newest: version => `Elle a déjà la dernière version, ${version} : rien à prendre. Enregistrez d’abord le scénario corrigé.`,
  versions: (from, to) => `De la version ${from} à la version ${to}.`,
  rows: (n, count) => `${count} ${of(n, 'ligne changerait', 'lignes changeraient')}.`,
  alike: 'Pour cette vague, rien n’y est dit autrement.',
  unsaid: 'non indiqué',
  untried: 'Le serveur n’a pas dit ce qui changerait. Fermez cette fenêtre et réessayez.',
  failed: 'Rien n’a été changé.',
  unanswered: 'Le serveur n’a pas répondu : on ne sait pas si c’est fait. Recommencer est sans danger.',
}
