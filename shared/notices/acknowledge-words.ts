import type { Language } from '../intake/words.ts'

/** What the page says on which rules are acknowledged. */
export const acknowledgeWords: Readonly<
  Record<
    Language,
    { title: string; explain: string; read: string; confirm: string; unknown: string; done: (when: string) => string }
  >
> = {
  fr: {
    title: 'Règles d’utilisation',
    explain: 'Confirmez que vous avez lu les règles d’utilisation. Votre adresse et la date seront enregistrées.',
    read: 'Lire les règles',
    confirm: 'Je confirme avoir lu les règles',
    unknown: 'Ce lien n’est pas connu. Utilisez celui du message le plus récent, ou adressez-vous à l’assistance.',
    done: when => `Votre confirmation est enregistrée : ${when}. Vous n’avez plus rien à faire.`,
  },
  nl: {
    title: 'Gebruiksregels',
    explain: 'Bevestig dat u de gebruiksregels hebt gelezen. Uw adres en de datum worden geregistreerd.',
    read: 'De regels lezen',
    confirm: 'Ik bevestig dat ik de regels heb gelezen',
    unknown: 'Deze link is niet bekend. Gebruik de link uit het recentste bericht of neem contact op met de helpdesk.',
    done: when => `Uw bevestiging is geregistreerd: ${when}. U hoeft niets meer te doen.`,
  },
  de: {
    title: 'Nutzungsregeln',
    explain: 'Bestätigen Sie, dass Sie die Nutzungsregeln gelesen haben. Ihre Adresse und das Datum werden festgehalten.',
    read: 'Die Regeln lesen',
    confirm: 'Ich bestätige, dass ich die Regeln gelesen habe',
    unknown:
      'Dieser Link ist nicht bekannt. Benutzen Sie den Link aus der neuesten Nachricht oder wenden Sie sich an den Support.',
    done: when => `Ihre Bestätigung ist festgehalten: ${when}. Es ist nichts weiter zu tun.`,
  },
  en: {
    title: 'Rules of use',
    explain: 'Confirm that you have read the rules of use. Your address and the date will be recorded.',
    read: 'Read the rules',
    confirm: 'I confirm that I have read the rules',
    unknown: 'This link is not known. Use the one in the latest message, or ask the support desk.',
    done: when => `Your confirmation is recorded: ${when}. There is nothing more to do.`,
  },
}
