import type { Template } from './template.ts'

/** The move does not take place: what was announced is withdrawn. */
export const withdrawn: Template = {
  for: 'anybody',
  fr: `
Transfert de messagerie annulé

?owner Le transfert de votre boîte **{address}** n’aura pas lieu à la date annoncée.
!owner Le transfert des boîtes aux lettres ci-dessous n’aura pas lieu à la date annoncée.

!goes-on-without - Votre messagerie actuelle continue de fonctionner comme d’habitude.
!goes-on-without - Aucun message n’est perdu.
!goes-on-without - Vous n’avez rien à faire.

?goes-on-without ?owner > Les autres boîtes du même domaine sont transférées comme prévu. Dès ce moment, les messages envoyés à votre adresse n’arriveront plus dans votre boîte actuelle : demandez-nous ce qui est prévu pour elle.
?goes-on-without !owner > Les autres boîtes du même domaine sont transférées comme prévu. Dès ce moment, les messages envoyés à ces adresses n’arriveront plus dans les boîtes actuelles : convenez avec nous de ce qu’elles deviennent.

Si une nouvelle date est fixée, nous vous l’annoncerons.

!owner {{mailboxes}}
`,
  nl: `
Overzetting van e-mail gaat niet door

?owner De overzetting van uw mailbox **{address}** gaat niet door op de aangekondigde datum.
!owner De overzetting van de onderstaande mailboxen gaat niet door op de aangekondigde datum.

!goes-on-without - Uw huidige mailbox blijft werken zoals gewoonlijk.
!goes-on-without - Er gaat geen enkel bericht verloren.
!goes-on-without - U hoeft niets te doen.

?goes-on-without ?owner > De andere mailboxen van hetzelfde domein worden overgezet zoals gepland. Vanaf dan komen berichten aan uw adres niet meer in uw huidige mailbox aan: vraag ons wat er met uw adres gebeurt.
?goes-on-without !owner > De andere mailboxen van hetzelfde domein worden overgezet zoals gepland. Vanaf dan komen berichten aan deze adressen niet meer in de huidige mailboxen aan: spreek met ons af wat ermee gebeurt.

Komt er een nieuwe datum, dan laten wij u die weten.

!owner {{mailboxes}}
`,
  de: `
E-Mail-Umzug findet nicht statt

?owner Der Umzug Ihres Postfachs **{address}** findet nicht am angekündigten Termin statt.
!owner Der Umzug der unten genannten Postfächer findet nicht am angekündigten Termin statt.

!goes-on-without - Ihr bisheriges Postfach funktioniert weiter wie gewohnt.
!goes-on-without - Keine Nachricht ist verloren.
!goes-on-without - Sie müssen nichts tun.

?goes-on-without ?owner > Die anderen Postfächer derselben Domain ziehen um wie geplant. Von da an kommen Nachrichten an Ihre Adresse nicht mehr in Ihrem bisherigen Postfach an. Bitte fragen Sie uns, was für Ihre Adresse vorgesehen ist.
?goes-on-without !owner > Die anderen Postfächer derselben Domain ziehen um wie geplant. Von da an kommen Nachrichten an diese Adressen nicht mehr in den bisherigen Postfächern an. Bitte klären Sie mit uns, was für diese Adressen vorgesehen ist.

Steht ein neuer Termin fest, so teilen wir ihn Ihnen mit.

!owner {{mailboxes}}
`,
  en: `
Move of email cancelled

?owner The move of your mailbox **{address}** will not take place on the date announced.
!owner The move of the mailboxes below will not take place on the date announced.

!goes-on-without - Your current mailbox goes on working as usual.
!goes-on-without - No message is lost.
!goes-on-without - You have nothing to do.

?goes-on-without ?owner > The other mailboxes of the same domain move as planned. From then on, messages to your address no longer arrive in your current mailbox: ask us what is planned for it.
?goes-on-without !owner > The other mailboxes of the same domain move as planned. From then on, messages to these addresses no longer arrive in the current mailboxes: agree with us what becomes of them.

If a new date is set, we will tell you.

!owner {{mailboxes}}
`,
}
