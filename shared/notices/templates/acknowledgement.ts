import type { Template } from './template.ts'

/** T16: binding rules, and the page on which each person says that they have read them. */
export const acknowledgement: Template = {
  for: 'anybody',
  fr: `
Règles d’utilisation à lire et à confirmer

L’utilisation de la nouvelle messagerie et des outils de collaboration est soumise à des règles. **Elles ont un caractère contraignant** : chaque utilisat{eur·rice|eur} doit en avoir pris connaissance.

## Ce que nous vous demandons
?link.rules 1. Lisez les règles.
!link.rules 1. Lisez les règles qui vous ont été communiquées.
2. Confirmez sur la page ci-dessous que vous les avez lues. Votre adresse et la date seront enregistrées.

?link.rules [Lire les règles](link.rules)
[Confirmer que je les ai lues](link.acknowledge)

?link.training Des formations sont proposées : [voir les formations](link.training).

> Le lien de confirmation vous est personnel. Ne le transférez pas.
`,
  nl: `
Gebruiksregels: gelieve te lezen en te bevestigen

Voor het gebruik van het nieuwe mailsysteem en van de samenwerkingstools gelden regels. **Ze zijn bindend**: elke gebruiker moet er kennis van hebben genomen.

## Wat wij van u vragen
?link.rules 1. Lees de regels.
!link.rules 1. Lees de regels die u hebt ontvangen.
2. Bevestig op de onderstaande pagina dat u ze hebt gelezen. Uw adres en de datum worden geregistreerd.

?link.rules [De regels lezen](link.rules)
[Bevestigen dat ik ze heb gelezen](link.acknowledge)

?link.training Er zijn opleidingen: [de opleidingen bekijken](link.training).

> De bevestigingslink is persoonlijk. Stuur hem niet door.
`,
  de: `
Nutzungsregeln: bitte lesen und bestätigen

Für die Nutzung des neuen E-Mail-Systems und der Werkzeuge zur Zusammenarbeit gelten Regeln. **Sie sind verbindlich**: Alle, die damit arbeiten, müssen sie zur Kenntnis genommen haben.

## Worum wir Sie bitten
?link.rules 1. Lesen Sie die Regeln.
!link.rules 1. Lesen Sie die Regeln, die Ihnen mitgeteilt wurden.
2. Bestätigen Sie auf der folgenden Seite, dass Sie sie gelesen haben. Ihre Adresse und das Datum werden festgehalten.

?link.rules [Die Regeln lesen](link.rules)
[Bestätigen, dass ich sie gelesen habe](link.acknowledge)

?link.training Es gibt Schulungen: [Schulungen ansehen](link.training).

> Der Link zur Bestätigung ist persönlich. Leiten Sie ihn nicht weiter.
`,
  en: `
Rules of use to read and confirm

The use of the new mail system and of the tools for working together is subject to rules. **They are binding**: everyone who uses them must have taken note of them.

## What we ask of you
?link.rules 1. Read the rules.
!link.rules 1. Read the rules that you were given.
2. Confirm on the page below that you have read them. Your address and the date will be recorded.

?link.rules [Read the rules](link.rules)
[Confirm that I have read them](link.acknowledge)

?link.training Training is offered: [see the courses](link.training).

> The confirmation link is personal. Do not forward it.
`,
}
