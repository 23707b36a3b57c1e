import type { Words } from './words.ts'

/** The workbook in English. */
export const en: Words = {
  sheets: { instructions: 'Instructions', addresses: 'Addresses', costs: 'Costs', wrong: 'To correct' },
  title: 'Inventory of addresses',
  instructions: ({ entity, wave, until, free, calendars }) => [
    ['Purpose', `These are all the present addresses of ${entity} (wave “${wave}”). Please tell us what is to become of each.`],
    ...(until === undefined ? [] : [['Answer expected', `by ${until}`] as const]),
    ['1. Keep?', 'Answer yes or no for each address. An address that you answer no for is not moved.'],
    [
      '2. Kind',
      'Choose a licence for a personal address, “shared” for a mailbox that several people read, “alias” for an address that leads to another mailbox.',
    ],
    [
      '3. Shared mailbox',
      'Under “Members” give the addresses of those who will have access, separated by semicolons. Each of them needs a licence of their own.',
    ],
    [
      '4. Alias',
      'Under “Alias of” give the address that gets its messages. It must be in the same domain; forwarding to the outside is not possible.',
    ],
    [
      '5. Function mailbox',
      'Where one person alone uses an address such as contact@ and has to go on that way, choose a licence and give the reason under “Reason”.',
    ],
    [
      '6. Directory',
      'Surname, first name, telephone, function and department appear in the shared address book and in signatures.',
    ],
    ['7. New addresses', `Write them in the ${free} free rows below the list.`],
    ['8. Costs', 'The sheet “Costs” reckons the monthly amount while you answer.'],
    ...(calendars
      ? [
          [
            '9. Calendars',
            'Under “Calendar shares” say who else may see or change the calendar of this mailbox, one person after the other: ben@town.example: read; office@town.example: edit. There are: availability, limited details (subject and place), read, edit, delegate (edits, and gets the invitations, too). An empty cell: nobody.',
          ] as const,
        ]
      : []),
    [
      'Finding',
      '“empty”: no message is on the server; its mail is probably fetched by a program (POP), and there is nothing to move. “unread” or “inactive”: ask yourself whether the address is still needed.',
    ],
    [
      'Sending it back',
      'Save this file as .xlsx and send it back. If there are mistakes, you get back only the rows to correct, with the explanation; nothing is stored until everything is right.',
    ],
  ],
  columns: {
    address: 'Address',
    size: 'Size (MB)',
    used: 'Quota used',
    messages: 'Messages',
    unread: 'Unread',
    activity: 'Last activity',
    finding: 'Finding',
    keep: 'Keep?',
    kind: 'Kind',
    aliasOf: 'Alias of',
    members: 'Members',
    calendarShares: 'Calendar shares',
    reason: 'Reason',
    surname: 'Surname',
    givenName: 'First name',
    phone: 'Telephone',
    jobTitle: 'Function',
    department: 'Department',
    class: 'Category',
    cost: 'Cost per month',
  },
  yes: 'yes',
  no: 'no',
  personal: 'personal',
  shared: 'shared',
  alias: 'alias',
  roles: {
    AvailabilityOnly: 'availability',
    LimitedDetails: 'limited details',
    Reviewer: 'read',
    Editor: 'edit',
    Delegate: 'delegate',
  },
  findings: { unmeasured: 'could not be opened', empty: 'empty (fetched by POP?)', unread: 'unread', inactive: 'inactive' },
  choose: 'Choose a value from the list.',
  costs: {
    licence: 'Licence',
    price: 'Price per month',
    quota: 'Quota',
    count: 'Number',
    perMonth: 'Amount per month',
    total: 'Total',
    projected: 'Planned for this number of licences',
    surcharge: 'Surcharge per month',
    browserOnly: 'in a browser only',
    note: 'Shared mailboxes and aliases cost nothing.',
    forecast: 'Forecast of the first copy of the whole wave',
    half: 'End, in half of all cases no later than',
    nearly: 'End, in nine of ten cases no later than',
    whole: 'Licences planned so far in the whole wave, per month',
  },
  wrong: { where: 'Cell', what: 'To correct' },
  faults: {
    'no-keep': ({ got }) => `Answer yes or no${got ? ` (you wrote “${got}”)` : ''}.`,
    'no-kind': ({ got, wanted }) => `Choose ${wanted}${got ? ` (you wrote “${got}”)` : ''}.`,
    'no-address': () => 'This row has no address: give it, or empty the row.',
    'bad-address': ({ got }) => `“${got}” is not a mail address.`,
    upn: ({ got }) =>
      `“${got}” cannot be a sign-in name: before the @ only letters without accents, digits and ' . - _ ! # ^ ~ may stand, no dot at an end or doubled.`,
    'foreign-domain': ({ got, wanted }) => `“${got}” is not in your domains (${wanted}).`,
    duplicate: ({ got, where }) => `“${got}” stands in ${where} already.`,
    missing: ({ got }) => `The address ${got} is missing from the file: put its row back and answer yes or no.`,
    'alias-missing': () => 'An alias needs the address that gets its messages: give it under “Alias of”.',
    'alias-domain': ({ got }) =>
      `“${got}” is in another domain: an alias leads to an address of the same domain, never to the outside.`,
    'alias-unknown': ({ got }) => `“${got}” is none of your addresses.`,
    'alias-dropped': ({ got }) => `“${got}” is not kept: an alias has to lead to an address that is kept.`,
    'alias-chain': ({ got }) => `“${got}” is an alias itself: name the mailbox that gets the messages.`,
    'alias-stray': () => 'Only an alias has an address under “Alias of”: choose the kind “alias”, or empty the cell.',
    'members-missing': () => 'A shared mailbox needs at least one member.',
    'member-unknown': ({ got }) => `The member “${got}” is none of your addresses.`,
    'member-licence': ({ got }) =>
      `The member “${got}” has no licence of their own: each person needs a personal address that is kept, with a licence.`,
    'members-stray': () => 'Only a shared mailbox has members: choose the kind “shared”, or empty the cell.',
    'members-many': ({ wanted }) =>
      `At most ${wanted} members have room here, fewer with long addresses: leave some out, and tell your contact who they are.`,
    share: ({ got, wanted }) =>
      `“${got}” cannot be read: give each person once, another than the owner, with one of ${wanted}, such as ben@town.example: read.`,
    'share-dropped': ({ got }) => `“${got}” is not kept and cannot see a calendar: take the person out, or keep the address.`,
    'share-stray': () => 'An alias has no calendar of its own: empty the cell, or choose another kind.',
    'shares-many': ({ wanted }) =>
      `At most ${wanted} people have room here, fewer with long addresses: leave some out, and tell your contact who they are.`,
    generic: ({ got }) =>
      `“${got}” is the address of a function: choose “shared” and its members, or give under “Reason” why one person alone keeps it.`,
    quota: ({ got, wanted }) => `This mailbox holds ${got}, the licence allows ${wanted}: choose a larger one, or clear it out.`,
    identifier: ({ got, wanted }) => `“${got}” is not a code of the form ${wanted}.`,
    attribute: ({ got, wanted }) => `By this value the address should be ${wanted} (it is ${got}).`,
    class: ({ wanted }) => `Choose a category (${wanted}): the address depends on it.`,
    text: ({ wanted }) => `One line of at most ${wanted} characters, please.`,
    formula: () => 'This cell holds a formula without a value: type the value.',
    'heading-twice': ({ got, where }) => `The column “${got}” stands in ${where} already: keep one.`,
  },
  warnings: {
    older: () => 'This file is older than the present inventory.',
    'alias-mail': ({ got, wanted }) => `${got} becomes an alias: its ${wanted} messages are not taken over.`,
    'drop-mail': ({ got, wanted }) => `${got} is not moved: its ${wanted} messages stay on the old server.`,
    surcharge: ({ got }) => `The surcharge over the planned mix is ${got} per month.`,
  },
}
