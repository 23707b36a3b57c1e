import type { Template } from './template.ts'

/** T16: the rules have not been acknowledged yet. */
export const acknowledgementReminder: Template = {
  for: 'anybody',
  fr: `
Rappel : les règles d’utilisation attendent votre confirmation

Nous n’avons pas encore votre confirmation que vous avez lu les règles d’utilisation de la nouvelle messagerie. Elles ont un caractère contraignant.

?link.rules [Lire les règles](link.rules)
[Confirmer que je les ai lues](link.acknowledge)

Si vous ne pouvez pas les accepter ou si une règle n’est pas claire, écrivez-nous avant de confirmer.
`,
  nl: `
Herinnering: de gebruiksregels wachten op uw bevestiging

Wij hebben nog geen bevestiging dat u de gebruiksregels van het nieuwe mailsysteem hebt gelezen. Ze zijn bindend.

?link.rules [De regels lezen](link.rules)
[Bevestigen dat ik ze heb gelezen](link.acknowledge)

Kunt u ze niet aanvaarden of is een regel niet duidelijk, schrijf ons dan voordat u bevestigt.
`,
  de: `
Erinnerung: Die Nutzungsregeln warten auf Ihre Bestätigung

Uns fehlt noch Ihre Bestätigung, dass Sie die Nutzungsregeln des neuen E-Mail-Systems gelesen haben. Sie sind verbindlich.

?link.rules [Die Regeln lesen](link.rules)
[Bestätigen, dass ich sie gelesen habe](link.acknowledge)

Können Sie sie nicht annehmen oder ist eine Regel unklar, so schreiben Sie uns, bevor Sie bestätigen.
`,
  en: `
Reminder: the rules of use await your confirmation

We do not yet have your confirmation that you have read the rules of use of the new mail system. They are binding.

?link.rules [Read the rules](link.rules)
[Confirm that I have read them](link.acknowledge)

If you cannot accept them, or if a rule is not clear, write to us before you confirm.
`,
}
