import type { Template } from './template.ts'

/** The move does not take place: what was announced is withdrawn. */
export const withdrawn: Template = {
  for: 'anybody',
  fr: `
Le transfert de votre messagerie est annulé

?owner Le transfert de votre boîte **{address}** n’aura pas lieu à la date annoncée.
!owner Le transfert des boîtes aux lettres ci-dessous n’aura pas lieu à la date annoncée.

- Votre messagerie actuelle continue de fonctionner comme d’habitude.
- Aucun message n’est perdu.
- Vous n’avez rien à faire. Si une nouvelle date est fixée, nous vous l’annoncerons.

!owner {{mailboxes}}
`,
  nl: `
De overzetting van uw e-mail gaat niet door

?owner De overzetting van uw mailbox **{address}** gaat niet door op de aangekondigde datum.
!owner De overzetting van de onderstaande mailboxen gaat niet door op de aangekondigde datum.

- Uw huidige mailbox blijft werken zoals gewoonlijk.
- Er gaat geen enkel bericht verloren.
- U hoeft niets te doen. Komt er een nieuwe datum, dan laten wij u die weten.

!owner {{mailboxes}}
`,
  de: `
Ihr E-Mail-Umzug findet nicht statt

?owner Der Umzug Ihres Postfachs **{address}** findet nicht am angekündigten Termin statt.
!owner Der Umzug der unten genannten Postfächer findet nicht am angekündigten Termin statt.

- Ihr bisheriges Postfach funktioniert weiter wie gewohnt.
- Keine Nachricht ist verloren.
- Sie müssen nichts tun. Steht ein neuer Termin fest, so teilen wir ihn Ihnen mit.

!owner {{mailboxes}}
`,
  en: `
The move of your email is cancelled

?owner The move of your mailbox **{address}** will not take place on the date announced.
!owner The move of the mailboxes below will not take place on the date announced.

- Your current mailbox goes on working as usual.
- No message is lost.
- You have nothing to do. If a new date is set, we will tell you.

!owner {{mailboxes}}
`,
}
