import type { StemmedLanguage } from '../retrieval/text-language.ts';
import type { FixedSentences } from './fixed-sentences.ts';

type ForVisitors = Pick<
  FixedSentences,
  'fromDocuments' | 'nothingFound' | 'nearestQuoted' | 'emptyLibrary' | 'uncited'
>;

/** What is said otherwise to a visitor, whose documents they are not and who cannot add any. */
export const visitorSentences: Record<StemmedLanguage, ForVisitors> = {
  en: {
    fromDocuments: 'From the documents:',
    nothingFound: 'I found nothing in the documents that answers this.',
    nearestQuoted: 'I found nothing in the documents that surely answers this. What comes nearest:',
    emptyLibrary: 'There are no documents to answer from yet. Come back later.',
    uncited: 'No passage of the documents was cited for this, so nothing backs it.',
  },
  de: {
    fromDocuments: 'Aus den Dokumenten:',
    nothingFound: 'In den Dokumenten habe ich nichts gefunden, was das beantwortet.',
    nearestQuoted: 'In den Dokumenten habe ich nichts gefunden, was das sicher beantwortet. Am nächsten kommt:',
    emptyLibrary: 'Noch gibt es keine Dokumente, aus denen ich antworten kann. Schauen Sie später wieder vorbei.',
    uncited: 'Hierfür wurde keine Stelle der Dokumente angeführt; nichts belegt es.',
  },
  fr: {
    fromDocuments: 'Dans les documents :',
    nothingFound: 'Je n’ai rien trouvé dans les documents qui réponde à cela.',
    nearestQuoted: 'Je n’ai rien trouvé dans les documents qui réponde sûrement à cela. Ce qui s’en approche le plus :',
    emptyLibrary: 'Il n’y a pas encore de documents pour répondre. Revenez plus tard.',
    uncited: 'Aucun passage des documents n’a été cité pour cela ; rien ne l’étaye.',
  },
  es: {
    fromDocuments: 'De los documentos:',
    nothingFound: 'No he encontrado nada en los documentos que responda a esto.',
    nearestQuoted: 'No he encontrado en los documentos nada que responda a esto con seguridad. Lo más cercano:',
    emptyLibrary: 'Todavía no hay documentos con los que responder. Vuelva más tarde.',
    uncited: 'No se citó ningún pasaje de los documentos para esto; nada lo respalda.',
  },
  it: {
    fromDocuments: 'Dai documenti:',
    nothingFound: 'Non ho trovato nei documenti nulla che risponda a questo.',
    nearestQuoted: 'Non ho trovato nei documenti nulla che risponda con certezza a questo. Ciò che più si avvicina:',
    emptyLibrary: 'Non ci sono ancora documenti da cui rispondere. Torni più tardi.',
    uncited: 'Per questo non è stato citato alcun passaggio dei documenti; nulla lo sostiene.',
  },
  pt: {
    fromDocuments: 'Dos documentos:',
    nothingFound: 'Não encontrei nada nos documentos que responda a isto.',
    nearestQuoted: 'Não encontrei nos documentos nada que responda a isto com certeza. O que mais se aproxima:',
    emptyLibrary: 'Ainda não há documentos com que responder. Volte mais tarde.',
    uncited: 'Nenhuma passagem dos documentos foi citada para isto; nada o sustenta.',
  },
  nl: {
    fromDocuments: 'Uit de documenten:',
    nothingFound: 'Ik heb in de documenten niets gevonden dat dit beantwoordt.',
    nearestQuoted:
      'Ik heb in de documenten niets gevonden dat dit zeker beantwoordt. Wat het dichtst in de buurt komt:',
    emptyLibrary: 'Er zijn nog geen documenten om uit te antwoorden. Kom later terug.',
    uncited: 'Hiervoor is geen passage uit de documenten aangehaald; niets ondersteunt het.',
  },
  sv: {
    fromDocuments: 'Ur dokumenten:',
    nothingFound: 'Jag hittade inget i dokumenten som svarar på detta.',
    nearestQuoted: 'Jag hittade inget i dokumenten som säkert svarar på detta. Det som ligger närmast:',
    emptyLibrary: 'Det finns inga dokument att svara ur ännu. Kom tillbaka senare.',
    uncited: 'Inget ställe i dokumenten anfördes för detta; inget styrker det.',
  },
  da: {
    fromDocuments: 'Fra dokumenterne:',
    nothingFound: 'Jeg fandt intet i dokumenterne, der svarer på dette.',
    nearestQuoted: 'Jeg fandt intet i dokumenterne, der med sikkerhed svarer på dette. Det nærmeste:',
    emptyLibrary: 'Der er endnu ingen dokumenter at svare ud fra. Kom igen senere.',
    uncited: 'Intet sted i dokumenterne blev anført for dette; intet underbygger det.',
  },
  no: {
    fromDocuments: 'Fra dokumentene:',
    nothingFound: 'Jeg fant ingenting i dokumentene som svarer på dette.',
    nearestQuoted: 'Jeg fant ingenting i dokumentene som sikkert svarer på dette. Det som kommer nærmest:',
    emptyLibrary: 'Det finnes ingen dokumenter å svare fra ennå. Kom tilbake senere.',
    uncited: 'Ikke noe sted i dokumentene ble anført for dette; ingenting underbygger det.',
  },
  fi: {
    fromDocuments: 'Asiakirjoista:',
    nothingFound: 'En löytänyt asiakirjoista mitään, mikä vastaisi tähän.',
    nearestQuoted: 'En löytänyt asiakirjoista mitään, mikä varmasti vastaisi tähän. Lähimpänä on:',
    emptyLibrary: 'Vielä ei ole asiakirjoja, joista vastata. Palaa myöhemmin.',
    uncited: 'Tähän ei viitattu mistään asiakirjojen kohdasta; mikään ei tue sitä.',
  },
  hu: {
    fromDocuments: 'A dokumentumokból:',
    nothingFound: 'A dokumentumokban nem találtam semmit, ami erre válaszol.',
    nearestQuoted: 'A dokumentumokban nem találtam semmit, ami biztosan válaszol erre. Ami a legközelebb áll hozzá:',
    emptyLibrary: 'Még nincsenek dokumentumok, amelyekből válaszolhatnék. Nézzen vissza később.',
    uncited: 'Ehhez a dokumentumok egyetlen részét sem idézte; semmi sem támasztja alá.',
  },
  ro: {
    fromDocuments: 'Din documente:',
    nothingFound: 'Nu am găsit în documente nimic care să răspundă la aceasta.',
    nearestQuoted: 'Nu am găsit în documente nimic care să răspundă sigur la aceasta. Cel mai apropiat:',
    emptyLibrary: 'Încă nu există documente din care să răspund. Reveniți mai târziu.',
    uncited: 'Niciun pasaj din documente nu a fost citat pentru aceasta; nimic nu o susține.',
  },
  tr: {
    fromDocuments: 'Belgelerden:',
    nothingFound: 'Belgelerde bunu yanıtlayan bir şey bulamadım.',
    nearestQuoted: 'Belgelerde bunu kesin olarak yanıtlayan bir şey bulamadım. En yakın olanlar:',
    emptyLibrary: 'Henüz yanıt verilecek belge yok. Daha sonra yeniden gelin.',
    uncited: 'Bunun için belgelerden hiçbir bölüm alıntılanmadı; onu destekleyen bir şey yok.',
  },
  ru: {
    fromDocuments: 'Из документов:',
    nothingFound: 'Я не нашёл в документах ничего, что отвечает на это.',
    nearestQuoted: 'Я не нашёл в документах ничего, что точно отвечает на это. Ближе всего:',
    emptyLibrary: 'Документов, по которым можно ответить, ещё нет. Зайдите позже.',
    uncited: 'Ни один отрывок документов здесь не приведён; ничто этого не подтверждает.',
  },
};
