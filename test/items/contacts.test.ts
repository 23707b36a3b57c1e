import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Refusal } from '../../shared/errors.ts'
import { readFile } from '../../shared/items/file.ts'

const file = (...lines: string[]) => Buffer.from(lines.join('\r\n'))
const card = (...lines: string[]) => file('BEGIN:VCARD', ...lines, 'END:VCARD')
const read = (bytes: Buffer, type?: string) => readFile(bytes, type, { timeZone: 'Europe/Brussels', now: 0 })
const only = (bytes: Buffer) => {
  const { items, exceptions } = read(bytes)
  assert.deepEqual([items.length, exceptions], [1, []])
  const [item] = items
  assert.ok(item)
  return item
}

describe('a card', () => {
  test('of vCard 3.0 is brought with all that Exchange has a place for', () => {
    const { body, reduced } = only(
      card(
        'VERSION:3.0',
        'UID:urn:uuid:1',
        'N:Dupont;Anne;Marie;Mme;',
        'FN:Anne Dupont',
        'EMAIL;TYPE=INTERNET,HOME:anne@home.example',
        'EMAIL;TYPE=INTERNET,WORK,PREF:anne@town.example',
        'TEL;TYPE=WORK,VOICE:+32 2 555 01 01',
        'TEL;TYPE=CELL:+32 475 55 01 02',
        'TEL;TYPE=HOME:+32 2 555 01 03',
        'ADR;TYPE=WORK:;;Rue de la Loi 1\\, boîte 2;Bruxelles;;1000;Belgique',
        'ORG:Ville;État civil;Guichet',
        'TITLE:Employée',
        'BDAY:1980-03-21',
        'CATEGORIES:amis,mairie',
        'NOTE:Première ligne\\nseconde',
        'URL:https://town.example',
      ),
    )
    assert.deepEqual(body, {
      displayName: 'Anne Dupont',
      givenName: 'Anne',
      middleName: 'Marie',
      surname: 'Dupont',
      title: 'Mme',
      emailAddresses: ['anne@town.example', 'anne@home.example'].map(address => ({ address, name: 'Anne Dupont' })),
      businessPhones: ['+32 2 555 01 01'],
      homePhones: ['+32 2 555 01 03'],
      mobilePhone: '+32 475 55 01 02',
      businessAddress: {
        street: 'Rue de la Loi 1, boîte 2',
        city: 'Bruxelles',
        postalCode: '1000',
        countryOrRegion: 'Belgique',
      },
      companyName: 'Ville',
      department: 'État civil, Guichet',
      jobTitle: 'Employée',
      birthday: '1980-03-21T11:59:00Z',
      categories: ['amis', 'mairie'],
      personalNotes: 'Première ligne\nseconde',
      businessHomePage: 'https://town.example',
    })
    assert.deepEqual(reduced, [])
  })

  test('what Exchange has no place for stands in the notes under its own word, and is counted', () => {
    const { body, reduced } = only(
      card(
        'VERSION:4.0',
        'FN:Jan',
        ...[1, 2, 3, 4].map(i => `EMAIL:jan${i}@town.example`),
        'EMAIL:Jan at home',
        'TEL;TYPE="work,fax":+32 2 555 01 09',
        'TEL;VALUE=uri;TYPE=cell:tel:+32-475-1',
        'TEL;TYPE=cell:+32-475-2',
        'BDAY:--0321',
        'item1.URL:https://one.example',
        'item2.URL:https://two.example',
        'item2.X-ABLabel:_$!<Blog>!$_',
        'GEO:geo:50.8\\,4.3',
        'PHOTO:data:image/jpeg;base64,AAAA',
        'NOTE:kept',
      ),
    )
    assert.equal(
      body.personalNotes,
      [
        'kept',
        '',
        'TEL (work, fax): +32 2 555 01 09',
        'BDAY: --0321',
        'GEO: geo:50.8,4.3',
        'EMAIL: Jan at home',
        'TEL (cell): +32-475-2',
        'EMAIL: jan4@town.example',
        'URL (Blog): https://two.example',
      ].join('\n'),
    )
    assert.deepEqual(reduced.sort(), ['GEO', 'birthday', 'e-mail', 'fax', 'photo', 'telephone', 'web page'].sort())
    assert.equal(body.mobilePhone, '+32-475-1')
  })

  test('of vCard 2.1 comes with its quoted-printable, its charsets, its bare types and its folds', () => {
    const bytes = Buffer.concat([
      file(
        'BEGIN:VCARD',
        'VERSION:2.1',
        'N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Lef=E8vre;Zo=EB',
        'NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:soft=',
        'ware =C3=A9=',
        '=0D=0Asecond',
        'TEL;HOME;VOICE:1',
        'TEL;WORK;FAX:2',
        'TITLE:Head of the',
        '  archive',
        'PHOTO;JPEG;ENCODING=BASE64:',
        '  /9j/4AAQ',
        'AAAA==',
        '',
        'ORG:',
      ),
      Buffer.from('Mairie de Besan\u00e7on', 'latin1'),
      file('', 'END:VCARD', ''),
    ])
    const { body, reduced } = only(bytes)
    assert.deepEqual(
      [body.surname, body.givenName, body.displayName, body.companyName, body.jobTitle],
      ['Lefèvre', 'Zoë', 'Zoë Lefèvre', 'Mairie de Besançon', 'Head of the archive'],
    )
    assert.deepEqual(body.homePhones, ['1'])
    assert.equal(body.personalNotes, 'software é\nsecond\n\nTEL (work, fax): 2')
    assert.deepEqual(reduced, ['fax', 'photo'])
  })

  test('folded within a letter, or in UTF-16, is read', () => {
    const whole = card('VERSION:3.0', 'FN:Zoë')
    const at = whole.indexOf(Buffer.from('ë')) + 1
    assert.equal(only(Buffer.concat([whole.subarray(0, at), Buffer.from('\r\n '), whole.subarray(at)])).name, 'Zoë')
    assert.equal(only(Buffer.from(`\ufeff${whole}`, 'utf16le')).name, 'Zoë')
    assert.equal(only(Buffer.from(`\ufeff${whole}`)).name, 'Zoë')
  })

  test('that cannot be brought is told with its line, why and what to do; the others are brought', () => {
    const { items, exceptions } = read(
      file(
        ...['BEGIN:VCARD', 'FN:Anna', `ADR${';    '.repeat(60)}`, 'END:VCARD'],
        ...['BEGIN:VCARD', 'X-ADDRESSBOOKSERVER-KIND:group', 'FN:Choir', 'END:VCARD'],
        ...['BEGIN:VCARD', 'VERSION:3.0', 'END:VCARD'],
        ...['stray', 'BEGIN:VCARD', 'FN:Cut'],
      ),
    )
    assert.deepEqual(
      items.map(({ name, reduced, body }) => [name, reduced, body.personalNotes]),
      [['Anna', ['unreadable line'], `line 3: ADR${'; '.repeat(38)};…`]],
    )
    assert.deepEqual(
      exceptions.map(({ at, name, reason }) => [at, name, reason.split(/[:;,]/)[0]]),
      [
        ['line 5', 'Choir', 'a list of contacts'],
        ['line 9', '', 'the card has no name'],
        ['line 13', 'Cut', 'the card has no END'],
        ['line 12', 'stray', 'lines that stand outside of every card and calendar'],
      ],
    )
    assert.ok(exceptions.every(({ remedy }) => remedy !== ''))
  })

  test('has the key of its UID, else of what it says, whenever it was exported; two that differ have two', () => {
    const key = (...lines: string[]) => only(card(...lines)).key
    assert.equal(key('UID:1', 'FN:Anna'), key('UID:1', 'FN:Anna Other'))
    assert.equal(key('FN:Anna', 'REV:2024'), key('REV:2025', 'FN:Anna'))
    assert.notEqual(key('FN:Anna', 'TEL:1'), key('FN:Anna', 'TEL:2'))
    const both = read(Buffer.concat([card('UID:1', 'FN:Anna'), file('', ''), card('UID:1', 'FN:Bruno')]))
    assert.equal(new Set(both.items.map(item => item.key)).size, 2)
  })
})

describe('an address book as CSV', () => {
  const brought: [string, string[], Record<string, unknown>, string[]][] = [
    [
      'Outlook, English',
      [
        '"Title","First Name","Last Name","Company","Business Street","Business Street 2","Business City","Business Postal Code","Business Country/Region","Business Fax","Business Phone","Business Phone 2","Mobile Phone","Birthday","Categories","E-mail Address","E-mail Type","E-mail 2 Address","Notes","Job Title"',
        '"Ms","Anna","Adams","Town","1 High St","Room 2","Leeds","LS1","UK","3","1","2","4","13/3/1980","A;B","a@town.example","SMTP","b@town.example","Hi","Clerk"',
      ],
      {
        displayName: 'Anna Adams',
        title: 'Ms',
        givenName: 'Anna',
        surname: 'Adams',
        companyName: 'Town',
        jobTitle: 'Clerk',
        businessAddress: { street: '1 High St\nRoom 2', city: 'Leeds', postalCode: 'LS1', countryOrRegion: 'UK' },
        businessPhones: ['1', '2'],
        mobilePhone: '4',
        birthday: '1980-03-13T11:59:00Z',
        categories: ['A', 'B'],
        emailAddresses: ['a@town.example', 'b@town.example'],
        personalNotes: 'Hi\n\nBusiness Fax: 3',
      },
      ['Business Fax'],
    ],
    [
      'Outlook, French',
      [
        'Titre;Prénom;Nom;Société;Service;Titre;Rue (bureau);Ville (bureau);Code postal (bureau);Pays/Région (bureau);Téléphone (bureau);Téléphone 2 (bureau);Téléphone (domicile);Tél. mobile;Adresse de messagerie;Adresse de messagerie 2;Anniversaire;Page Web',
        'Mme;Anne;Dupont;Ville;Accueil;Employée;Rue Haute 1;Namur;5000;Belgique;1;2;3;4;a@town.example;b@town.example;4/3/1980;https://town.example',
      ],
      {
        displayName: 'Anne Dupont',
        title: 'Mme',
        givenName: 'Anne',
        surname: 'Dupont',
        companyName: 'Ville',
        department: 'Accueil',
        jobTitle: 'Employée',
        businessAddress: { street: 'Rue Haute 1', city: 'Namur', postalCode: '5000', countryOrRegion: 'Belgique' },
        businessPhones: ['1', '2'],
        homePhones: ['3'],
        mobilePhone: '4',
        birthday: '1980-03-04T11:59:00Z',
        emailAddresses: ['a@town.example', 'b@town.example'],
        businessHomePage: 'https://town.example',
      },
      [],
    ],
    [
      'Outlook, Dutch',
      [
        '"Voornaam","Achternaam","Bedrijf","Functie","Werkadres, straat","Werkadres, plaats","Werkadres, postcode","Telefoon op werk","Telefoon thuis","Mobiele telefoon","E-mailadres","E-mailadres 2","Notities"',
        '"Jan","Peeters","Stad","Bediende","Hoogstraat 1","Gent","9000","1","2","3","a@town.example","b@town.example","x"',
      ],
      {
        displayName: 'Jan Peeters',
        givenName: 'Jan',
        surname: 'Peeters',
        companyName: 'Stad',
        jobTitle: 'Bediende',
        businessAddress: { street: 'Hoogstraat 1', city: 'Gent', postalCode: '9000' },
        businessPhones: ['1'],
        homePhones: ['2'],
        mobilePhone: '3',
        emailAddresses: ['a@town.example', 'b@town.example'],
        personalNotes: 'x',
      },
      [],
    ],
    [
      'Outlook, German',
      [
        'Anrede;Vorname;Nachname;Firma;Position;Straße geschäftlich;Ort geschäftlich;Postleitzahl geschäftlich;Straße privat;Telefon geschäftlich;Telefon geschäftlich 2;Telefon privat;Mobiltelefon;E-Mail-Adresse;E-Mail 2: Adresse;Geburtstag',
        'Herr;Jörg;Groß;Stadt;Leiter;Hauptstr. 1;Eupen;4700;Weg 2;1;2;3;4;a@town.example;b@town.example;04.03.1980',
      ],
      {
        displayName: 'Jörg Groß',
        title: 'Herr',
        givenName: 'Jörg',
        surname: 'Groß',
        companyName: 'Stadt',
        jobTitle: 'Leiter',
        businessAddress: { street: 'Hauptstr. 1', city: 'Eupen', postalCode: '4700' },
        homeAddress: { street: 'Weg 2' },
        businessPhones: ['1', '2'],
        homePhones: ['3'],
        mobilePhone: '4',
        birthday: '1980-03-04T11:59:00Z',
        emailAddresses: ['a@town.example', 'b@town.example'],
      },
      [],
    ],
    [
      'Google',
      [
        'First Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Street,Address 1 - City,Website 1 - Value,Custom Field 1 - Label',
        'Anna,Adams,Town,* myContacts ::: Choir,* Work,a@town.example ::: b@town.example,Mobile,4,Home Fax,5,Home,1 High St,Leeds,https://town.example,Dog',
      ],
      {
        displayName: 'Anna Adams',
        givenName: 'Anna',
        surname: 'Adams',
        companyName: 'Town',
        categories: ['Choir'],
        emailAddresses: ['a@town.example', 'b@town.example'],
        mobilePhone: '4',
        homeAddress: { street: '1 High St', city: 'Leeds' },
        businessHomePage: 'https://town.example',
        personalNotes: 'Custom Field 1 - Label: Dog\nphone 2 (Home Fax): 5',
      },
      ['Custom Field 1 - Label', 'fax'],
    ],
    [
      'Thunderbird',
      [
        'First Name,Last Name,Display Name,Primary Email,Secondary Email,Work Phone,Fax Number,Mobile Number,Home Address,Home City,Home ZipCode,Birth Year,Birth Month,Birth Day,Custom 1',
        'Anna,Adams,Anna A.,a@town.example,b@town.example,1,3,4,1 High St,Leeds,LS1,1980,3,4,dog',
      ],
      {
        displayName: 'Anna A.',
        givenName: 'Anna',
        surname: 'Adams',
        emailAddresses: ['a@town.example', 'b@town.example'],
        businessPhones: ['1'],
        mobilePhone: '4',
        homeAddress: { street: '1 High St', city: 'Leeds', postalCode: 'LS1' },
        birthday: '1980-03-04T11:59:00Z',
        personalNotes: 'Fax Number: 3\nCustom 1: dog',
      },
      ['Fax Number', 'Custom 1'],
    ],
  ]
  for (const [program, lines, expected, lost] of brought)
    test(`of ${program} is read by its headings`, () => {
      for (const bytes of [file(...lines), Buffer.from(lines.join('\n'), 'latin1'), Buffer.from(`\ufeff${lines.join('\r\n')}`)]) {
        const { body, reduced } = only(bytes)
        const emails = (body.emailAddresses as { address: string }[]).map(({ address }) => address)
        assert.deepEqual({ ...body, emailAddresses: emails }, expected)
        assert.deepEqual(reduced, lost)
      }
    })

  test('a birthday of which nobody knows whether the month stands first is kept as it is written', () => {
    const { body, reduced } = only(file('First Name,E-mail Address,Birthday', 'Anna,a@town.example,3/4/1980'))
    assert.deepEqual([body.birthday, body.personalNotes, reduced], [undefined, 'Birthday: 3/4/1980', ['birthday']])
    const never = only(file('First Name,E-mail Address,Birthday', 'Anna,a@town.example,0/0/00'))
    assert.deepEqual([never.body.birthday, never.reduced], [undefined, []])
  })

  test('a row that says nothing of anybody is told', () => {
    const { items, exceptions } = read(file('First Name,E-mail Address,Notes', ',,lost', 'Anna,,', ',,'))
    assert.deepEqual([items.map(({ name }) => name), exceptions.map(({ at }) => at)], [['Anna'], ['row 2']])
  })
})

test('a file that cannot be read at all is refused with what to do', () => {
  const files: [Buffer, RegExp][] = [
    [Buffer.from(''), /the file is empty/],
    [file('a,b,c', '1,2,3'), /no card .*no calendar .*got “a”, “b”, “c”/],
    [Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0]), /a workbook or an Outlook data file .*as \.vcf, \.ics or \.csv/],
    [file('First Name,Last Name', '"Anna'), /a quote .* is not closed/],
  ]
  for (const [bytes, says] of files)
    assert.throws(
      () => read(bytes),
      (error: unknown) =>
        error instanceof Refusal && error.status === 400 && says.test(JSON.stringify(error.details).replaceAll('\\"', '"')),
    )
})
