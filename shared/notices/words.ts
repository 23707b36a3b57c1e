/** What a notice may speak of. Dates are written out in the reader’s language before they come here. */
export type Said = {
  address: string
  wave: string
  /** Messages that are on the new side. */
  messages: number
  exceptions: number
  issuer: string
  contact: string | undefined
}

export type Language = 'fr' | 'nl' | 'de' | 'en'
export type Words = { subject: string; paragraphs: string[] }
type Template = Readonly<Record<Language, (said: Said) => Words>>

/** Marks a notice that was put into an old mailbox to be read there, so that it is not taken for mail to move. */
export const noticeHeader = 'X-Releve-Notice'

/** How a language names itself, for notices in several. */
export const languageNames: Readonly<Record<Language, string>> = {
  fr: 'Français',
  nl: 'Nederlands',
  de: 'Deutsch',
  en: 'English',
}

const thin = (n: number, locale: string) => new Intl.NumberFormat(locale).format(n)

const done: Template = {
  fr: ({ address, messages, exceptions, contact }) => ({
    subject: 'Votre messagerie a été transférée',
    paragraphs: [
      `Le transfert de votre boîte ${address} est terminé : ${thin(messages, 'fr-FR')} messages se trouvent dans votre nouvelle boîte, avec leurs dossiers, leurs dates et leur état de lecture.`,
      'Les nouveaux messages arrivent dans la nouvelle boîte. Rien n’a été effacé dans l’ancienne.',
      exceptions === 0
        ? 'Tous vos messages ont été repris.'
        : `${thin(exceptions, 'fr-FR')} messages n’ont pas pu être repris tels quels ; votre correspondant en tient la liste.`,
      ...(contact ? [`Une question ? ${contact}.`] : []),
    ],
  }),
  nl: ({ address, messages, exceptions, contact }) => ({
    subject: 'Uw mailbox is overgezet',
    paragraphs: [
      `De overzetting van uw mailbox ${address} is klaar: ${thin(messages, 'nl-BE')} berichten staan in uw nieuwe mailbox, met hun mappen, datums en leesstatus.`,
      'Nieuwe berichten komen aan in de nieuwe mailbox. In de oude is niets gewist.',
      exceptions === 0
        ? 'Al uw berichten zijn overgenomen.'
        : `${thin(exceptions, 'nl-BE')} berichten konden niet ongewijzigd worden overgenomen; uw contactpersoon heeft de lijst.`,
      ...(contact ? [`Een vraag? ${contact}.`] : []),
    ],
  }),
  de: ({ address, messages, exceptions, contact }) => ({
    subject: 'Ihr Postfach ist umgezogen',
    paragraphs: [
      `Der Umzug Ihres Postfachs ${address} ist abgeschlossen: ${thin(messages, 'de-BE')} Nachrichten liegen in Ihrem neuen Postfach, mit Ordnern, Datum und Lesestatus.`,
      'Neue Nachrichten kommen im neuen Postfach an. Im alten wurde nichts gelöscht.',
      exceptions === 0
        ? 'Alle Ihre Nachrichten wurden übernommen.'
        : `${thin(exceptions, 'de-BE')} Nachrichten konnten nicht unverändert übernommen werden; Ihre Ansprechperson hat die Liste.`,
      ...(contact ? [`Fragen? ${contact}.`] : []),
    ],
  }),
  en: ({ address, messages, exceptions, contact }) => ({
    subject: 'Your mailbox has been moved',
    paragraphs: [
      `The move of your mailbox ${address} is complete: ${thin(messages, 'en-BE')} messages are in your new mailbox, with their folders, dates and read state.`,
      'New messages arrive in the new mailbox. Nothing was deleted in the old one.',
      exceptions === 0
        ? 'All your messages were taken over.'
        : `${thin(exceptions, 'en-BE')} messages could not be taken over as they were; your contact has the list.`,
      ...(contact ? [`A question? ${contact}.`] : []),
    ],
  }),
}

/** Every template by name, each in every language. */
export const templates: Readonly<Record<string, Template>> = { done }
